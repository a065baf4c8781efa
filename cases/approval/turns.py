"""Whose turn it is in a round, in sentences for pages and verbs. Total: also after somebody else was quicker."""

from accounts.models import User
from approvals import rounds
from approvals.models import ApprovalRound, ApprovalStep
from core.forms import STALE_PAGE


def why_not_act(round: ApprovalRound, user: User, step: int | None = None) -> str:
    """The first reason why this user may not act on the current step; empty when they may.

    `step` is the step that the page showed: whoever comes second hears that it is done, even when their
    deputyship would let them decide the next step too.
    """
    current = round.current_step
    if current is None:
        return already_handled(round)
    if step is not None and step != current.pk:
        return _moved_on(round, step, current)
    reason = rounds.why_not_act(round, user)
    if reason and current.hand_overs.filter(from_user=user).exists():
        return f"这一步已转办给 {current.assigned_to}，不用再处理。"
    return (already_handled(round) if reason and _had_a_turn(round, user) else "") or reason


def already_handled(round: ApprovalRound) -> str:
    """What became of it, for whoever comes second (T42)."""
    if round.status == ApprovalRound.Status.CANCELLED:
        return f"{round.submitted_by} 已撤回送审，不用再处理。"
    last = round.steps.exclude(acted_at=None).select_related("actor").order_by("order").last()
    return f"已由 {last.actor} {last.get_result_display()}，不用再处理。" if last else ""


def why_not_cancel(round: ApprovalRound, user: User) -> str:
    """撤回送审: only by whom it was submitted, before it ends."""
    if round.current_step is None:
        return already_handled(round)
    if user.pk != round.submitted_by_id:
        return f"只有提交人 {round.submitted_by} 能撤回送审。"
    return ""


def _moved_on(round: ApprovalRound, shown: int, current: ApprovalStep) -> str:
    """The page showed another step: it is decided, or a colleague's opinion was asked for first."""
    if round.steps.filter(pk=shown, acted_at=None).exists():
        return f"正在请 {current.assigned_to} 加签，写完意见后才能继续审批。"
    return already_handled(round) or STALE_PAGE


def _had_a_turn(round: ApprovalRound, user: User) -> bool:
    """Whether a step that is over was this user's, or that of somebody they stand in for today."""
    for step in round.steps.exclude(acted_at=None).select_related("assigned_to"):
        if user.pk in (step.assigned_to_id, step.actor_id) or rounds.is_deputy(step.assigned_to, user):
            return True
    return False
