from decimal import Decimal

from accounts.models import User
from cases.models import Case, Closure, Recovery
from cases.policy import why_not_at, why_not_handle
from cases.totals import confirmed, owed_now, recovered
from cases.workflow import ENDS, Stage
from core.money import yuan

FOLLOWING = frozenset({Stage.ENFORCEMENT})
FOLLOWED = frozenset({Stage.ENFORCEMENT, Stage.TERMINATED})


def why_not_apply(case: Case, user: User) -> str:
    """登记申请执行: once, while the judgment is being performed."""
    if reason := why_not_at(case, user, FOLLOWING, "登记申请执行"):
        return reason
    return "已登记申请执行，请修改原登记。" if hasattr(case, "enforcement") else ""


def why_not_update(case: Case, user: User) -> str:
    """修改执行登记: number, 终本, 恢复执行."""
    if reason := why_not_at(case, user, FOLLOWING, "修改执行登记"):
        return reason
    return "" if hasattr(case, "enforcement") else "还没登记申请执行。"


def why_not_follow(case: Case, user: User) -> str:
    """登记跟进: also after 终结审查, while agreed money is paid."""
    return why_not_at(case, user, FOLLOWED, "登记跟进")


def why_not_close(case: Case, user: User) -> str:
    """跟进办结 (S19)."""
    if reason := why_not_at(case, user, FOLLOWING, "办结跟进"):
        return reason
    return waiting_money(case)


def waiting_money(case: Case) -> str:
    """The sentence for money that still waits for verification; empty when none does."""
    waits = Recovery.objects.filter(case=case, verified_at=None, returned_at=None).exists()
    return "还有到账没有核对，请先核对。" if waits else ""


def unpaid(case: Case) -> Decimal:
    """未到账 (yuan): confirmed by the court, else claimed, minus verified recoveries."""
    row = (
        Case.objects.annotate(c=confirmed(), o=owed_now(), r=recovered())
        .values_list("c", "o", "r")
        .get(pk=case.pk)
    )
    return (row[0] or row[1]) - row[2]


def why_not_close_as(case: Case, result: str) -> str:
    """全部到账 is said only when it is so."""
    left = unpaid(case)
    if result == Closure.Result.PAID and left > 0:
        return f"还有 {yuan(left)} 元没有到账，不能按“全部到账”办结。请核对到账，或选其他结果并写明原因。"
    return ""


def why_not_archive(case: Case, user: User) -> str:
    """归档 (S20): from every end, when no money waits."""
    if reason := why_not_handle(case, user):
        return reason
    if case.stage not in ENDS:
        return f"案件处于“{case.get_stage_display()}”阶段，办结后才能归档。"
    return waiting_money(case)
