"""How a deadline looks on a given day. Derived, never stored: right even when every worker is dead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from core import clock

if TYPE_CHECKING:
    from deadlines.models.deadline import Deadline

HOUR = 3600
# whose: a right that has run out is gone and nobody is late; a court or a company that is late is not us
LATE = {"ours": "超期", "right": "届满", "others": "对方超期"}


@dataclass(frozen=True)
class Chip:
    """What the clock chip shows (templates/components/clock.html)."""

    state: str
    label: str
    due_on: date
    percent: int
    name: str
    basis: str
    kind: str
    starts_on: date
    how_counted: str
    warning: str
    unconfirmed: str


def state(deadline: Deadline, today: date) -> str:
    """A cancelled deadline counts as over: nobody has to do anything."""
    if deadline.met_on or deadline.cancelled_at:
        return "met"
    if deadline.paused_on:
        return "paused"
    if is_late(deadline, today):
        return "overdue"
    return "soon" if today >= deadline.warn_on else "ok"


def is_late(deadline: Deadline, today: date) -> bool:
    """Past its day; on its last day a term of hours is late as soon as the hour has passed."""
    if deadline.due_at and deadline.due_on == today == clock.today():
        return deadline.due_at < clock.now()
    return deadline.due_on < today


def label(deadline: Deadline, today: date) -> str:
    """`剩 2 天`, `今天到期`, `超期 1 天`, `停止计算`, `已完成`; terms of hours by the hour."""
    if deadline.cancelled_at:
        return "已知悉" if deadline.acknowledged else "已撤销"
    if deadline.met_on:
        return "已完成"
    if deadline.paused_on:
        return "停止计算"
    if deadline.due_at and today == clock.today():
        return _hours_label((deadline.due_at - clock.now()).total_seconds(), LATE[deadline.whose])
    days = (deadline.due_on - today).days
    if days == 0:
        return "今天到期"
    return f"剩 {days} 天" if days > 0 else f"{LATE[deadline.whose]} {-days} 天"


def percent(deadline: Deadline, today: date) -> int:
    """Used share of the period, 0 to 100. Days given back by a pause count on neither side."""
    if deadline.met_on or deadline.cancelled_at:
        return 100
    first = min(deadline.starts_on, deadline.created_at.astimezone(clock.SHANGHAI).date())
    total = (deadline.due_on - first).days - deadline.paused_days
    used = ((deadline.paused_on or today) - first).days - deadline.paused_days
    if total <= 0:
        return 100 if today >= deadline.due_on else 0
    return max(0, min(100, 100 * used // total))


def chip(deadline: Deadline, today: date) -> Chip:
    return Chip(
        state=state(deadline, today),
        label=label(deadline, today),
        due_on=deadline.due_on,
        percent=percent(deadline, today),
        name=deadline.rule["name"],
        basis=deadline.rule["basis"],
        kind=deadline.get_kind_display(),
        starts_on=deadline.starts_on,
        how_counted=deadline.how_counted(),
        warning=deadline.warning,
        unconfirmed="待本院确认" if deadline.rule["unconfirmed"] else "",
    )


def _hours_label(seconds: float, late: str) -> str:
    hours = ceil(abs(seconds) / HOUR)
    return f"剩 {hours} 小时" if seconds >= 0 else f"{late} {hours} 小时"
