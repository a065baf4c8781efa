"""Who may write, finish and void which paper of a case, and when."""

from accounts.models import User
from accounts.permissions import Permission
from cases.models import Case
from cases.paperwork.catalogue import CasePaper, all_papers
from cases.paperwork.chains import chain_of, was_approved
from cases.paperwork.correcting import CORRECTION
from cases.paperwork.standing import OF_MATTERS, is_rewritten, standing
from cases.policy import why_not_at, why_not_handle
from documents.models import Document


def offered(case: Case, user: User) -> list[CasePaper]:
    """The papers that this user may draft now, in the order of the catalogue."""
    return [each for each in all_papers() if not why_not_draft(case, user, each)]


def why_not_draft(case: Case, user: User, declared: CasePaper) -> str:
    """起草: in the stages in which the paper has a meaning; of a matter's paper there is one at a time."""
    if declared.key == CORRECTION:
        return "补正决定书在要补正的文书页面起草。"
    if reason := why_not_at(case, user, declared.stages, f"起草{declared.paper.title}"):
        return reason
    if declared.key == "resume_notice" and not case.suspensions.exists():
        return "本案没有中止审查，不用恢复审查通知书。"
    return _why_not_again(case, declared.key)


def why_not_issue(case: Case, user: User, declared: CasePaper) -> str:
    """签发 by the handler: a matter's paper goes out with its decision, others when their chain has agreed."""
    if declared.key in OF_MATTERS and not is_rewritten(case, declared.key):
        return f"{declared.paper.title}要经审批。请先提交审批，审批同意时签发。"
    if chain_of(declared):
        return f"{declared.paper.title}要先审批，请提交审批，由最后一名审批人同意后签发。"
    return why_not_finish(case, user, declared, "签发")


def why_not_finish(case: Case, user: User, declared: CasePaper, deed: str) -> str:
    """签发、送审: a draft that waited too long no longer fits the stage of the case."""
    return why_not_at(case, user, declared.stages, f"{deed}{declared.paper.title}")


def why_not_write(case: Case, user: User, document: Document) -> str:
    """修改、签发: a draft, by those who may work on the case."""
    if document.status != Document.Status.DRAFT:
        return f"{document}{document.get_status_display()}，不能修改。"
    return why_not_handle(case, user)


def why_not_void(case: Case, user: User, document: Document) -> str:
    """作废: whatever is not void yet; an issued number stays used. What was approved is not undone by the handler."""
    if document.status == Document.Status.VOID:
        return f"{document}已经作废。"
    if document.status == Document.Status.IN_APPROVAL:
        return f"{document}正在审批，不能作废。请先撤回送审，或者等审批结束。"
    return why_not_handle(case, user) or _why_not_undo(user, document)


def _why_not_undo(user: User, document: Document) -> str:
    """作废 of what approvers agreed to: by the head of the department, who examines."""
    if document.status != Document.Status.ISSUED or user.may(Permission.EXAMINE):
        return ""
    return f"{document}经审批签发，由部门负责人作废。请把原因报部门负责人。" if was_approved(document) else ""


def _why_not_again(case: Case, kind: str) -> str:
    if kind not in OF_MATTERS or (found := standing(case, kind)) is None:
        return ""
    if found.status == Document.Status.DRAFT:
        return f"{found}已经起草，请打开修改。"
    return f"{found}{found.get_status_display()}，不能再起草。需要重写的，先作废。"
