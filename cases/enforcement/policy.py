from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Max

from accounts.models import User
from cases.models import Case, Closure, CourtRefusal, Judgment, Recovery
from cases.policy import why_not_at, why_not_handle
from cases.recovery.balance import with_balance
from cases.workflow import ENDS, Stage
from core import clock
from core.money import yuan

FOLLOWING = frozenset({Stage.ENFORCEMENT})
RESULTS = frozenset(
    {Closure.Result.PAID, Closure.Result.TERMINATED_FOR_NOW, Closure.Result.GIVEN_UP, Closure.Result.OTHER}
)
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


def why_not_dates(
    case: Case, applied_on: date, stopped_on: date | None = None, resumed_on: date | None = None
) -> str:
    """申请执行、终本、恢复执行 come in this order, after the judgment has taken effect, none in the future."""
    effective_on = Judgment.objects.filter(filing__case=case).aggregate(day=Max("effective_on"))["day"]
    steps = [
        ("裁判生效日期", effective_on),
        ("申请执行日期", applied_on),
        ("终本日期", stopped_on),
        ("恢复执行日期", resumed_on),
    ]
    if resumed_on and not stopped_on:
        return "没有终本日期，不能登记恢复执行。"
    known = [(label, day) for label, day in steps if day]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            return f"{later} {second} 早于{earlier} {first}，请改其中一个。"
    label, last = max(known, key=lambda step: step[1])
    return f"{label} {last} 还没到，请改成今天或以前的日期。" if last > clock.today() else ""


def why_not_close_as(case: Case, result: str) -> str:
    """全部到账 is said only when every standing claimant has what the court confirmed, else what is claimed."""
    if result not in RESULTS:
        return "撤诉、驳回和法院不予受理的办结，请在诉讼页登记。"
    if result != Closure.Result.PAID:
        return ""
    claimants: list[Any] = [one for one in with_balance(case) if not one.withdrawn_on]
    due = sum_due(claimants)
    short = [claimant for claimant, sum_ in due.items() if claimant.received < sum_]
    if not short:
        return ""
    received, whole = sum((one.received for one in claimants), Decimal()), sum(due.values(), Decimal())
    names = "、".join(str(one) for one in short[:3]) + (f"等 {len(short)} 人" if len(short) > 3 else "")
    return (
        f"已到账 {yuan(received)} 元，应到账 {yuan(whole)} 元，{names}还没收齐，不能按“全部到账”办结。"
        "请先登记到账，或选其他结果并写明原因。"
    )


def sum_due(claimants: list[Any]) -> dict[Any, Decimal]:
    """What each has to get: the court's sums once there are any, else the claims (yuan)."""
    judged = any(one.awarded for one in claimants)
    return {one: one.awarded if judged else one.owed for one in claimants}


def why_not_end_on(case: Case, day: date) -> str:
    """办结日期: not before the decision, the court's refusal or the day on which the judgment took effect."""
    refused_on = CourtRefusal.objects.filter(case=case).aggregate(day=Max("refused_on"))["day"]
    effective_on = Judgment.objects.filter(filing__case=case).aggregate(day=Max("effective_on"))["day"]
    steps = [("决定日期", case.decided_on), ("法院不予受理日期", refused_on), ("裁判生效日期", effective_on)]
    for what, earlier in steps:
        if earlier and day < earlier:
            return f"办结日期早于{what} {earlier}，请核对。"
    return ""


def why_not_archive_on(case: Case, day: date) -> str:
    """归档日期: not before the day on which the case ended, whichever end it came to."""
    ends = Case.objects.filter(pk=case.pk).values_list(
        "closed_on",
        "support_withdrawal__decided_on",
        "transfer__sent_on",
        "decided_on",
        "acceptance__decided_on",
    )
    last = max((each for each in ends.get() if each), default=case.received_on)
    return f"归档日期早于办结日期 {last}，请核对。" if day < last else ""


def why_not_archive(case: Case, user: User) -> str:
    """归档 (S20): from every end, when no money waits."""
    if reason := why_not_handle(case, user):
        return reason
    if case.stage not in ENDS:
        return f"案件处于“{case.get_stage_display()}”阶段，办结后才能归档。"
    return waiting_money(case)
