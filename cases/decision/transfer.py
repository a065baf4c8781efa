"""移送他院 (S5) after the head of department has agreed."""

from datetime import date

from accounts.models import User
from cases import clocks
from cases.models import Case, CaseTransfer, Proposal
from cases.transitions import advance
from cases.workflow import Move


def transfer(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> CaseTransfer:
    """移送他院: the record, the move; review ends and what else was running falls away."""
    assert proposal.target is not None  # constraint proposal_fills_its_matter
    record = CaseTransfer.objects.create(
        case=case, target=proposal.target, reason=proposal.reasons, sent_on=decided_on, recorded_by=by
    )
    advance(case, Move.TRANSFER, by=by, note=f"移送 {proposal.target}")
    clocks.end_with(case, Move.TRANSFER, on=decided_on, by=by)
    clocks.cancel_all(case, by=by, reason="案件移送他院")
    return record
