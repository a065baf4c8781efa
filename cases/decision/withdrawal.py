"""撤回支持起诉 (S17): support given is no longer fit; court and applicants are told."""

from datetime import date

from accounts.models import User
from cases import clocks
from cases.models import Case, Proposal, SupportWithdrawal
from cases.transitions import advance
from cases.workflow import Move


def withdraw_support(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> SupportWithdrawal:
    """撤回支持起诉: the record, the move; nothing of the suit is the office's to watch any more."""
    record = SupportWithdrawal.objects.create(
        case=case,
        proposal=proposal,
        ground=proposal.ground,
        reasons=proposal.reasons,
        decided_on=decided_on,
        recorded_by=by,
    )
    advance(case, Move.WITHDRAW_SUPPORT, by=by, note=record.get_ground_display())
    clocks.cancel_all(case, by=by, reason="撤回支持起诉")
    return record
