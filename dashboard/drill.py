"""明细: the rows behind each figure as a table. Page and workbook show the same cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from cases.models import Allocation, Case, Decision, Person
from cases.totals import claimed
from core import clock, masking
from core.money import yuan
from dashboard.figures import FIGURES, Scope, allocations, with_received
from deadlines.models import Deadline

Value = str | int | Decimal | date | None
Rows = list[Any]


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what it says of a row. `link` makes the cell a way to the row's case."""

    label: str
    value: Callable[[Any], Value]
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it."""

    label: str
    shown: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """明细 of one figure: how the rows are fetched and ordered, and which columns they have."""

    columns: list[Column]
    order: Callable[[QuerySet[Any], Scope], QuerySet[Any]]
    dress: Callable[[Rows, Scope], None] = lambda rows, scope: None

    def fetch(self, name: str, scope: Scope) -> QuerySet[Any]:
        """All rows of the figure in their order; the figure counts exactly these."""
        return self.order(FIGURES[name].rows(scope), scope)

    def values(self, rows: Iterable[Any], scope: Scope) -> list[list[Value]]:
        """Raw values for a workbook."""
        found = list(rows)
        self.dress(found, scope)
        return [[column.value(row) for column in self.columns] for row in found]

    def cells(self, rows: Iterable[Any], scope: Scope) -> list[list[Cell]]:
        """The same values as they read on the page."""
        found = list(rows)
        self.dress(found, scope)
        return [[_cell(column, row) for column in self.columns] for row in found]


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    shown = yuan(value) if isinstance(value, Decimal) else "" if value is None else str(value)
    url = column.link(row) if column.link and shown else ""
    return Cell(column.label, shown, url, isinstance(value, Decimal | int))


def table_of(name: str, *, above: bool) -> Table:
    """The table of a figure: with people for the office itself, with case codes only for a unit above it."""
    return (ABOVE if above else OWN)[name]


# -- rows in their order


def _allocations(rows: QuerySet[Allocation], scope: Scope) -> QuerySet[Allocation]:
    related = rows.select_related("recovery__case", "claimant__person")
    return related.order_by("-recovery__paid_on", "-recovery_id", "pk")


def _persons(rows: QuerySet[Person], scope: Scope) -> QuerySet[Person]:
    return with_received(rows, scope).order_by("organisation", "name", "pk")


def _cases(rows: QuerySet[Case], scope: Scope) -> QuerySet[Case]:
    with_claims = rows.annotate(claimed_total=claimed()).select_related("handler")
    return with_claims.order_by(F("accepted_on").desc(), "-pk")


def _decisions(rows: QuerySet[Decision], scope: Scope) -> QuerySet[Decision]:
    return rows.select_related("case__handler").order_by("-decided_on", "-pk")


def _deadlines(rows: QuerySet[Deadline], scope: Scope) -> QuerySet[Deadline]:
    return rows.select_related("responsible", "case_link__case").order_by("due_on", "pk")


def _with_cases(persons: Rows, scope: Scope) -> None:
    """Give each person the cases from which the money came, in one query."""
    found: dict[Any, dict[int, Case]] = defaultdict(dict)
    for share in allocations(scope).filter(person__in=persons).select_related("recovery__case"):
        found[share.person_id][share.recovery.case_id] = share.recovery.case
    for person in persons:
        person.cases_paid = list(found[person.pk].values())


# -- columns


def _case_of_deadline(deadline: Deadline) -> str:
    return deadline.case_link.case.code if hasattr(deadline, "case_link") else ""


def _days_late(deadline: Deadline) -> int:
    return (clock.today() - deadline.due_on).days


def _mark(share: Allocation) -> str:
    return "冲正" if share.recovery.reverses_id else ""


PAID_ON = Column("到账日期", lambda share: share.recovery.paid_on)
CHANNEL = Column("渠道", lambda share: share.recovery.get_channel_display())
SHARE = Column("金额（元）", lambda share: share.amount)
MARK = Column("说明", _mark)
RECEIVED = Column("已到账（元）", lambda person: person.received)
CODE = Column("内部编号", lambda case: case.code)
NUMBER = Column("案号", str, lambda case: case.get_absolute_url())
ACCEPTED_ON = Column("受理日期", lambda case: case.accepted_on)
STAGE = Column("阶段", lambda case: case.get_stage_display())
CLAIMED = Column("涉案金额（元）", lambda case: case.claimed_total)
HANDLER = Column("承办人", lambda case: str(case.handler or ""))
DECIDED_ON = Column("决定日期", lambda decision: decision.decided_on)
COURT = Column("致送法院", lambda decision: decision.court)
PEOPLE = Column("人数", lambda decision: decision.claimant_count)
FROZEN = Column("涉案金额（元）", lambda decision: decision.claimed_amount)
RULE = Column("期限", lambda deadline: deadline.rule["name"])
KIND = Column("性质", lambda deadline: deadline.get_kind_display())
DUE_ON = Column("到期日", lambda deadline: deadline.due_on)
LATE = Column("超期天数", _days_late)

OWN_CASES = Table(
    [NUMBER, Column("案件名称", lambda case: case.title), ACCEPTED_ON, STAGE, HANDLER, CLAIMED], _cases
)
ABOVE_CASES = Table([CODE, ACCEPTED_ON, STAGE, CLAIMED], _cases)

OWN = {
    "recovered_amount": Table(
        [
            PAID_ON,
            Column(
                "案号",
                lambda share: str(share.recovery.case),
                lambda share: share.recovery.case.get_absolute_url(),
            ),
            Column("申请人", lambda share: share.claimant.person.name),
            CHANNEL,
            SHARE,
            MARK,
        ],
        _allocations,
    ),
    "recovered_workers": Table(
        [
            Column("姓名", lambda person: person.name),
            Column("证件号码", lambda person: masking.mask_id(person.id_number)),
            Column("案号", lambda person: "、".join(str(case) for case in person.cases_paid)),
            RECEIVED,
        ],
        _persons,
        _with_cases,
    ),
    "accepted_cases": OWN_CASES,
    "claimed_amount": OWN_CASES,
    "open_cases": OWN_CASES,
    "supported_cases": Table(
        [
            DECIDED_ON,
            Column(
                "案号", lambda decision: str(decision.case), lambda decision: decision.case.get_absolute_url()
            ),
            Column("案件名称", lambda decision: decision.case.title),
            COURT,
            PEOPLE,
            FROZEN,
        ],
        _decisions,
    ),
    "overdue": Table(
        [
            Column("事项", lambda deadline: deadline.title, lambda deadline: deadline.owner_url),
            RULE,
            KIND,
            DUE_ON,
            LATE,
            Column("责任人", lambda deadline: str(deadline.responsible)),
        ],
        _deadlines,
    ),
}
ABOVE = {
    "recovered_amount": Table(
        [PAID_ON, Column("内部编号", lambda share: share.recovery.case.code), CHANNEL, SHARE, MARK],
        _allocations,
    ),
    "recovered_workers": Table(
        [
            Column("内部编号", lambda person: "、".join(case.code for case in person.cases_paid)),
            RECEIVED,
        ],
        _persons,
        _with_cases,
    ),
    "accepted_cases": ABOVE_CASES,
    "claimed_amount": ABOVE_CASES,
    "open_cases": ABOVE_CASES,
    "supported_cases": Table(
        [DECIDED_ON, Column("内部编号", lambda decision: decision.case.code), COURT, PEOPLE, FROZEN],
        _decisions,
    ),
    "overdue": Table(
        [Column("内部编号", _case_of_deadline), RULE, KIND, DUE_ON, LATE],
        _deadlines,
    ),
}
