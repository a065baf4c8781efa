"""每个指标只在这里定义一次 (decisions.md, Figures): dashboard, drill, list and export count the same rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models import Allocation, Case, Decision, Person
from cases.totals import YUAN, claimed
from core import clock
from dashboard.periods import Period
from deadlines.models import Deadline

Rows = QuerySet[Any]
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Scope:
    """范围: the offices whose rows are counted, the period, and what narrows them further (channel, source, place)."""

    offices: tuple[int, ...]
    period: Period
    only: dict[str, str] = field(default_factory=dict)

    def of(self, column: str) -> dict[str, Any]:
        return {f"{column}__in": self.offices}

    def narrowed(self, **columns: str) -> dict[str, str]:
        """Filters for what was asked: name of the condition → column of the rows."""
        return {column: self.only[name] for name, column in columns.items() if name in self.only}


def offices_for(user: User) -> QuerySet[Organisation]:
    """Own office; for a supervisor every office at or below the own unit (figures only)."""
    if user.may(Permission.FIGURES_BELOW):
        return Organisation.objects.procuratorates().under(user.organisation)
    if user.may(Permission.FIGURES_SEE):
        return Organisation.objects.filter(pk=user.organisation_id)
    return Organisation.objects.none()


def scope_of(user: User, period: Period, unit: str = "", only: dict[str, str] | None = None) -> Scope:
    """The scope of a page: all offices of the user, or the one named by its code (unknown ones count nothing)."""
    offices = offices_for(user)
    if unit:
        offices = offices.filter(code=unit)
    return Scope(tuple(offices.values_list("pk", flat=True)), period, only or {})


def allocations(scope: Scope) -> QuerySet[Allocation]:
    """Allocations of verified recoveries paid in the period, counter-entries among them."""
    rows = Allocation.objects.filter(
        **scope.of("recovery__organisation"), **scope.narrowed(channel="recovery__channel")
    )
    return rows.filter(recovery__verified_at__isnull=False, **scope.period.covers("recovery__paid_on"))


def received_by_person(scope: Scope) -> QuerySet[Allocation, Any]:
    """What reached each person in the period (yuan), those reversed to nothing among them."""
    rows: Any = allocations(scope).order_by().values("person").annotate(received=Sum("amount"))
    return rows


def paid_persons(scope: Scope) -> QuerySet[Person]:
    """Persons whom something reached in the period, in the end; who was reversed to nothing is not among them."""
    paid: Any = received_by_person(scope)
    paid = paid.filter(received__gt=0)
    return Person.objects.filter(pk__in=paid.values("person"))


def with_received(persons: QuerySet[Person], scope: Scope) -> QuerySet[Person]:
    """Each person with `.received` in the period (yuan)."""
    mine: Any = received_by_person(scope)
    mine = mine.filter(person=OuterRef("pk")).values("received")
    return persons.annotate(received=Subquery(mine, output_field=YUAN))


def accepted(scope: Scope) -> QuerySet[Case]:
    """Cases accepted in the period, whatever their stage now."""
    rows = Case.objects.alias(place=Coalesce("project__place", Value("")))
    rows = rows.filter(**scope.of("organisation"), **scope.narrowed(source="source", place="place"))
    return rows.filter(**scope.period.covers("accepted_on"))


def accepted_with_claims(scope: Scope) -> QuerySet[Case]:
    """The same cases, each with `.claimed_total` (yuan)."""
    return accepted(scope).annotate(claimed_total=claimed())


def supports(scope: Scope) -> QuerySet[Decision]:
    """支持起诉 decisions made in the period."""
    rows = Decision.objects.filter(outcome=Decision.Outcome.SUPPORT, **scope.of("case__organisation"))
    return rows.filter(**scope.period.covers("decided_on"))


def open_now(scope: Scope) -> QuerySet[Case]:
    """在办, now: the period does not count."""
    return Case.objects.open().filter(**scope.of("organisation"))


def overdue_now(scope: Scope) -> QuerySet[Deadline]:
    """已超期, now: running 法定 and 院内 deadlines that are ours to meet, due before today (ADR 0006)."""
    return Deadline.objects.overdue(clock.today()).filter(**scope.of("organisation"))


@dataclass(frozen=True)
class Figure:
    """One figure: its fixed name, its words, its definition in one sentence, its rows and what is summed of them.

    `office` is the column of a row that names its office.
    """

    name: str
    label: str
    unit: str
    definition: str
    rows: Callable[[Scope], Rows]
    measure: Aggregate
    office: str = "organisation"
    is_now: bool = False

    def count(self, scope: Scope) -> Any:
        """The figure: Decimal yuan, or a number of rows."""
        return self.rows(scope).aggregate(total=self.measure)["total"] or self.nothing

    def by_office(self, scope: Scope) -> dict[int, Any]:
        """The same, parted by office (pk → value); offices without a row are left out."""
        parted = self.rows(scope).order_by().values(self.office).annotate(total=self.measure)
        return {row[self.office]: row["total"] for row in parted}

    @property
    def nothing(self) -> Decimal | int:
        return ZERO if self.is_money else 0

    @property
    def is_money(self) -> bool:
        return isinstance(self.measure, Sum)


FIGURES = {
    figure.name: figure
    for figure in [
        Figure(
            "recovered_amount",
            "追回欠薪（已到账）",
            "元",
            "到账日期在区间内、已核对到账的分配金额之和；冲正以负数计入。",
            allocations,
            Sum("amount"),
            "recovery__organisation",
        ),
        Figure(
            "recovered_workers",
            "惠及务工人员",
            "人",
            "区间内有已核对到账的人员，同一人在同一院只计一次；全部冲正的不计。",
            paid_persons,
            Count("pk"),
        ),
        Figure(
            "accepted_cases",
            "受理案件",
            "件",
            "受理日期在区间内的案件，不论现在处于哪个阶段。",
            accepted,
            Count("pk"),
        ),
        Figure(
            "supported_cases",
            "支持起诉",
            "件",
            "决定日期在区间内的支持起诉决定。",
            supports,
            Count("pk"),
            "case__organisation",
        ),
        Figure(
            "claimed_amount",
            "涉案金额",
            "元",
            "区间内受理案件中未撤回申请人的欠付金额之和；作出决定的按决定时固定，未决定的按现在。",
            accepted_with_claims,
            Sum("claimed_total"),
        ),
        Figure(
            "open_cases",
            "在办案件",
            "件",
            "已受理、尚未办结的案件，按现在统计，不受区间影响。",
            open_now,
            Count("pk"),
            is_now=True,
        ),
        Figure(
            "overdue",
            "已超期",
            "项",
            "到期日早于今天、尚未完成的法定和院内期限，只计应由本院办理的，按现在统计，不受区间影响；停止计算的不计。",
            overdue_now,
            Count("pk"),
            is_now=True,
        ),
    ]
}
