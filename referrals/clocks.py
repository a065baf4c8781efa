"""线索期限: P1 (回执), P1S (补正) and P2 (反馈) of a lead. `deadlines.clocks` does the counting."""

from datetime import date

from accounts.models import Organisation, User
from accounts.permissions import Role
from deadlines import clocks
from deadlines.models import Deadline
from referrals.models import Referral, ReferralDeadline

RECEIPT, SUPPLEMENT, FEEDBACK = "P1", "P1S", "P2"


def on_duty(office: Organisation, otherwise: User) -> User:
    """Who answers for what nobody handles yet: the office's clerk, else its department head."""
    for role in (Role.CLERK, Role.DEPARTMENT_HEAD, Role.ASSISTANT, Role.PROSECUTOR):
        if person := User.objects.in_role(office, role).order_by("pk").first():
            return person
    return otherwise


def start_receipt(referral: Referral, *, on: date, by: User) -> Deadline:
    """P1: the office acknowledges the lead; met by the first act of triage."""
    return _start(referral, RECEIPT, referral.organisation, on_duty(referral.organisation, by), on=on, by=by)


def start_supplement(referral: Referral, *, due_on: date, by: User) -> Deadline:
    """P1S: whoever submitted supplements by the day the office stated; the clock is the sender's."""
    sender = referral.sending_user or by
    return _start(referral, SUPPLEMENT, sender.organisation, sender, on=due_on, by=by)


def start_feedback(referral: Referral, *, on: date, by: User) -> Deadline:
    """P2: the office tells the sender what became of the lead."""
    return _start(referral, FEEDBACK, referral.organisation, referral.handler or by, on=on, by=by)


def _start(
    referral: Referral, code: str, organisation: Organisation, responsible: User, *, on: date, by: User
) -> Deadline:
    of_partner = referral.unit_id is not None and organisation.pk == referral.unit_id
    deadline = clocks.start(
        code,
        organisation=organisation,
        responsible=responsible,
        title=f"线索 {referral.code}",
        owner_url=referral.partner_url if of_partner else referral.get_absolute_url(),
        starts_on=on,
        by=by,
    )
    ReferralDeadline.objects.create(referral=referral, deadline=deadline)
    return deadline


def running(referral: Referral, *codes: str) -> list[Deadline]:
    """Open clocks of the lead, nearest first."""
    found = Deadline.objects.open().filter(referral_link__referral=referral)
    return list((found.filter(term__code__in=codes) if codes else found).select_related("term").by_clock())


def meet(referral: Referral, *codes: str, on: date, by: User) -> None:
    for deadline in running(referral, *codes):
        clocks.meet(deadline, on=on, by=by)


def cancel(referral: Referral, *codes: str, by: User, reason: str) -> None:
    for deadline in running(referral, *codes):
        clocks.cancel(deadline, by=by, reason=reason)
