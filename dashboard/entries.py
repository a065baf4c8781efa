"""One row of the desk: what it is, whose, by when, and what this user may do with it. Asks the database nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from deadlines import policy
from deadlines.doing import key_of
from deadlines.models import Deadline, Kind, Task
from deadlines.occasions import hour_of
from deadlines.policy import Matter

# rule code → what one does; rules that are not here are read by their name alone
VERBS = {
    "P1": "出具回执",
    "P2": "反馈结果",
    "P3": "决定受理",
    "P4": "受理告知",
    "P6a": "审查",
    "P6b": "审结",
    "P7": "送达文书",
    "P14": "诉后跟进",
    "P14N": "诉后跟进",
    "M1": "核对履行",
}
RANK = {Kind.STATUTORY: 0, Kind.INTERNAL: 1, Kind.AGREED: 2}
LAST = 3


@dataclass(frozen=True)
class Link:
    """办结, 改期 …: opens in the row where there is a script, else as a page of its own."""

    label: str
    url: str
    inline: bool = True


@dataclass(frozen=True)
class Entry:
    """一件事: verb first, then whose it is. `deadline` gives the chip; a to-do has its day, and once past `late`."""

    title: str
    url: str
    note: str
    who: str
    due_on: date | None
    state: str
    deadline: Deadline | None = None
    late: str = ""
    key: str = ""
    main: Link | None = None
    more: list[Link] = field(default_factory=list)
    urge: str = ""
    may_urge: bool = False
    is_mine: bool = False
    hour: datetime | None = None
    order: tuple[Any, ...] = ()


def of_matter(
    matter: Matter,
    user: User,
    today: date,
    covered: frozenset[int] = frozenset(),
) -> Entry:
    """`covered`: whom the user stands in for today. A row that knows its newest 催办 (`urge`) says so."""
    facts = _of_task(matter, today) if isinstance(matter, Task) else _of_deadline(matter, today)
    person = policy.person_of(matter)
    return Entry(
        **facts,
        who=f"代 {person}" if person.pk in covered else str(person),
        due_on=matter.due_on,
        key=key_of(matter),
        main=_main(matter, user, covered),
        more=_more(matter, user, covered),
        urge=_urged(getattr(matter, "urge", None)),
        may_urge=not policy.why_not_urge(matter, user),
        is_mine=person.pk == user.pk or person.pk in covered,
        hour=matter.due_at if isinstance(matter, Deadline) else hour_of(matter),
        order=_order(matter),
    )


def address(matter: Matter, deed: str) -> str:
    """Where a deed is done: `dashboard:deadline_done`, `dashboard:task_day` …"""
    kind = "task" if isinstance(matter, Task) else "deadline"
    return reverse(f"dashboard:{kind}_{deed}", args=[matter.pk])


def title_of(matter: Any) -> str:
    """`审查 集检民支〔2026〕16号`; a to-do says itself what it is."""
    if isinstance(matter, Task):
        return matter.title
    link = getattr(matter, "case_link", None)
    verb = VERBS.get(matter.rule["code"], matter.rule["name"])
    return f"{verb} {link.case if link else matter.title}"


def _of_deadline(deadline: Any, today: date) -> dict[str, Any]:
    link = getattr(deadline, "case_link", None)
    known = [deadline.rule["name"]] if deadline.rule["code"] in VERBS else []  # else the title says it
    return {
        "title": title_of(deadline),
        "url": deadline.owner_url,
        "note": " · ".join(known + [deadline.get_kind_display()] + ([link.case.title] if link else [])),
        "state": deadline.state(today),
        "deadline": deadline,
    }


def _of_task(task: Task, today: date) -> dict[str, Any]:
    gave = "" if task.created_by_id == task.assigned_to_id else f" · {task.created_by}交办"
    days = 0 if task.done_at or task.due_on is None else (today - task.due_on).days
    return {
        "title": task.title,
        "url": task.get_absolute_url(),
        "note": f"待办{gave}",
        "state": "met" if task.done_at else "overdue" if days > 0 else "ok",
        "late": f"超期 {days} 天" if days > 0 else "",
    }


def _urged(urge: dict[str, str] | None) -> str:
    """`赵主任 11-25 催办：今天办完`."""
    if not urge:
        return ""
    return f"{urge['by']} {urge['on'][5:]} 催办" + (f"：{urge['note']}" if urge["note"] else "")


def _order(matter: Matter) -> tuple[Any, ...]:
    """By the day; 法定 before 院内 before 约定, to-dos after them; then by the hour."""
    if isinstance(matter, Task):
        return (matter.due_on or date.max, LAST, _hour(hour_of(matter)), matter.pk)
    return (matter.due_on, RANK[Kind(matter.kind)], _hour(matter.due_at), matter.pk)


def _hour(moment: datetime | None) -> tuple[bool, Any]:
    """Sorts what has no hour after what has one."""
    return (moment is None, moment)


def _main(matter: Matter, user: User, covered: frozenset[int]) -> Link | None:
    """What the row is there for. A period that a page of its own ends leads there; a circle would lie."""
    if not policy.why_not_acknowledge(matter, user, covered):
        return Link("知悉", address(matter, "known"))
    if not policy.why_not_finish(matter, user, covered):
        return Link("办结", address(matter, "done"))
    answers = user.pk == policy.person_of(matter).pk or policy.person_of(matter).pk in covered
    if isinstance(matter, Deadline) and answers:
        return Link("去办理", matter.owner_url, inline=False)
    return None


def _more(matter: Matter, user: User, covered: frozenset[int]) -> list[Link]:
    """改期 stands there only where a day can be moved at all; while it is paused the page says what comes first."""
    expired = not policy.why_not_acknowledge(matter, user, covered)
    in_charge = not policy.why_not_hand_over(matter, user, covered)
    offers = [
        ("补登办结", "done", expired and not policy.why_not_finish(matter, user, covered)),
        ("改期", "day", in_charge and not policy.why_never(matter)),
        ("转办", "taker", in_charge),
        ("催办", "urge", not policy.why_not_urge(matter, user)),
    ]
    return [Link(label, address(matter, deed)) for label, deed, open_ in offers if open_]
