"""审批链 of papers that go up by themselves: who decides, what is up now, and why not. Total at any stage.

The paper of a matter goes up with its matter; only when it is written anew after the decision it goes up by itself.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from approvals.models import ApprovalRound, Capacity
from cases.approval import turns
from cases.models import Case
from cases.paperwork.catalogue import CasePaper, paper_for
from cases.paperwork.standing import MATTER_OF, OF_MATTERS, is_rewritten
from cases.workflow import CHAINS, Matter
from documents.models import Document

NOT_SUBMITTED = "这份文书没有提交审批。"


def chain_of(declared: CasePaper) -> Sequence[Capacity]:
    """审批链: the capacities that decide this paper; an office's own 权力清单 stands in settings.PAPER_CHAINS.

    That of a decision paper is the chain of its matter, settings.APPROVAL_CHAINS.
    """
    if matter := MATTER_OF.get(declared.key):
        return chain_of_matter(matter)
    return [Capacity(each) for each in settings.PAPER_CHAINS.get(declared.key, declared.chain)]


def chain_of_matter(matter: Matter) -> Sequence[Capacity]:
    """审批链: the capacities that decide this matter; an office's own 权力清单 stands in settings.APPROVAL_CHAINS."""
    own = getattr(settings, "APPROVAL_CHAINS", {})
    return [Capacity(each) for each in own.get(matter.value, CHAINS[matter])]


def goes_up(case: Case, document: Document) -> bool:
    """Whether this paper goes up by itself now, and is issued by the last approver and not by the handler."""
    declared = paper_for(document)
    if declared is None or (document.kind in OF_MATTERS and not is_rewritten(case, document.kind)):
        return False
    return bool(chain_of(declared))


def every_round(document: Document) -> QuerySet[ApprovalRound]:
    """Every submission of this paper, by itself or with its matter."""
    return ApprovalRound.objects.filter(Q(paper__document=document) | Q(proposal__document=document))


def was_approved(document: Document) -> bool:
    """Whether this paper left the house because its approvers agreed."""
    return every_round(document).filter(status=ApprovalRound.Status.APPROVED).exists()


def rounds_of(document: Document) -> list[ApprovalRound]:
    """Every submission of this paper by itself, oldest first."""
    return list(ApprovalRound.objects.filter(paper__document=document).order_by("pk"))


def last_round(document: Document) -> ApprovalRound | None:
    """The newest submission, whatever became of it."""
    return ApprovalRound.objects.filter(paper__document=document).order_by("pk").last()


def why_not_decide(document: Document, user: User, step: int | None = None) -> str:
    """The first reason why this user may not act on the current step; empty when they may."""
    round = last_round(document)
    return turns.why_not_act(round, user, step) if round else NOT_SUBMITTED


def why_not_approve(case: Case, document: Document, user: User, step: int | None = None) -> str:
    """As `why_not_decide`; besides, agreeing asks for a text of somebody else and a case at which it still fits."""
    if reason := why_not_decide(document, user, step):
        return reason
    if document.latest.made_by_id == user.pk:
        return "送审的文书最后一稿是你写的，你不能同意。请退回，由承办人另存一稿后重新提交。"
    declared = paper_for(document)
    is_late = document.kind in OF_MATTERS and not is_rewritten(case, document.kind)
    if is_late or (declared is not None and case.stage not in declared.stages):
        return f"案件处于“{case.get_stage_display()}”阶段，不能再签发{document}。可以退回修改。"
    return ""


def why_not_cancel(document: Document, user: User) -> str:
    """撤回送审: only by whom it was submitted, before it ends."""
    round = last_round(document)
    return turns.why_not_cancel(round, user) if round else NOT_SUBMITTED
