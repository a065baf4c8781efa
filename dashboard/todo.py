"""待办 of the desk: whatever is due, ordered by its clock and never by when it came in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from deadlines.models import Deadline, Task

MOST = 200
SOON_DAYS = 3


@dataclass(frozen=True)
class Entry:
    """一件事: verb or period first, then whose it is. `deadline` gives the chip; a personal task has only its day."""

    title: str
    url: str
    note: str
    who: str
    due_on: date | None
    state: str
    deadline: Deadline | None = None


@dataclass
class Group:
    """已超期, 今天, 3 日内, 本周, 以后, with its colour."""

    label: str
    tone: str = ""
    entries: list[Entry] = field(default_factory=list)


def deadlines_of(user: User, *, whole_office: bool) -> QuerySet[Deadline]:
    """What runs for this user, or for everybody of the office; nearest first."""
    found = Deadline.objects.open().visible_to(user)
    if not whole_office:
        found = found.filter(responsible=user)
    return found.select_related("responsible", "case_link__case").by_clock()


def tasks_of(user: User) -> QuerySet[Task]:
    return (
        Task.objects.open().visible_to(user).filter(assigned_to=user).select_related("assigned_to").by_clock()
    )


def groups(deadlines: list[Deadline], tasks: list[Task], today: date) -> list[Group]:
    """Everything in its group; groups with nothing in them are left out."""
    found = {
        "overdue": Group("已超期", "overdue"),
        "today": Group("今天", "soon"),
        "soon": Group("3 日内", "soon"),
        "week": Group("本周"),
        "later": Group("以后"),
        "paused": Group("中止中"),
    }
    entries = [_of_deadline(each, today) for each in deadlines] + [_of_task(each, today) for each in tasks]
    for entry in sorted(entries, key=lambda each: each.due_on or date.max):
        found[place(entry, today)].entries.append(entry)
    return [group for group in found.values() if group.entries]


def place(entry: Entry, today: date) -> str:
    """The group of an entry. 本周 ends on Sunday; what is due within three days stands before it."""
    if entry.state in ("paused", "overdue"):
        return entry.state
    if entry.due_on is None:
        return "later"
    if entry.due_on == today:
        return "today"
    if entry.due_on <= today + timedelta(days=SOON_DAYS):
        return "soon"
    return "week" if entry.due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def _of_deadline(deadline: Any, today: date) -> Entry:
    link = getattr(deadline, "case_link", None)
    return Entry(
        title=f"{deadline.rule['name']} {link.case if link else deadline.title}",
        url=deadline.owner_url,
        note=link.case.title if link else deadline.get_kind_display(),
        who=str(deadline.responsible),
        due_on=deadline.due_on,
        state=deadline.state(today),
        deadline=deadline,
    )


def _of_task(task: Task, today: date) -> Entry:
    late = task.due_on is not None and task.due_on < today
    return Entry(
        title=task.title,
        url=task.owner_url,
        note="个人待办",
        who=str(task.assigned_to),
        due_on=task.due_on,
        state="overdue" if late else "ok",
    )
