"""What each role may do, as lists that can be read aloud. Scope (which rows) is `visible_to`; this is which acts."""

from enum import StrEnum, auto

from django.db import models


class Permission(StrEnum):
    """权限. One word per act; a page or verb asks `user.may(Permission.X)` and nothing else."""

    REFERRAL_SUBMIT = auto()  # 移送线索
    REFERRAL_SEE = auto()  # 查看收件箱
    REFERRAL_TRIAGE = auto()  # 接收、退回、引导、移送
    CASE_SEE = auto()  # 查看本院案件
    CASE_HANDLE = auto()  # 办理：审查、证据、文书、跟踪
    INTERNAL_FILE = auto()  # 副卷：审查报告、审批材料
    CASE_ASSIGN = auto()  # 分派承办人
    CASE_ACCEPT = auto()  # 决定受理、不予受理
    EXAMINE = auto()  # 审核（部门负责人）
    DECIDE = auto()  # 审批（分管副检察长、检察长）
    MONEY_ENTER = auto()  # 登记到账
    MONEY_VERIFY = auto()  # 核对到账
    REVEAL = auto()  # 查看脱敏信息
    BANK_SEE = auto()  # 查看银行卡号
    EXPORT = auto()  # 导出
    MEDIATION_SEE = auto()  # 查看调解
    MEDIATE = auto()  # 主持调解
    FIGURES_SEE = auto()  # 看板
    FIGURES_BELOW = auto()  # 下级院汇总
    ACCOUNTS_MANAGE = auto()  # 用户与单位
    REFERENCE_MANAGE = auto()  # 期限规则、节假日
    RIGHTS_MANAGE = auto()  # 授权与安全策略
    AUDIT_SEE = auto()  # 操作审计


PERMISSION_NAMES: dict[Permission, str] = {
    Permission.REFERRAL_SUBMIT: "移送线索",
    Permission.REFERRAL_SEE: "查看收件箱",
    Permission.REFERRAL_TRIAGE: "处理线索",
    Permission.CASE_SEE: "查看本院案件",
    Permission.CASE_HANDLE: "办理案件",
    Permission.INTERNAL_FILE: "查看副卷",
    Permission.CASE_ASSIGN: "分派承办人",
    Permission.CASE_ACCEPT: "决定受理、不予受理",
    Permission.EXAMINE: "审核",
    Permission.DECIDE: "审批",
    Permission.MONEY_ENTER: "登记到账",
    Permission.MONEY_VERIFY: "核对到账",
    Permission.REVEAL: "查看脱敏信息",
    Permission.BANK_SEE: "查看银行卡号",
    Permission.EXPORT: "导出",
    Permission.MEDIATION_SEE: "查看调解",
    Permission.MEDIATE: "主持调解",
    Permission.FIGURES_SEE: "看板",
    Permission.FIGURES_BELOW: "下级院汇总",
    Permission.ACCOUNTS_MANAGE: "用户与单位",
    Permission.REFERENCE_MANAGE: "期限规则、节假日",
    Permission.RIGHTS_MANAGE: "授权与安全策略",
    Permission.AUDIT_SEE: "操作审计",
}


class Role(models.TextChoices):
    """角色. A user has exactly one; 三员 (system, security, audit) are therefore never combined."""

    PROSECUTOR = "prosecutor", "承办检察官"
    ASSISTANT = "assistant", "检察官助理"
    CLERK = "clerk", "书记员/内勤"
    DEPARTMENT_HEAD = "department_head", "部门负责人"
    CHIEF = "chief", "分管副检察长"
    SUPERVISOR = "supervisor", "上级院督导"
    PARTNER = "partner", "合作单位经办人"
    MEDIATOR = "mediator", "调解员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


P = Permission
_SEES = {P.CASE_SEE, P.REFERRAL_SEE, P.MEDIATION_SEE, P.FIGURES_SEE}
_HANDLES = _SEES | {
    *(P.REFERRAL_TRIAGE, P.CASE_HANDLE, P.INTERNAL_FILE, P.MONEY_ENTER, P.MONEY_VERIFY, P.REVEAL, P.EXPORT)
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.PROSECUTOR: frozenset(_HANDLES | {P.BANK_SEE}),
    Role.ASSISTANT: frozenset(_HANDLES),
    Role.CLERK: frozenset(_HANDLES | {P.BANK_SEE}),
    Role.DEPARTMENT_HEAD: frozenset(_HANDLES | {P.CASE_ASSIGN, P.CASE_ACCEPT, P.EXAMINE}),
    Role.CHIEF: frozenset(_SEES | {P.DECIDE, P.CASE_ACCEPT, P.INTERNAL_FILE, P.REVEAL, P.EXPORT}),
    Role.SUPERVISOR: frozenset({P.FIGURES_SEE, P.FIGURES_BELOW, P.EXPORT}),
    Role.PARTNER: frozenset({P.REFERRAL_SUBMIT}),
    Role.MEDIATOR: frozenset({P.MEDIATE}),
    Role.SYSTEM_ADMIN: frozenset({P.ACCOUNTS_MANAGE, P.REFERENCE_MANAGE}),
    Role.SECURITY_ADMIN: frozenset({P.RIGHTS_MANAGE}),
    Role.AUDITOR: frozenset({P.AUDIT_SEE}),
}

OFFICE_ROLES = frozenset(role for role, granted in GRANTS.items() if P.CASE_SEE in granted)
LEADERS = frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF})  # who answer for what their people do
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


def roles_that_may(permission: Permission) -> list[Role]:
    """Every role that holds this permission, in the order of the table above."""
    return [role for role, granted in GRANTS.items() if permission in granted]
