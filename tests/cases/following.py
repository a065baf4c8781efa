"""Situations of the list and the desk: a case with a clock, with money, with a decision."""

from datetime import timedelta
from decimal import Decimal

from cases import clocks
from cases.models import Allocation, Case, Recovery
from cases.search import refresh
from core import clock
from deadlines.models import Deadline
from tests.cases.factories import CaseFactory, ClaimantFactory


def with_clock(case: Case, code: str = "P6a", *, due_in: int = 0) -> Deadline:
    """Start a clock of the case and set the day on which it is due, counted from today."""
    deadline = clocks.start(case, code, on=clock.today() - timedelta(days=5), by=case.handler)
    due_on = clock.today() + timedelta(days=due_in)
    Deadline.objects.filter(pk=deadline.pk).update(due_on=due_on, warn_on=due_on - timedelta(days=3))
    deadline.refresh_from_db()
    return deadline


def recover(case: Case, amount: str, *, verified_by=None, by=None) -> Recovery:
    """A recovery of the case's first claimant; verified when somebody verifies it."""
    amount = Decimal(amount)
    claimant = case.claimants.first()
    recovery = Recovery.objects.create(
        case=case,
        organisation=case.organisation,
        paid_on=clock.today(),
        amount=amount,
        channel=Recovery.Channel.VOLUNTARY,
        payer="示例建设工程有限公司",
        proof_note="银行回单",
        recorded_by=by or case.handler,
        verified_by=verified_by,
        verified_at=clock.now() if verified_by else None,
    )
    Allocation.objects.create(recovery=recovery, claimant=claimant, person=claimant.person, amount=amount)
    return recovery


def listed(handler, *, claims=("10000.00",), **traits) -> Case:
    """A case of this handler's office with claimants, findable by its terms."""
    case = CaseFactory(handler=handler, **traits)
    for claim in claims:
        ClaimantFactory(case=case, claim=claim)
    refresh(case)
    return case
