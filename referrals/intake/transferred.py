"""收到他院移送: the receiving office gets a lead of its own."""

from dataclasses import replace

from accounts.models import Organisation, User
from core import clock
from documents import numbers
from referrals import clocks
from referrals.facts import facts_of
from referrals.intake.content import fill
from referrals.models import Referral, ReferralAttachment
from referrals.workflow import Act


def receive(office: Organisation, *, came_from: Referral, reason: str, by: User) -> Referral:
    """A new lead in the office's inbox with the same content, own code and P1 clock, linked back.

    It has no partner unit: the partner deals with the first office, which tells it 移送他院. Runs inside
    the transaction of the transfer.
    """
    today = clock.today()
    lead = Referral(
        organisation=office,
        came_from=came_from,
        source=came_from.source,
        created_by=by,
        code=numbers.take_code(office, "XS", today.year),
        received_on=today,
    )
    facts = replace(facts_of(came_from), received_on=today)
    fill(lead, facts, act=Act.RECEIVE_TRANSFER, by=by, note=f"{came_from.organisation}移送：{reason}")
    for link in came_from.attachments.filter(removed_at=None):
        ReferralAttachment.objects.create(
            referral=lead, attachment=link.attachment, kind=link.kind, added_by=by
        )
    clocks.start_receipt(lead, on=today, by=by)
    return lead
