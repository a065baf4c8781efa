"""The spine: the only writer of `Case.stage`."""

from accounts.models import User
from cases import journal
from cases.exceptions import NotAtThisStage
from cases.models import Case, CaseEvent
from cases.workflow import FLOW, Move


def why_not_move(case: Case, move: Move) -> str:
    """The sentence that the procedure table has for this move from this stage; empty when it is open."""
    sources, _ = FLOW[move]
    if case.stage in sources:
        return ""
    return f"案件处于“{case.get_stage_display()}”阶段，不能{move.label}。"


def advance(case: Case, move: Move, *, by: User, note: str = "") -> CaseEvent:
    """Take a locked case one step along FLOW and write down that it happened.

    Callers hold the row lock and the transaction: they also write their own stage's record and its clocks.
    """
    if reason := why_not_move(case, move):
        raise NotAtThisStage(reason)
    before, case.stage = case.stage, FLOW[move][1]
    case.version += 1
    case.save(update_fields=["stage", "version"])
    return journal.write(case, move, by=by, before=before, after=case.stage, text=note)
