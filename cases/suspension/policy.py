"""Who may resume a suspended review. Proposals of suspension and extension ask `cases.decision.policy`."""

from accounts.models import User
from cases.models import Case
from cases.policy import why_not_at
from cases.workflow import Stage

IN_REVIEW = frozenset({Stage.REVIEW})


def why_not_resume(case: Case, user: User) -> str:
    """The first reason why this user may not resume the review; empty when they may."""
    if reason := why_not_at(case, user, IN_REVIEW, "恢复审查"):
        return reason
    return "" if case.is_suspended else "案件没有中止，不用恢复。"
