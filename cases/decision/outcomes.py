"""作出决定 (S10–S12): 支持起诉, 不支持起诉, 终结审查. Called in the transaction of the last approver."""

from datetime import date
from decimal import Decimal

from accounts.models import User
from cases import clocks, totals
from cases.decision.guards import support_gaps
from cases.models import Case, Decision, Proposal
from cases.transitions import advance
from cases.workflow import STARTS, Move
from core.refusals import Refused

OUTCOMES = {
    Move.SUPPORT: Decision.Outcome.SUPPORT,
    Move.DECLINE: Decision.Outcome.DECLINE,
    Move.TERMINATE: Decision.Outcome.TERMINATE,
}


def support(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> Decision:
    """支持起诉, before the court that the letter names."""
    if gaps := support_gaps(case):
        raise Refused(f"支持起诉的条件已不具备：{gaps[0].sentence}")
    case.intended_court = proposal.court
    case.save(update_fields=["intended_court"])
    return _decide(case, proposal, Move.SUPPORT, decided_on=decided_on, by=by)


def decline(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> Decision:
    """不支持起诉."""
    return _decide(case, proposal, Move.DECLINE, decided_on=decided_on, by=by)


def terminate(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> Decision:
    """终结审查."""
    return _decide(case, proposal, Move.TERMINATE, decided_on=decided_on, by=by)


def _decide(case: Case, proposal: Proposal, move: Move, *, decided_on: date, by: User) -> Decision:
    """The decision with its frozen sums, the move, and the clocks that end and start with it."""
    amount, people = frozen_sums(case)
    decision = Decision.objects.create(
        case=case,
        proposal=proposal,
        outcome=OUTCOMES[move],
        ground=proposal.ground,
        reasons=proposal.reasons,
        court=proposal.court,
        decided_on=decided_on,
        drafted_by=proposal.recorded_by,
        claimed_amount=amount,
        claimant_count=people,
        recorded_by=by,
    )
    case.decided_on = decided_on
    case.save(update_fields=["decided_on"])
    advance(case, move, by=by)
    clocks.end_with(case, move, on=decided_on, by=by)
    if move != Move.SUPPORT:
        clocks.end_watch(case, move, by=by)
    for code in STARTS[move]:
        clocks.start(case, code, on=decided_on, by=by, rests_on="decided_on")
    return decision


def frozen_sums(case: Case) -> tuple[Decimal, int]:
    """涉案金额 (yuan) and 涉案人数 of the claimants who stand today."""
    row = Case.objects.filter(pk=case.pk).values_list(totals.owed_now(), totals.claimant_count())
    amount, people = row.get()
    return amount, people
