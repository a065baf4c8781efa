"""每个指标只在这里定义一次 (decisions.md, Figures): dashboard, drill, list and export count the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models import Allocation, Case, Decision
from cases.totals import claimed
from core import clock
from dashboard.periods import Period
from deadlines.models import Deadline

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Scope:
    """范围: the offices whose rows a user may count, and the period."""

    offices: tuple[int, ...]
    period: Period

    def of(self, column: str) -> dict[str, Any]:
        return {f"{column}__in": self.offices}


def offices_for(user: User) -> QuerySet[Organisation]:
    """Own office; for a supervisor every office at or below the own unit (figures only)."""
    if user.may(Permission.FIGURES_BELOW):
        return Organisation.objects.procuratorates().under(user.organisation)
    if user.may(Permission.FIGURES_SEE):
        return Organisation.objects.filter(pk=user.organisation_id)
    return Organisation.objects.none()


def scope_of(user: User, period: Period, unit: str = "") -> Scope:
    """The scope of a page: all offices of the user, or the one named by its code (unknown ones count nothing)."""
    offices = offices_for(user)
    if unit:
        offices = offices.filter(code=unit)
    return Scope(tuple(offices.values_list("pk", flat=True)), period)


def allocations(scope: Scope) -> QuerySet[Allocation]:
    """Allocations of verified recoveries paid in the period, counter-entries among them."""
    rows = Allocation.objects.filter(**scope.of("recovery__organisation"))
    return rows.filter(recovery__verified_at__isnull=False, **scope.period.covers("recovery__paid_on"))


def paid_persons(scope: Scope) -> QuerySet[Allocation, dict[str, Any]]:
    """One row per person with what reached them in the period; who was reversed to nothing is not among them."""
    rows = allocations(scope).order_by().values("person")
    return rows.annotate(received=Sum("amount")).filter(received__gt=0)


def accepted(scope: Scope) -> QuerySet[Case]:
    """Cases accepted in the period, whatever their stage now."""
    return Case.objects.filter(**scope.of("organisation"), **scope.period.covers("accepted_on"))


def supports(scope: Scope) -> QuerySet[Decision]:
    """支持起诉 decisions made in the period."""
    rows = Decision.objects.filter(outcome=Decision.Outcome.SUPPORT, **scope.of("case__organisation"))
    return rows.filter(**scope.period.covers("decided_on"))


def open_now(scope: Scope) -> QuerySet[Case]:
    """在办, now: the period does not count."""
    return Case.objects.open().filter(**scope.of("organisation"))


def overdue_now(scope: Scope) -> QuerySet[Deadline]:
    """已超期, now: open 法定 and 院内 deadlines due before today; the period does not count."""
    return Deadline.objects.overdue(clock.today()).filter(**scope.of("organisation"))


def recovered_amount(scope: Scope) -> Decimal:
    return allocations(scope).aggregate(total=Sum("amount"))["total"] or ZERO


def recovered_workers(scope: Scope) -> int:
    return paid_persons(scope).count()


def accepted_cases(scope: Scope) -> int:
    return accepted(scope).count()


def supported_cases(scope: Scope) -> int:
    return supports(scope).count()


def claimed_amount(scope: Scope) -> Decimal:
    return (
        accepted(scope).annotate(claimed_total=claimed()).aggregate(total=Sum("claimed_total"))["total"]
        or ZERO
    )


def open_cases(scope: Scope) -> int:
    return open_now(scope).count()


def overdue(scope: Scope) -> int:
    return overdue_now(scope).count()


@dataclass(frozen=True)
class Figure:
    """One figure: its fixed name, its words, its definition in one sentence, and how it is counted."""

    name: str
    label: str
    unit: str
    definition: str
    count: Callable[[Scope], Decimal | int]


FIGURES = {
    figure.name: figure
    for figure in [
        Figure(
            "recovered_amount",
            "追回欠薪（已到账）",
            "元",
            "到账日期在区间内、已核对到账的分配金额之和；冲正以负数计入。",
            recovered_amount,
        ),
        Figure(
            "recovered_workers",
            "惠及务工人员",
            "人",
            "区间内有已核对到账的人员，同一人只计一次；全部冲正的不计。",
            recovered_workers,
        ),
        Figure(
            "accepted_cases",
            "受理案件",
            "件",
            "受理日期在区间内的案件，不论现在处于哪个阶段。",
            accepted_cases,
        ),
        Figure("supported_cases", "支持起诉", "件", "决定日期在区间内的支持起诉决定。", supported_cases),
        Figure(
            "claimed_amount",
            "涉案金额",
            "元",
            "区间内受理案件中未撤回申请人的欠付金额之和；作出决定的按决定时固定，未决定的按现在。",
            claimed_amount,
        ),
        Figure(
            "open_cases", "在办案件", "件", "已受理、尚未办结的案件，按现在统计，不受区间影响。", open_cases
        ),
        Figure(
            "overdue",
            "已超期",
            "项",
            "到期日早于今天、尚未完成的法定和院内期限，按现在统计，不受区间影响；中止中的不计。",
            overdue,
        ),
    ]
}
