"""Who may decide what is up for approval. Total: answers at any stage, also after somebody else was quicker."""

from accounts.models import User
from cases.approval import turns
from cases.decision.proposals import last_proposal
from cases.models import Case, Proposal


def why_not_decide(case: Case, user: User, step: int | None = None) -> str:
    """The first reason why this user may not act on the current step (send it back); empty when they may."""
    proposal = last_proposal(case)
    if proposal is None:
        return "本案没有提交审批的事项。"
    return turns.why_not_act(proposal.round, user, step)


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
    return turns.why_not_cancel(proposal.round, user)


def _wrote_the_letter(proposal: Proposal | None, user: User) -> bool:
    if proposal is None or proposal.document is None:
        return False
    return proposal.document.latest.made_by_id == user.pk
