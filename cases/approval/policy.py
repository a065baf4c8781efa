"""Who may decide what is up for approval. Total: answers at any stage, also after somebody else was quicker."""

from accounts.models import User
from approvals import rounds
from approvals.models import ApprovalRound
from cases.decision.proposals import last_proposal
from cases.models import Case, Proposal


def why_not_decide(case: Case, user: User, step: int | None = None) -> str:
    """The first reason why this user may not act on the current step (send it back); empty when they may.

    `step` is the step that the page showed: whoever comes second hears that it is done, even when their
    deputyship would let them decide the next step too.
    """
    proposal = last_proposal(case)
    if proposal is None:
        return "本案没有提交审批的事项。"
    round = proposal.round
    current = round.current_step
    if current is None or (step is not None and step != current.pk):
        return already_handled(round)
    reason = rounds.why_not_act(round, user)
    return (already_handled(round) if reason and _had_a_turn(round, user) else "") or reason


def why_not_approve(case: Case, user: User, step: int | None = None) -> str:
    """As `why_not_decide`; besides, agreeing asks for a case that is not suspended and a text of somebody else."""
    if reason := why_not_decide(case, user, step):
        return reason
    if case.is_suspended:
        return "案件正在中止审查，恢复审查后才能同意。可以退回修改。"
    if _wrote_the_letter(last_proposal(case), user):
        return "送审的文书最后一稿是你写的，你不能同意。请退回，由承办人另存一稿后重新提交。"
    return ""


def why_not_cancel(case: Case, user: User) -> str:
    """The first reason why this user may not take the submission back; empty when they may."""
    proposal = last_proposal(case)
    if proposal is None:
        return "本案没有提交审批的事项。"
    if proposal.round.current_step is None:
        return already_handled(proposal.round)
    if user.pk != proposal.round.submitted_by_id:
        return f"只有提交人 {proposal.round.submitted_by} 能撤回送审。"
    return ""


def already_handled(round: ApprovalRound) -> str:
    """What became of it, for whoever comes second (T42)."""
    if round.status == ApprovalRound.Status.CANCELLED:
        return f"{round.submitted_by} 已撤回送审，不用再处理。"
    last = round.steps.exclude(acted_at=None).select_related("actor").order_by("order").last()
    return f"已由 {last.actor} {last.get_result_display()}，不用再处理。" if last else ""


def _had_a_turn(round: ApprovalRound, user: User) -> bool:
    """Whether a step that is over was this user's, or that of somebody they stand in for today."""
    for step in round.steps.exclude(acted_at=None).select_related("assigned_to"):
        if user.pk in (step.assigned_to_id, step.actor_id) or rounds.is_deputy(step.assigned_to, user):
            return True
    return False


def _wrote_the_letter(proposal: Proposal | None, user: User) -> bool:
    if proposal is None or proposal.document is None:
        return False
    return proposal.document.latest.made_by_id == user.pk
