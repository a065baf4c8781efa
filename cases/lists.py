"""案件列表: its views, its order, its sums. Page, counts and export start from the same queryset."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OrderBy, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import Role
from cases.models import Allocation, Case, ClaimItem
from cases.totals import ZERO, claimed, with_totals
from cases.workflow import Stage
from core import clock
from deadlines.models import Deadline
from deadlines.models.deadline import DeadlineQuerySet

SOON_DAYS = 3
SIZES = (20, 50, 100)
FOLLOWED = (Stage.ENFORCEMENT, Stage.TERMINATED)


@dataclass(frozen=True)
class View:
    """视图: a tab over the list. `where` narrows what the user may see; `hot` paints its number red."""

    label: str
    where: Callable[[User, date], Q]
    hot: bool = False


def is_open() -> Q:
    """在办, as `Case.objects.open()` (figure `open_cases`)."""
    return Q(pk__in=Case.objects.open().values("pk"))


def _with_clock(deadlines: QuerySet[Deadline]) -> Q:
    return Q(pk__in=deadlines.filter(case_link__isnull=False).values("case_link__case"))


def _mine(user: User, today: date) -> Q:
    return is_open() & Q(handler=user)


def _pending(user: User, today: date) -> Q:
    return Q(stage=Stage.REGISTERED)


def _soon(user: User, today: date) -> Q:
    return _with_clock(Deadline.objects.visible_to(user).due_within(SOON_DAYS, today))


def _overdue(user: User, today: date) -> Q:
    return _with_clock(Deadline.objects.visible_to(user).past_due(today))


def _following(user: User, today: date) -> Q:
    return Q(stage=Stage.ENFORCEMENT)


def _decided(user: User, today: date) -> Q:
    return Q(decided_on__year=today.year, decided_on__month=today.month)


VIEWS: dict[str, View] = {
    "mine": View("我的在办", _mine),
    "open": View("全部在办", lambda user, today: is_open()),
    "pending": View("待受理", _pending),
    "soon": View("3 日内到期", _soon, hot=True),
    "overdue": View("已超期", _overdue, hot=True),
    "following": View("执行跟踪", _following),
    "decided": View("本月办结", _decided),
    "all": View("全部", lambda user, today: Q()),
}


def first_view(user: User) -> str:
    """Where the list opens: prosecutors at their own cases, everybody else at all of them."""
    return "mine" if user.role == Role.PROSECUTOR else "all"


def visible(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user)


def counts(user: User) -> dict[str, int]:
    """How many cases stand in each view; one query."""
    today = clock.today()
    wanted = {
        code: Count("pk", filter=view.where(user, today)) for code, view in VIEWS.items() if code != "all"
    }
    return visible(user).aggregate(**wanted, all=Count("pk"))


def tabs(current: str, counted: dict[str, int]) -> list[dict[str, Any]]:
    """The views for components/views.html."""
    return [
        {
            "label": view.label,
            "url": f"?view={code}",
            "current": code == current,
            "count": counted[code],
            "hot": view.hot,
        }
        for code, view in VIEWS.items()
    ]


def _clocks() -> DeadlineQuerySet:
    return Deadline.objects.filter(case_link__case=OuterRef("pk"))


def nearest_clock() -> Subquery:
    """The deadline whose chip the row shows: the nearest running one, else a paused one."""
    found = _clocks().open().order_by(F("paused_on").asc(nulls_first=True), "due_on", "-kind", "pk")
    return Subquery(found.values("pk")[:1])


def next_due() -> Subquery:
    return Subquery(_clocks().running().order_by("due_on").values("due_on")[:1])


# heading of the list → what it sorts by
ORDERS: dict[str, Any] = {
    "clock": next_due,
    "amount": claimed,
    "accepted": lambda: F("accepted_on"),
    "updated": lambda: F("updated_at"),
}
FIRST_ORDER = "clock"


def order_of(sort: str) -> str:
    """The order asked for, or the list's own."""
    return sort if sort.removeprefix("-") in ORDERS else FIRST_ORDER


def heads(sort: str) -> dict[str, dict[str, str]]:
    """For each heading: what a click sorts by next, and how it is sorted now (aria-sort, arrow)."""
    found = {}
    for name in ORDERS:
        up, down = sort == name, sort == f"-{name}"
        found[name] = {
            "next": f"-{name}" if up else name,
            "aria": "ascending" if up else "descending" if down else "",
            "icon": "up" if up else "down" if down else "sort",
        }
    return found


def in_order(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """The cases sorted, nothing else asked of them; empty values come last."""
    name = order_of(sort)
    ordered = cases.annotate(sort_key=ORDERS[name.removeprefix("-")]())
    return ordered.order_by(OrderBy(F("sort_key"), descending=name.startswith("-"), nulls_last=True), "-pk")


def rows(cases: QuerySet[Case], keys: list[int]) -> list[Any]:
    """These cases, in the order of their keys, each with its totals, its clock and its people.

    Keys come from `in_order`: sums of the rows that a page skips are never added up.
    """
    found = with_totals(cases.model.objects.filter(pk__in=keys)).annotate(clock_id=nearest_clock())
    by_key = {case.pk: case for case in found.select_related("handler", "source_unit")}
    chosen: list[Any] = [by_key[key] for key in keys if key in by_key]
    dress(chosen)
    return chosen


@dataclass(frozen=True)
class Sums:
    """件数、涉案金额、已到账 of a filtered list (yuan)."""

    cases: int = 0
    claimed: Decimal = Decimal("0.00")
    recovered: Decimal = Decimal("0.00")


def sums(cases: QuerySet[Case]) -> Sums:
    """The same sums as `totals`, added up over the whole list in one query; a list lies within one office."""
    undecided = ClaimItem.objects.filter(
        claimant__case__in=cases.filter(decision=None).values("pk"), claimant__withdrawn_on=None
    )
    received = Allocation.objects.filter(
        recovery__case__in=cases.values("pk"), recovery__verified_at__isnull=False
    )
    grouped = (
        cases.order_by()
        .values("organisation")
        .annotate(
            n=Count("pk"),
            frozen=Coalesce(Sum("decision__claimed_amount"), ZERO),
            current=_whole(undecided, "claimant__case__organisation", "owed"),
            received=_whole(received, "recovery__case__organisation", "amount"),
        )
    )
    found = next(iter(grouped), None)
    return Sums(found["n"], found["frozen"] + found["current"], found["received"]) if found else Sums()


def _whole(found: QuerySet[Any], office: str, field: str) -> Coalesce:
    return Coalesce(Subquery(found.order_by().values(office).annotate(t=Sum(field)).values("t")), ZERO)


def page_of(cases: QuerySet[Case], *, sort: str, number: str, size: int, count: int) -> Page[Any]:
    """One page of the list; `count` comes from `sums`, so nothing is counted twice."""
    paginator: Paginator[Any] = Paginator(in_order(cases, sort).values_list("pk", flat=True), size)
    paginator.count = count
    page = paginator.get_page(number)
    page.object_list = rows(cases, list(page.object_list))
    return page


def dress(cases: list[Any]) -> None:
    """Give each row its deadline, the state of it, and the share that came in."""
    today = clock.today()
    deadlines = Deadline.objects.in_bulk([case.clock_id for case in cases if case.clock_id])
    for case in cases:
        case.clock = deadlines.get(case.clock_id)
        case.clock_state = case.clock.state(today) if case.clock else ""
        case.percent = share(case.recovered_total, case.claimed_total)
        case.people = case.title.partition("诉")[0]


def share(part: Decimal, whole: Decimal) -> int:
    """Percent that came in, 0 to 100; something is never shown as nothing."""
    if not whole or part <= 0:
        return 0
    return min(100, max(1, int(100 * part / whole)))
