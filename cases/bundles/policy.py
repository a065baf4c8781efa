"""Who may have papers made in bulk, and the case file; 副卷 has its own right (trap 18)."""

from accounts.models import User
from accounts.permissions import Permission, Role
from cases.models import Bundle, Case
from cases.policy import HELPERS, why_not_handle

LEADERS = frozenset({Role.CHIEF})


def why_not_batch(case: Case, user: User) -> str:
    """批量生成: whoever works on the case."""
    return why_not_handle(case, user)


def why_not_file(case: Case, user: User) -> str:
    """案卷 PDF: whoever works on the case or answers for it, also when it is archived: the file is then read."""
    if not user.may(Permission.CASE_SEE) or user.organisation_id != case.organisation_id:
        return "只有本院人员可以生成案卷文件。"
    if case.handler_id in (None, user.pk) or user.role in HELPERS or user.role in LEADERS:
        return ""
    return f"本案由 {case.handler} 承办，案卷文件由承办人、内勤或者部门负责人生成。"


def why_not_internal(case: Case, user: User) -> str:
    """副卷: its own right on top."""
    if not user.may(Permission.INTERNAL_FILE):
        return "副卷是内部材料，你没有查看副卷的权限。"
    return why_not_file(case, user)


WHY_NOT = {
    Bundle.Kind.BATCH: why_not_batch,
    Bundle.Kind.MAIN_FILE: why_not_file,
    Bundle.Kind.INTERNAL_FILE: why_not_internal,
}


def why_not(kind: str, case: Case, user: User) -> str:
    """The question that belongs to this kind of bundle: to begin, to cancel, to download, to remove."""
    return WHY_NOT[Bundle.Kind(kind)](case, user)
