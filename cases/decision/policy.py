"""Who may propose what on a case, and when. One answer for button, notice, refusal and test."""

from accounts.models import User
from cases import clocks
from cases.decision.guards import gaps_of
from cases.decision.proposals import open_proposal
from cases.models import Case
from cases.policy import why_not_at
from cases.workflow import MATTER_STAGES, Matter

SUSPENDED = "案件正在中止审查，不能{}。请先恢复审查。"


def why_not_propose(case: Case, user: User, matter: Matter) -> str:
    """The first reason why this user may not propose this matter now; empty when they may."""
    if reason := why_not_start(case, user, matter):
        return reason
    gaps = gaps_of(case, matter)
    return gaps[0].sentence if gaps else ""


def why_not_start(case: Case, user: User, matter: Matter) -> str:
    """As `why_not_propose`, but without what is still lacking, which the page lists one by one."""
    act = f"提出{matter.label}"
    if reason := why_not_at(case, user, MATTER_STAGES[matter], act):
        return reason
    if waiting := open_proposal(case):
        return f"“{waiting.get_matter_display()}”正在审批，请等审批结束，或者撤回送审后再提出。"
    if case.is_suspended:
        return SUSPENDED.format(act)
    if matter == Matter.EXTEND and not clocks.running(case, ["P6a"]):
        return "没有进行中的审查期限，不能延长。"
    return ""
