"""反馈期限 (P2): five working days after acceptance or closing. Cases know no lead, so a sweep starts the clock."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from referrals import clocks
from referrals.models import Referral


def sweep() -> int:
    """Start P2 for every partner's lead whose case has been accepted or ended since. Returns how many."""
    decided = Q(case__accepted_on__isnull=False) | Q(case__acceptance__isnull=False)
    due = Referral.objects.filter(decided, unit__isnull=False).exclude(
        referral_deadlines__deadline__term__code=clocks.FEEDBACK
    )
    return sum(_start(pk) for pk in due.order_by("submitted_at").values_list("pk", flat=True)[:200])


@transaction.atomic
def _start(pk: UUID) -> int:
    """One lead, locked, so that two sweeps start one clock."""
    return begin(Referral.objects.select_for_update(of=("self",)).get(pk=pk))


def begin(lead: Referral) -> int:
    """Start P2 of a locked lead once its case is accepted or refused; 1 when it was started now.

    Telling the sender begins with this too: whoever is quicker than the sweep has met the period all the same.
    """
    started = lead.referral_deadlines.filter(deadline__term__code=clocks.FEEDBACK).exists()
    if lead.unit_id is None or lead.case is None or lead.handler is None or started:
        return 0
    if lead.case.accepted_on is None and not hasattr(lead.case, "acceptance"):
        return 0
    clocks.start_feedback(lead, on=_decided_on(lead), by=lead.handler)
    return 1


def _decided_on(lead: Referral) -> date:
    """受理 or 不予受理日期, as stated by whoever decided."""
    assert lead.case is not None, "only a converted lead waits for its case"
    if lead.case.accepted_on:
        return lead.case.accepted_on
    decided_on: date = lead.case.acceptance.decided_on
    return decided_on
