"""待办 of the desk: whatever is due, ordered by its clock and never by when it came in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from dashboard.entries import Entry, of_matter
from dashboard.scope import SOON_DAYS, Scope
from deadlines.models import Deadline, Task, Urge
from deadlines.policy import Matter

MOST = 200
SOON = timedelta(days=SOON_DAYS)
URGED_WITHIN = timedelta(days=7)
# long texts of a deadline and its case that no row shows
NOT_SHOWN = ("plan", *(f"case_link__case__{name}" for name in ("facts", "request", "search")))
# key → name and tone
GROUPS = {
    "overdue": ("已超期", "overdue"),
    "today": ("今天", "soon"),
    "soon": ("3 日内", "soon"),
    "week": ("本周", ""),
    "later": ("以后", ""),
    "none": ("没有期限", ""),
    "paused": ("停止计算", ""),
}


@dataclass
class Group:
    """已超期, 今天, 3 日内, 本周, 以后, 没有期限, 停止计算, with its colour. `open_ended`: there may be more of it."""

    label: str
    tone: str = ""
    key: str = ""
    entries: list[Entry] = field(default_factory=list)
    open_ended: bool = False

    @classmethod
    def of(cls, key: str) -> "Group":
        return cls(*GROUPS[key], key=key)


@dataclass(frozen=True)
class Duties:
    """What the tab 待办 shows: at most MOST of the nearest. `count` is what stands beside its name.

    `schedule` (今日日程) is all that falls on this day for oneself, however much stands before it.
    """

    groups: list[Group]
    shown: int
    cut: bool
    schedule: list[Entry] = field(default_factory=list)

    @property
    def count(self) -> str:
        return f"{MOST}+" if self.cut else str(self.shown)

    @property
    def pressing(self) -> bool:
        return any(group.key in ("overdue", "today") for group in self.groups)

    @property
    def soon(self) -> bool:
        return any(group.key == "soon" for group in self.groups)


def deadlines_of(scope: Scope) -> QuerySet[Deadline]:
    """What runs for this user and whom they cover today, for everybody of the office, or for one of them."""
    found = Deadline.objects.open().visible_to(scope.user)
    if scope.person:
        found = found.filter(responsible=scope.person)
    elif not scope.whole:
        found = found.filter(responsible__in=[scope.user.pk, *scope.covered])
    if scope.due:
        found = found.late(scope.today) if scope.due == "late" else found.near(SOON_DAYS, scope.today)
    return found.select_related("responsible", "case_link__case").defer(*NOT_SHOWN).by_clock()


def tasks_of(scope: Scope) -> QuerySet[Task]:
    """What the same people still have to do, as far as this user sees it: leaders what hangs on a case or is theirs."""
    found = Task.objects.open().visible_to(scope.user)
    if scope.person:
        found = found.filter(assigned_to=scope.person)
    elif not scope.whole:
        found = found.filter(assigned_to__in=[scope.user.pk, *scope.covered])
    if scope.due:
        found = found.past_due(scope.today) if scope.due == "late" else found.near(SOON_DAYS, scope.today)
    return found.select_related("assigned_to", "created_by").by_clock()


def duties(scope: Scope) -> Duties:
    """Everything due in its group. Reads one row more than it shows, and never counts the rest."""
    rows: list[Any] = [*_rows("deadline", deadlines_of, scope), *_rows("task", tasks_of, scope)]
    entries = in_order([each for each in rows if each.is_near], scope)
    of_today = in_order([each for each in rows if not each.is_near], scope)
    cut = len(entries) > MOST
    everything = {each.key: each for each in [*of_today, *entries]}
    schedule = schedule_of(list(everything.values()), scope.today)
    return Duties(groups(entries[:MOST], scope.today, cut=cut), len(entries[:MOST]), cut, schedule)


def _rows(of: str, found: Callable[[Scope], QuerySet[Any]], scope: Scope) -> QuerySet[Any]:
    """The nearest (`is_near`); in the same statement what falls on this day for oneself and whom one covers, for it
    may stand behind them. Some of it comes twice.
    """
    urge = newest_urge(of, scope.today)
    nearest = found(scope).annotate(urge=urge, is_near=Value(True))[: MOST + 1]
    mine = Scope(scope.user, scope.today, scope.covered)
    of_today = found(mine).filter(due_on=scope.today).annotate(urge=urge, is_near=Value(False))
    return nearest.union(of_today.order_by(), all=True)


def in_order(rows: list[Matter], scope: Scope) -> list[Entry]:
    entries = (of_matter(each, scope.user, scope.today, scope.covered) for each in rows)
    return sorted(entries, key=lambda entry: entry.order)


def schedule_of(entries: list[Entry], today: date) -> list[Entry]:
    """今日日程: what falls on this day for oneself, by the hour where it has one."""
    mine = [each for each in entries if each.due_on == today and each.is_mine and each.state != "paused"]
    return sorted(mine, key=lambda entry: (entry.hour is None, entry.hour and entry.hour.timestamp()))


def newest_urge(of: str, today: date) -> Subquery:
    """The newest 催办 of the last days about a row, as (who, day, what); `of` names the row's side."""
    found = Urge.objects.filter(**{of: OuterRef("pk")}, on__gt=today - URGED_WITHIN)
    said = JSONObject(by="urged_by__name", on="on", note="note")
    return Subquery(found.order_by("-urged_at", "-pk").values(said=said)[:1])


def groups(entries: list[Entry], today: date, *, cut: bool = False) -> list[Group]:
    """Entries, which come in order, in their groups; groups with nothing in them are left out.

    `cut`: there are more than these; the last group by the clock has no certain number then.
    """
    found = {key: Group.of(key) for key in GROUPS}
    last = ""
    for entry in entries:
        last = place(entry, today)
        found[last].entries.append(entry)
    for key, group in found.items():
        group.open_ended = cut and key in (last, "paused")
    return [group for group in found.values() if group.entries]


def place(entry: Any, today: date) -> str:
    """The group of an entry. 本周 ends on Sunday; what is due within three days stands before it."""
    if entry.state in ("paused", "overdue"):
        return str(entry.state)
    if entry.due_on is None:
        return "none"
    if entry.due_on <= today:
        return "today"
    if entry.due_on <= today + SOON:
        return "soon"
    return "week" if entry.due_on <= today + timedelta(days=6 - today.weekday()) else "later"
