"""Whatever on the desk says how many: tabs, groups, 今日日程, 部门概况.

The page shows it, and after a deed in a row the answer carries it along: no number is older than the rows.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from accounts.http import Request
from dashboard import desk_people, desk_tabs, todo
from dashboard.scope import Scope, address, chips, kept
from deadlines.models import Deadline, Task
from deadlines.policy import Matter
from deadlines.reading import is_late


def context(request: Request, scope: Scope) -> dict[str, Any]:
    """For templates/dashboard/desk/: what the page and the answer of a row have in common."""
    duties = todo.duties(scope)
    return {
        "tabs": tabs("todo", request, duties),
        "duties": duties,
        "whole": scope.whole,
        "scope": scope,
        "chips": (found := chips(request, scope)),
        "conditions": f"当前条件：{'、'.join(chip.label for chip in found)}。",
        "clear_url": address(request, whose=None, person=None, due=None),
        "kept": kept(request),
        "many": desk_people.MANY,
        "people": list(desk_people.people(scope.user)) if scope.user.leads else [],
    }


def after(request: Request, scope: Scope, group: todo.Group) -> dict[str, Any]:
    """The same, and how many are left in the group that the row stands in; `group` is it as it was."""
    found = context(request, scope)
    left = next((each for each in found["duties"].groups if each.key == group.key), group)
    return found | {"left": left, "oob": True}


def group_of(matter: Matter, scope: Scope) -> todo.Group:
    """Where the row stands, or stood before it was done; without anything in it."""
    entry = todo.in_order([matter], scope)[0]
    if entry.state == "met":
        late = is_late(matter, scope.today) if isinstance(matter, Deadline) else _is_past(matter, scope.today)
        entry = replace(entry, state="overdue" if late else "ok")
    return todo.Group.of(todo.place(entry, scope.today))


def _is_past(task: Task, today: date) -> bool:
    return task.due_on is not None and task.due_on < today


def tabs(current: str, request: Request, duties: todo.Duties | None = None) -> list[dict[str, Any]]:
    """待办(9), 已办, 我发起的, 抄送我, as components/views.html takes them."""
    return [
        {
            "label": label,
            "url": kept(request, tab=tab),
            "current": tab == current,
            "count": duties.count if duties and tab == "todo" else None,
            "hot": bool(duties and duties.pressing),
        }
        for tab, label in desk_tabs.TABS.items()
    ]
