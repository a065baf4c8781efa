from accounts.models import User
from accounts.permissions import Role
from cases.models import Case
from cases.policy import why_not_handle
from cases.workflow import ENDS


def why_not_correct(case: Case, user: User, what: str = "") -> str:
    """更正日期: the handler or the department head, while the case is open; of a service until it is archived."""
    if reason := why_not_handle(case, user):
        return reason
    if case.stage in ENDS and not what.startswith("service-"):
        return f"案件处于“{case.get_stage_display()}”阶段，日期不能再更正。"
    if user.pk == case.handler_id or user.role == Role.DEPARTMENT_HEAD:
        return ""
    return "更正日期由承办人或部门负责人办理。"
