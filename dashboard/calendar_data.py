"""日程: what falls on which day, for whom. Read from the rows; the cost does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Case, Count, F, Model, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from accounts.models import Absence, User
from core import clock
from dashboard.calendar_days import Cell
from dashboard.case_names import names_of
from deadlines.models import Deadline, Task
from deadlines.occasions import hour_of, number_of

LATEST = 8  # of what is overdue, above the calendar
ORDER = {"overdue": 0, "soon": 1, "ok": 1, "paused": 2, "met": 3}
RUNNING = Q(met_on=None, cancelled_at=None, paused_on=None)
ENDS: dict[type[Model], tuple[str, ...]] = {Deadline: ("met_on", "paused_on"), Task: ("done_at",)}


@dataclass(frozen=True)
class Entry:
    """一项日程. `label` says in words what `state` says in colour."""

    day: date
    title: str
    number: str
    label: str
    state: str
    url: str
    who: str
    case_url: str = ""
    basis: str = ""
    hour: datetime | None = None

    @property
    def is_apart(self) -> bool:
        """A to-do has a page of its own beside that of its case."""
        return bool(self.case_url)

    @property
    def order(self) -> tuple[int, bool, float, str]:
        """Late first, done last; in between by the hour, what has none after what has one."""
        instant = self.hour.timestamp() if self.hour else 0.0
        return ORDER[self.state], self.hour is None, instant, f"{self.title}{self.number}"


class Scope:
    """Whose days are read: one's own and those of colleagues whom one covers today, or a leader's whole office."""

    def __init__(self, user: User, *, whole_office: bool, today: date) -> None:
        self.user, self.whole_office, self.today = user, whole_office, today
        self.people = {user.pk, *_covered_by(user, today)}

    def deadlines(self) -> QuerySet[Deadline]:
        found = Deadline.objects.visible_to(self.user).filter(cancelled_at=None)
        if not self.whole_office:
            found = found.filter(responsible__in=self.people)
        return found.select_related("responsible").defer("plan", "explanation")

    def tasks(self) -> QuerySet[Task]:
        """Those of oneself and of whom one covers; of the office what hangs on a case, as on the desk."""
        concerned = Q(assigned_to__in=self.people)
        if self.whole_office:
            concerned |= ~Q(owner_url="")
        return Task.objects.visible_to(self.user).filter(concerned).select_related("assigned_to")

    def entries(self, rows: Iterable[Any]) -> list[Entry]:
        """Of deadlines and to-dos; the cases of the to-dos are looked up together."""
        rows = list(rows)
        names = names_of(self.user, [row.owner_url for row in rows if isinstance(row, Task)])
        return [
            self._of_deadline(row) if isinstance(row, Deadline) else self._of_task(row, names) for row in rows
        ]

    def _of_deadline(self, deadline: Deadline) -> Entry:
        return Entry(
            day=deadline.due_on,
            title=deadline.rule["name"],
            number=deadline.title,
            label=deadline.label(self.today),
            state=deadline.state(self.today),
            url=deadline.owner_url,
            who=self._who(deadline.responsible),
            basis=deadline.rule["basis"],
            hour=deadline.due_at.astimezone(clock.SHANGHAI) if deadline.due_at else None,
        )

    def _of_task(self, task: Task, names: dict[str, str]) -> Entry:
        assert task.due_on is not None  # the calendar reads what has a day
        hour = hour_of(task)
        is_late = task.due_on < self.today
        state = "met" if task.done_at else "overdue" if is_late else "ok"
        words = {"met": "已完成", "overdue": f"超期 {(self.today - task.due_on).days} 天"}
        return Entry(
            day=task.due_on,
            title="开庭" if hour else task.title,
            number=names.get(task.owner_url) or number_of(task.owner_url),
            label=words.get(state, "开庭" if hour else "待办"),
            state=state,
            url=task.get_absolute_url(),
            case_url=task.owner_url,
            who=self._who(task.assigned_to),
            hour=hour,
        )

    def _who(self, person: User) -> str:
        return str(person) if self.whole_office or person.pk != self.user.pk else ""


@dataclass
class Late:
    """已超期: the longest overdue first, and how many there are in all."""

    entries: list[Entry] = field(default_factory=list)
    in_all: int = 0

    @property
    def more(self) -> int:
        return self.in_all - len(self.entries)


def fill(cells: list[Cell], scope: Scope, *, room: int) -> Late:
    """Put into each day what falls on it, at most `room` entries; `more` counts the rest. Three statements.

    Returns what is overdue on whatever day.
    """
    late = Late()
    found: dict[date, list[Entry]] = defaultdict(list)
    total: dict[date, int] = defaultdict(int)
    days = (cells[0].day, cells[-1].day)
    past = Q(due_on__lt=scope.today)
    lapsed = past | Q(due_on=scope.today, due_at__lt=clock.now())  # a term of hours ends within its day
    shown: list[Any] = []
    for rows in (
        _first_of_each_day(scope.deadlines(), lapsed & RUNNING, days, room),
        _first_of_each_day(scope.tasks(), past & Q(done_at=None), days, room),
    ):
        late.in_all += rows[0].late_in_all if rows else 0
        for day, number in {row.due_on: row.that_day for row in rows}.items():
            total[day] += number
        shown += rows
    for entry in scope.entries(shown):
        found[entry.day].append(entry)
    overdue = [entry for entries in found.values() for entry in entries if entry.state == "overdue"]
    late.entries = sorted(overdue, key=attrgetter("day"))[:LATEST]
    for cell in cells:
        cell.entries = sorted(found[cell.day], key=attrgetter("order"))[:room]
        cell.more = total[cell.day] - len(cell.entries)
    return late


def _covered_by(user: User, day: date) -> Iterable[int]:
    return Absence.objects.on(day).filter(covered_by=user).values_list("user_id", flat=True)


def _first_of_each_day(rows: QuerySet[Any], late: Q, days: tuple[date, date], room: int) -> list[Any]:
    """The first rows of each day in sight, and of all that is late before it; open ones first, in one statement.

    Each row knows how many share its day (`that_day`) and how many are late on any day (`late_in_all`).
    """
    in_sight = Q(due_on__range=days)
    place = Case(When(in_sight, then=F("due_on")), default=Value(date.min))
    done = [F(name).asc(nulls_first=True) for name in ENDS[rows.model]]
    return list(
        rows.filter(in_sight | late)
        .annotate(
            rank=Window(RowNumber(), partition_by=place, order_by=[*done, F("due_on").asc(), F("pk").asc()]),
            that_day=Window(Count("pk"), partition_by=place),
            late_in_all=Window(Count("pk", filter=late)),
        )
        .filter(rank__lte=max(room, LATEST))
        .order_by("due_on", "rank")
    )
