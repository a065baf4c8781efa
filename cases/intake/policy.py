from accounts.models import User
from accounts.permissions import Permission
from cases.models import AcceptanceReview, Case
from cases.policy import why_not_at, why_not_handle
from cases.workflow import OPEN_STAGES, Stage

REGISTERED = frozenset({Stage.REGISTERED})


def why_not_examine(case: Case, user: User) -> str:
    """受理审查: the office's handlers, before the decision on acceptance."""
    return why_not_at(case, user, REGISTERED, "再作受理审查")


def why_not_decide(case: Case, user: User) -> str:
    """受理、不予受理: a decider of the office who did not examine the application, once it is examined and complete."""
    if not user.may(Permission.CASE_ACCEPT) or user.organisation_id != case.organisation_id:
        return "受理和不予受理由部门负责人决定。"
    if case.stage != Stage.REGISTERED:
        return f"案件处于“{case.get_stage_display()}”阶段，不能再决定是否受理。"
    review = AcceptanceReview.objects.filter(case=case).first()
    if review is None:
        return "还没有受理审查意见，请承办人先完成受理审查。"
    if review.recorded_by_id == user.pk:
        return "受理审查是你作的，须由另一位有权决定的人决定。"
    if case.supplements.filter(completed_on=None).exists():
        return "补正还没完成，请先登记补正情况。"
    return ""


def why_not_accept(case: Case, user: User) -> str:
    """受理: also needs a handler, and an examination that found no bar."""
    if reason := why_not_decide(case, user):
        return reason
    if case.handler_id is None:
        return "还没有承办人，请先分派承办人再受理。"
    if case.acceptance_review.proposal != AcceptanceReview.Proposal.ACCEPT:
        return "受理审查建议不予受理。要受理，请退承办人重新审查。"
    return ""


def why_not_supplement(case: Case, user: User) -> str:
    """补正通知: while the application is open and no earlier notice is pending."""
    if reason := why_not_at(case, user, REGISTERED, "通知补正"):
        return reason
    if case.supplements.filter(completed_on=None).exists():
        return "上一次补正还没完成，不能再发补正通知。"
    return ""


def why_not_complete(case: Case, user: User) -> str:
    """登记补正: only while a notice is pending."""
    if reason := why_not_at(case, user, REGISTERED, "登记补正"):
        return reason
    return "" if case.supplements.filter(completed_on=None).exists() else "没有待完成的补正通知。"


def why_not_assign(case: Case, user: User) -> str:
    """分派承办人: a department head; an unassigned case may be taken by a prosecutor of the office."""
    if case.stage not in OPEN_STAGES:
        return f"案件处于“{case.get_stage_display()}”阶段，不需要分派承办人。"
    if user.organisation_id == case.organisation_id and user.may(Permission.CASE_ASSIGN):
        return ""
    if case.handler_id is None:
        return why_not_handle(case, user)
    return "转办由部门负责人办理，请联系部门负责人。"


def why_not_transfer(case: Case, user: User) -> str:
    """移送他院 before acceptance: decided by the head. After acceptance it goes up the approval chain."""
    if not user.may(Permission.CASE_ACCEPT) or user.organisation_id != case.organisation_id:
        return "受理前移送他院由部门负责人决定。"
    if case.stage != Stage.REGISTERED:
        return f"案件处于“{case.get_stage_display()}”阶段。受理后移送他院请在“处理意见”里提出并报批。"
    return ""
