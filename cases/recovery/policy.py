from decimal import Decimal

from accounts.models import User
from accounts.permissions import Permission
from cases.models import Case, Claimant, Recovery
from cases.policy import why_not_handle
from cases.workflow import Stage
from core.money import yuan

Shares = dict[Claimant, Decimal]


def why_not_enter(case: Case, user: User) -> str:
    """登记到账: from acceptance until archive, also after 终结审查."""
    if not user.may(Permission.MONEY_ENTER):
        return "只有本院办案人员可以登记到账。"
    if reason := why_not_handle(case, user):
        return reason
    if case.stage == Stage.REGISTERED or case.accepted_on is None:
        return "案件还没受理，受理后才能登记到账。"
    return ""


def why_not_verify(recovery: Recovery, user: User) -> str:
    """核对到账: another person of the office, while the entry waits."""
    if not user.may(Permission.MONEY_VERIFY) or user.organisation_id != recovery.organisation_id:
        return "只有本院办案人员可以核对到账。"
    if recovery.state == "verified":
        return f"{recovery.verified_by} 已核对这笔到账。"
    if recovery.state == "returned":
        return "这笔登记已退回，请登记人重新登记。"
    if recovery.recorded_by_id == user.pk:
        return "登记人不能核对自己登记的到账，请由另一人核对。"
    return ""


def why_not_reverse(recovery: Recovery, user: User) -> str:
    """冲正: a verified entry, once. The counter-entry waits for verification like any other."""
    if reason := why_not_enter(recovery.case, user):
        return reason
    if recovery.reverses_id:
        return "冲正分录不能再冲正，请重新登记正确的到账。"
    if recovery.state != "verified":
        return "还没核对的登记不用冲正，请退回后重新登记。"
    if Recovery.objects.filter(reverses=recovery, returned_at=None).exists():
        return "这笔到账已登记冲正，不能再次冲正。"
    return ""


def why_not_allocate(amount: Decimal, shares: Shares) -> str:
    """分配: every share positive, to claimants who stand, Σ = amount."""
    if not shares:
        return "还没分配到人，请至少给一名申请人填金额。"
    for claimant, share in shares.items():
        if share <= 0:
            return f"{claimant} 的分配金额要大于 0，没有到账的请留空。"
        if claimant.withdrawn_on:
            return f"{claimant} 已于 {claimant.withdrawn_on} 撤回申请，不能分配。"
    total = sum(shares.values(), Decimal())
    if total != amount:
        return (
            f"{len(shares)} 人合计 {yuan(total)} 元，与到账金额 {yuan(amount)} 元不一致。"
            "请改分配，或点“按比例分配”。"
        )
    return ""
