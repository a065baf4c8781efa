from accounts.models import User
from accounts.permissions import Permission, Role
from cases.models import Case
from cases.policy import why_not_at
from cases.workflow import EDITABLE, OPEN_STAGES, Stage

REVIEW = frozenset({Stage.REVIEW})
EVIDENCE_STAGES = frozenset(OPEN_STAGES)


def why_not_review(case: Case, user: User) -> str:
    """审查: the office's handlers, while the case is in review and not suspended."""
    if reason := why_not_at(case, user, REVIEW, "修改审查内容"):
        return reason
    return "案件中止审查期间不能修改审查内容，请先恢复审查。" if case.is_suspended else ""


def why_not_decide_track(case: Case, user: User) -> str:
    """认定法律关系: a reviewed decision of the prosecutor or the head, not of an assistant (trap 1)."""
    if reason := why_not_review(case, user):
        return reason
    if user.role not in (Role.PROSECUTOR, Role.DEPARTMENT_HEAD):
        return "法律关系由承办检察官认定。"
    return ""


def why_not_add_evidence(case: Case, user: User) -> str:
    """登记证据: until the case has ended."""
    return why_not_at(case, user, EVIDENCE_STAGES, "登记证据")


def why_not_change_parties(case: Case, user: User) -> str:
    """修改当事人与诉求: before the decision goes up; not while it is being approved."""
    return why_not_at(case, user, EDITABLE, "修改当事人与诉求")


def why_not_withdraw_claimant(case: Case, user: User) -> str:
    """申请人撤回: at any time before the case has ended, but not while it is being approved."""
    if case.stage == Stage.APPROVAL:
        return "案件正在审批，请先撤回送审，再登记申请人撤回。"
    return why_not_at(case, user, frozenset(OPEN_STAGES), "登记申请人撤回")


def why_not_consent(case: Case, user: User) -> str:
    """登记自愿申请 or its revocation: until the case has ended."""
    return why_not_at(case, user, frozenset(OPEN_STAGES), "登记自愿申请")


def why_not_reveal(case: Case, user: User, *, bank: bool = False) -> str:
    """查看完整信息: permission; the bank account only for the handler and the clerk."""
    if not user.may(Permission.REVEAL):
        return "你没有查看完整个人信息的权限。"
    if bank and not (
        user.may(Permission.BANK_SEE) and (user.role == Role.CLERK or case.handler_id == user.pk)
    ):
        return "银行卡号只有承办检察官和内勤可以查看。"
    return ""
