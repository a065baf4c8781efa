"""已办, 我发起的, 抄送我: the other three tabs of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from approvals.models import ApprovalRound
from core import clock
from dashboard.entries import address, title_of
from deadlines import policy
from deadlines.models import Deadline, DeadlineHandOver, Task, TaskHandOver, Urge, Watcher

ON_A_PAGE = 30
LAST_PAGE = 30
TABS = {"todo": "待办", "done": "已办", "started": "我发起的", "cc": "抄送我"}


@dataclass(frozen=True)
class Line:
    """One line of these tabs: what, of which sort, when (`did` says of what that is the time), how it stands now."""

    title: str
    url: str
    sort: str
    note: str
    at: datetime
    state: str = ""
    deadline: Deadline | None = None
    undo_url: str = ""
    did: str = ""


@dataclass(frozen=True)
class Page:
    """A page of lines; nobody counts how many there are."""

    lines: list[Line]
    number: int
    older: bool


def page_of(lines: Iterable[Line], number: int) -> Page:
    """`lines` come from several tables, each with all that this page and one more line can need."""
    ordered = sorted(lines, key=lambda line: line.at, reverse=True)
    first = (number - 1) * ON_A_PAGE
    shown = ordered[first : first + ON_A_PAGE]
    return Page(shown, number, len(ordered) > first + ON_A_PAGE and number < LAST_PAGE)


def number_from(text: str) -> int:
    """The page that was asked for, within bounds."""
    return min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 4 and int(text) > 0 else 1


def lines_of(tab: str, user: User, number: int) -> Page:
    """The lines of a tab, newest first."""
    sources = {"done": _done, "started": _started, "cc": _copied}
    return page_of(sources[tab](user, number * ON_A_PAGE + 1), number)


def _done(user: User, most: int) -> list[Line]:
    """已办: what this user finished or noted, with 撤销 while that is possible."""
    deadlines = Deadline.objects.visible_to(user).filter(met_by=user, met_at__isnull=False)
    known = Deadline.objects.visible_to(user).filter(cancelled_by=user, acknowledged=True)
    tasks = Task.objects.visible_to(user).filter(done_by=user)
    return [
        *(
            Line(
                title_of(each),
                each.owner_url,
                "期限",
                each.said_at_end,
                each.met_at or each.created_at,
                f"{each.met_on} 办结",
                undo_url=_undo(each, user),
                did="登记办结",
            )
            for each in deadlines.select_related("case_link__case").order_by("-met_at", "-pk")[:most]
        ),
        *(
            Line(
                title_of(each),
                each.owner_url,
                "知悉",
                each.said_at_end,
                each.cancelled_at or each.created_at,
                "已登记知悉",
                undo_url=_undo(each, user),
                did="登记知悉",
            )
            for each in known.select_related("case_link__case").order_by("-cancelled_at", "-pk")[:most]
        ),
        *(
            Line(
                each.title,
                each.get_absolute_url(),
                "待办",
                each.done_note,
                each.done_at or each.created_at,
                "已办结",
                undo_url=_undo(each, user),
                did="办结",
            )
            for each in tasks.order_by("-done_at", "-pk")[:most]
        ),
    ]


def _undo(matter: Deadline | Task, user: User) -> str:
    return "" if policy.why_not_undo(matter, user) else address(matter, "undo")


def _started(user: User, most: int) -> list[Line]:
    """我发起的: to-dos for others, what went up for approval, 催办 and 转办."""
    tasks = Task.objects.visible_to(user).filter(created_by=user).exclude(assigned_to=user)
    rounds = ApprovalRound.objects.filter(submitted_by=user)
    return [
        *(
            Line(
                each.title,
                each.get_absolute_url(),
                "交办",
                f"交给{each.assigned_to}",
                each.created_at,
                how_it_stands(each),
            )
            for each in tasks.select_related("assigned_to").order_by("-created_at", "-pk")[:most]
        ),
        *(
            Line(
                str(each),
                each.owner_url,
                "审批",
                "",
                each.submitted_at,
                each.get_status_display(),
                did="提交",
            )
            for each in rounds.order_by("-submitted_at", "-pk")[:most]
        ),
        *_urged(user, most),
        *_handed(user, most),
    ]


def _urged(user: User, most: int) -> list[Line]:
    rows = Urge.objects.filter(urged_by=user).select_related("urged", "task", "deadline__case_link__case")
    return [
        _about(each.deadline or each.task, "催办", f"催{each.urged}", each.urged_at) for each in rows[:most]
    ]


def _handed(user: User, most: int) -> list[Line]:
    deadlines = DeadlineHandOver.objects.filter(handed_by=user).exclude(reason="")
    tasks = TaskHandOver.objects.filter(handed_by=user)
    return [
        *(
            _about(each.deadline, "转办", f"{each.giver} → {each.taker}", each.handed_at)
            for each in deadlines.select_related("giver", "taker", "deadline__case_link__case").order_by(
                "-handed_at", "-pk"
            )[:most]
        ),
        *(
            _about(each.task, "转办", f"{each.giver} → {each.taker}", each.handed_at)
            for each in tasks.select_related("giver", "taker", "task").order_by("-handed_at", "-pk")[:most]
        ),
    ]


def _copied(user: User, most: int) -> list[Line]:
    """抄送我: what colleagues do and this user is kept informed of."""
    rows = Watcher.objects.filter(user=user).select_related(
        "added_by", "task__assigned_to", "deadline__responsible", "deadline__case_link__case"
    )
    lines = []
    for each in rows[:most]:
        matter: Any = each.deadline or each.task
        lines.append(
            _about(matter, "抄送", f"{policy.person_of(matter)}办理 · {each.added_by}抄送", each.added_at)
        )
    return lines


def _about(matter: Any, sort: str, note: str, at: datetime) -> Line:
    if isinstance(matter, Task):
        return Line(matter.title, matter.get_absolute_url(), sort, note, at, how_it_stands(matter))
    return Line(title_of(matter), matter.owner_url, sort, note, at, deadline=matter)


def how_it_stands(task: Task) -> str:
    """已办结, 超期 2 天, 11-30 前, 没有期限."""
    if task.done_at:
        return "已办结"
    if task.due_on is None:
        return "没有期限"
    late = (clock.today() - task.due_on).days
    return f"超期 {late} 天" if late > 0 else f"{task.due_on:%m-%d} 前"
