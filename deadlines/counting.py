"""From a deadline's rule, start, pauses and extensions to its due day. Fills the fields, saves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter, itemgetter
from typing import TypeGuard

from core import clock
from deadlines import arithmetic, stages, wording
from deadlines.calendars import Calendar
from deadlines.models import Deadline, DeadlineExtension, DeadlinePause, Holiday
from deadlines.models.holiday import version_of
from deadlines.models.term import rule_of
from deadlines.rules import Adjustment, Pause

MINUTE = "%Y-%m-%d %H:%M"
FIELDS = (
    "paused_on",
    "paused_days",
    "due_on",
    "due_at",
    "warn_on",
    "due_set_on",
    "sequence",
    "plan",
    "remind_on",
    "explanation",
    "warning",
    "calendar_version",
)


def count(
    deadline: Deadline,
    calendar: Calendar | None = None,
    *,
    replan: bool = False,
    pauses: Sequence[DeadlinePause] | None = None,
) -> None:
    """Set the due day, how it was found, and what will be said when. Counting twice gives the same.

    `pauses` instead of those on record, to see what others would do. `replan` when the stages of the rule are others
    now: without it a due day that stays keeps its plan, and with it what has been said already.
    """
    calendar = calendar or Holiday.objects.calendar()
    before = deadline.due_on
    deadline.calendar_version = version_of(calendar)
    if deadline.starts_at:
        _count_hours(deadline, deadline.starts_at.astimezone(clock.SHANGHAI))
    else:
        _count_days(deadline, calendar, _rows(deadline) if pauses is None else pauses)
    if deadline.due_on != before or replan:
        deadline.sequence += bool(before)
        _plan(deadline, calendar)


def _plan(deadline: Deadline, calendar: Calendar) -> None:
    rule = rule_of(deadline.rule)
    wanted = stages.from_json(deadline.rule.get("stages", []))
    deadline.due_set_on = clock.today()
    deadline.plan = stages.plan(wanted, deadline.due_on, deadline.due_set_on, rule, calendar)
    deadline.remind_on = date.fromisoformat(deadline.plan[0]["on"]) if deadline.plan else None


def adjustments_of(deadline: Deadline) -> list[Adjustment]:
    """Everything on record that moves the end of this period."""
    return _adjustments(deadline, _rows(deadline))


def _rows(deadline: Deadline) -> Sequence[DeadlinePause]:
    return [] if deadline.pk is None else list(deadline.pauses.all())


def _adjustments(deadline: Deadline, pauses: Sequence[DeadlinePause]) -> list[Adjustment]:
    """Finished pauses and extensions in the order in which they were decided."""
    rows: list[DeadlinePause | DeadlineExtension] = [*pauses]
    rows += [] if deadline.pk is None else deadline.extensions.all()
    decided = sorted(rows, key=attrgetter("seq"))
    return [adjustment for row in decided if (adjustment := row.as_adjustment())]


def _count_days(deadline: Deadline, calendar: Calendar, pauses: Sequence[DeadlinePause]) -> None:
    rule = rule_of(deadline.rule)
    adjustments, standing = _stand_still(deadline, _adjustments(deadline, pauses), pauses)
    reckoning = arithmetic.due(deadline.starts_on, rule, calendar, adjustments)
    deadline.paused_days = sum(
        arithmetic.stopped_days(one, deadline.starts_on, rule, calendar)
        for one in arithmetic.merged(adjustments)
        if isinstance(one, Pause)
    )
    deadline.due_on = reckoning.due
    deadline.warn_on = arithmetic.warning_starts(reckoning.due, deadline.rule["warn_days"], rule, calendar)
    deadline.explanation = "，".join((*reckoning.steps, *standing))
    deadline.warning = "；".join(reckoning.warnings)


def _stand_still(
    deadline: Deadline, adjustments: list[Adjustment], pauses: Sequence[DeadlinePause]
) -> tuple[list[Adjustment], list[str]]:
    """Set `paused_on`; what has ended inside a standstill that goes on is given back from the standstill's first day.

    With it the phrase for a standstill of which nothing is given back yet.
    """
    standing = sorted(
        (row for row in pauses if row.resumed_on is None and row.voided_at is None),
        key=attrgetter("paused_on", "seq"),
    )
    if not standing:
        deadline.paused_on = None
        return adjustments, []
    since = standing[0].paused_on
    causes = [(row.paused_on, row.why) for row in standing]
    inside = [one for one in adjustments if _reaches(one, since)]
    if not inside:
        deadline.paused_on = since
        return adjustments, [wording.standing(since, wording.together(*(why for _, why in causes)))]
    last = max(inside, key=attrgetter("ends"))
    deadline.paused_on = last.ends
    causes = sorted([*causes, *((one.starts, one.why) for one in inside)], key=itemgetter(0))
    why = wording.together(*(each for _, each in causes))
    so_far = replace(last, starts=min(since, last.starts), goes_on=True, why=why)
    return [so_far if one is last else one for one in adjustments], []


def _reaches(one: Adjustment, day: date) -> TypeGuard[Pause]:
    return isinstance(one, Pause) and one.ends > day


def _count_hours(deadline: Deadline, starts_at: datetime) -> None:
    """Hours run on through nights and holidays; the calendar has no say."""
    hours = deadline.rule["length"]
    deadline.due_at = starts_at + timedelta(hours=hours)
    deadline.due_on = deadline.due_at.date()
    deadline.warn_on = deadline.due_on - timedelta(days=deadline.rule["warn_days"])
    deadline.explanation = f"起算 {starts_at:{MINUTE}}，加 {hours} 小时至 {deadline.due_at:{MINUTE}}"
    deadline.warning = ""
