"""待办 of the desk: whatever is due, ordered by its clock and never by when it came in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models import User
from dashboard.entries import Entry, of_matter
from deadlines.models import Deadline, Task, Urge
from deadlines.policy import Matter

MOST = 200
SOON_DAYS = 3
SOON = timedelta(days=SOON_DAYS)
URGED_WITHIN = timedelta(days=7)
# long texts of a deadline and its case that no row shows
NOT_SHOWN = ("plan", *(f"case_link__case__{name}" for name in ("facts", "request", "search")))


@dataclass
class Group:
    """已超期, 今天, 3 日内, 本周, 以后, 没有期限, 中止中, with its colour. `open_ended`: there may be more of it."""

    label: str
    tone: str = ""
    key: str = ""
    entries: list[Entry] = field(default_factory=list)
    open_ended: bool = False


@dataclass(frozen=True)
class Duties:
    """What the tab 待办 shows: at most MOST of the nearest. `count` is what stands beside its name."""

    groups: list[Group]
    shown: int
    cut: bool

    @property
    def count(self) -> str:
        return f"{MOST}+" if self.cut else str(self.shown)

    @property
    def pressing(self) -> bool:
        return any(group.key in ("overdue", "today") for group in self.groups)

    @property
    def schedule(self) -> list[Entry]:
        """今日日程: what falls on this day for oneself, by the hour where it has one; the rows are those shown."""
        today = [entry for group in self.groups if group.key == "today" for entry in group.entries]
        mine = [entry for entry in today if entry.is_mine]
        return sorted(mine, key=lambda entry: (entry.hour is None, entry.hour and entry.hour.timestamp()))

    @property
    def soon(self) -> bool:
        return any(group.key == "soon" for group in self.groups)


def deadlines_of(
    user: User, *, whole_office: bool, covered: frozenset[int] = frozenset()
) -> QuerySet[Deadline]:
    """What runs for this user and whom they cover today, or for everybody of the office; nearest first."""
    found = Deadline.objects.open().visible_to(user)
    if not whole_office:
        found = found.filter(responsible__in=[user.pk, *covered])
    return found.select_related("responsible", "case_link__case").defer(*NOT_SHOWN).by_clock()


def tasks_of(user: User, covered: frozenset[int] = frozenset()) -> QuerySet[Task]:
    """What this user and whom they cover today still have to do."""
    found = Task.objects.open().visible_to(user).filter(assigned_to__in=[user.pk, *covered])
    return found.select_related("assigned_to", "created_by").by_clock()


def duties(user: User, today: date, *, whole_office: bool, covered: frozenset[int]) -> Duties:
    """Everything due in its group. Reads one row more than it shows, and never counts the rest."""
    deadlines = deadlines_of(user, whole_office=whole_office, covered=covered)
    rows: list[Matter] = [
        *deadlines.annotate(urge=newest_urge("deadline", today))[: MOST + 1],
        *tasks_of(user, covered).annotate(urge=newest_urge("task", today))[: MOST + 1],
    ]
    entries = sorted((of_matter(each, user, today, covered) for each in rows), key=lambda e: e.order)
    cut = len(entries) > MOST
    return Duties(groups(entries[:MOST], today, cut=cut), len(entries[:MOST]), cut)


def newest_urge(of: str, today: date) -> Subquery:
    """The newest 催办 of the last days about a row, as (who, day, what); `of` names the row's side."""
    found = Urge.objects.filter(**{of: OuterRef("pk")}, on__gt=today - URGED_WITHIN)
    said = JSONObject(by="urged_by__name", on="on", note="note")
    return Subquery(found.order_by("-urged_at", "-pk").values(said=said)[:1])


def groups(entries: list[Entry], today: date, *, cut: bool = False) -> list[Group]:
    """Entries, which come in order, in their groups; groups with nothing in them are left out.

    `cut`: there are more than these; the last group by the clock has no certain number then.
    """
    found = {
        "overdue": Group("已超期", "overdue"),
        "today": Group("今天", "soon"),
        "soon": Group("3 日内", "soon"),
        "week": Group("本周"),
        "later": Group("以后"),
        "none": Group("没有期限"),
        "paused": Group("中止中"),
    }
    last = ""
    for entry in entries:
        last = place(entry, today)
        found[last].entries.append(entry)
    for key, group in found.items():
        group.key, group.open_ended = key, cut and key in (last, "paused")
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
