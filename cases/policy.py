"""Who may work on a case. Stages ask this first; each adds its own question."""

from accounts.models import User
from accounts.permissions import Permission, Role
from cases.models import Case
from cases.workflow import Stage

HELPERS = frozenset({Role.ASSISTANT, Role.CLERK, Role.DEPARTMENT_HEAD})


def why_not_handle(case: Case, user: User) -> str:
    """The first reason why this user may not work on this case at all; empty when they may."""
    if not user.may(Permission.CASE_HANDLE) or user.organisation_id != case.organisation_id:
        return "只有本院办案人员可以办理这个案件。"
    if case.stage == Stage.ARCHIVED:
        return "案件已归档，只读。"
    if case.handler_id in (None, user.pk) or user.role in HELPERS:
        return ""
    return f"本案由 {case.handler} 承办，你不能办理。需要接手请联系部门负责人转办。"


def why_not_at(case: Case, user: User, stages: frozenset[Stage], act: str) -> str:
    """`why_not_handle`, then the stage: `act` completes the sentence `案件处于“…”阶段，不能…。`"""
    if reason := why_not_handle(case, user):
        return reason
    if case.stage not in stages:
        return f"案件处于“{case.get_stage_display()}”阶段，不能{act}。"
    return ""
