"""From a deadline's rule, start, pauses and extensions to its due day. Fills the fields, saves nothing."""

from datetime import date, datetime, timedelta
from operator import attrgetter

from core import clock
from deadlines import arithmetic, stages
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


def count(deadline: Deadline, calendar: Calendar | None = None, *, replan: bool = False) -> None:
    """Set the due day, how it was found, and what will be said when. Counting twice gives the same.

    `replan` when the stages of the rule are others now: without it a due day that stays keeps its plan, and with
    it what has been said already.
    """
    calendar = calendar or Holiday.objects.calendar()
    before = deadline.due_on
    deadline.calendar_version = version_of(calendar)
    if deadline.starts_at:
        _count_hours(deadline, deadline.starts_at.astimezone(clock.SHANGHAI))
    else:
        _count_days(deadline, calendar)
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
    """Finished pauses and extensions in the order in which they were decided."""
    if deadline.pk is None:
        return []
    rows: list[DeadlinePause | DeadlineExtension] = [*deadline.pauses.all(), *deadline.extensions.all()]
    decided = sorted(rows, key=attrgetter("seq"))
    return [adjustment for row in decided if (adjustment := row.as_adjustment())]


def _count_days(deadline: Deadline, calendar: Calendar) -> None:
    rule, adjustments = rule_of(deadline.rule), adjustments_of(deadline)
    reckoning = arithmetic.due(deadline.starts_on, rule, calendar, adjustments)
    pauses = [adjustment for adjustment in adjustments if isinstance(adjustment, Pause)]
    deadline.paused_days = sum(
        arithmetic.stopped_days(pause, deadline.starts_on, rule, calendar) for pause in pauses
    )
    deadline.due_on = reckoning.due
    deadline.warn_on = arithmetic.warning_starts(reckoning.due, deadline.rule["warn_days"], rule, calendar)
    deadline.explanation = reckoning.text
    deadline.warning = "；".join(reckoning.warnings)


def _count_hours(deadline: Deadline, starts_at: datetime) -> None:
    """Hours run on through nights and holidays; the calendar has no say."""
    hours = deadline.rule["length"]
    deadline.due_at = starts_at + timedelta(hours=hours)
    deadline.due_on = deadline.due_at.date()
    deadline.warn_on = deadline.due_on - timedelta(days=deadline.rule["warn_days"])
    deadline.explanation = f"起算 {starts_at:{MINUTE}}，加 {hours} 小时至 {deadline.due_at:{MINUTE}}"
    deadline.warning = ""
