"""试算: a rule tried on a date. Pure: the same arithmetic that real deadlines use, and nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import clock
from deadlines import arithmetic, stages
from deadlines.calendars import Calendar
from deadlines.models import Term
from deadlines.models.term import rule_of
from deadlines.rules import Adjustment, Extension, Pause, Unit
from deadlines.stages import Rank

MINUTE = "%Y-%m-%d %H:%M"
LONG_BEFORE = timedelta(days=400)


@dataclass(frozen=True)
class Trial:
    """What the panel shows: the day, each step, each rest day on the way, the reminders, what is unsure."""

    due_on: date
    due_at: datetime | None
    steps: tuple[str, ...]
    skipped: tuple[tuple[date, str], ...]
    warn_on: date
    plan: tuple[tuple[date, str, str], ...]
    warnings: tuple[str, ...]


def try_out(
    term: Term,
    calendar: Calendar,
    *,
    on: date,
    at: time | None = None,
    paused_on: date | None = None,
    resumed_on: date | None = None,
    days: int | None = None,
) -> Trial:
    """When the period would end that begins on this day, and why."""
    rule = rule_of(term.snapshot())
    if term.unit == Unit.HOUR:
        starts_at = datetime.combine(on, at or time(), tzinfo=clock.SHANGHAI)
        due_at = starts_at + timedelta(hours=term.length)
        steps = (
            f"起算 {starts_at:{MINUTE}}",
            f"加 {term.length} 小时至 {due_at:{MINUTE}}",
            "夜间和休假日照算",
        )
        warn_on = due_at.date() - timedelta(days=term.warn_days)
        return Trial(due_at.date(), due_at, steps, (), warn_on, _plan(term, on, due_at.date(), calendar), ())
    adjustments: list[Adjustment] = [Pause(paused_on, resumed_on)] if paused_on and resumed_on else []
    adjustments += [Extension(days)] if days else []
    found = arithmetic.due(on, rule, calendar, adjustments)
    warn_on = arithmetic.warning_starts(found.due, term.warn_days, rule, calendar)
    plan = _plan(term, on, found.due, calendar)
    return Trial(found.due, None, found.steps, found.skipped, warn_on, plan, found.warnings)


def _plan(term: Term, on: date, due_on: date, calendar: Calendar) -> tuple[tuple[date, str, str], ...]:
    """As if the event were registered on its day; a hearing is known long before the day to count back from."""
    known_on = due_on - LONG_BEFORE if term.backward else on
    wanted = stages.from_json(term.stages)
    planned = stages.plan(wanted, due_on, known_on, rule_of(term.snapshot()), calendar)
    return tuple(
        (
            date.fromisoformat(each["on"]),
            stages.spoken(each, due_on, term.whose),
            "、".join(Rank(rank).label for rank in each["to"]),
        )
        for each in planned
    )
