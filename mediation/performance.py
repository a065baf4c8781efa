"""约定履行 (M1): met by the money that was verified, open again when it is reversed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from accounts.models import User
from cases.models import Allocation, Case
from deadlines import clocks
from mediation.models import Agreement, AgreementShare, MediationDeadline

PAID = "约定款项已全部到账并核对"


def settle(case: Case, by: User) -> None:
    """Each day on which something is due is met once every sum due that day has been paid since the agreement."""
    for agreement in Agreement.objects.filter(mediation__case=case).prefetch_related("shares"):
        received = _received(case, agreement.made_on)
        links = MediationDeadline.objects.filter(mediation=agreement.mediation_id, deadline__term__code="M1")
        for link in links.select_related("deadline"):
            deadline = link.deadline
            due = [share for share in agreement.shares.all() if share.due_on == deadline.starts_on]
            paid_on = _paid_on(due, received)
            if paid_on and not deadline.met_on and not deadline.cancelled_at:
                clocks.meet(deadline, on=paid_on, by=by, note=PAID)
            elif paid_on is None and deadline.met_note == PAID:
                clocks.reopen(deadline, by=by, with_event=True)


def _received(case: Case, since: date) -> dict[int, dict[date, Decimal]]:
    """核对过的到账 of each claimant by its day, counter-entries taken off (yuan)."""
    found: dict[int, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    counted = Allocation.objects.filter(
        recovery__case=case, recovery__verified_at__isnull=False, recovery__returned_at=None
    ).filter(recovery__paid_on__gte=since)
    for claimant, day, amount in counted.values_list("claimant", "recovery__paid_on", "amount"):
        found[claimant][day] += amount
    return found


def _paid_on(shares: list[AgreementShare], received: dict[int, dict[date, Decimal]]) -> date | None:
    """The day on which the last of these sums was whole; none while anything is missing."""
    days = [_whole_on(share.amount, received.get(share.claimant_id, {})) for share in shares]
    whole = [day for day in days if day]
    return max(whole) if shares and len(whole) == len(shares) else None


def _whole_on(amount: Decimal, by_day: dict[date, Decimal]) -> date | None:
    total = Decimal()
    for day in sorted(by_day):
        total += by_day[day]
        if total >= amount:
            return day
    return None
