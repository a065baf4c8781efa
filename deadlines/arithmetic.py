"""期间的计算: pure functions from dates to dates; no database, no clock.

The day on which a period begins is not counted (民事诉讼法第八十五条). A period of months or years ends on
the same day number, else on the last day of the month (民法典第二百零二条). An end on a statutory rest day
moves to the first day after it (民法典第二百零三条); a weekend that the yearly notice turns into a working
day is not a rest day.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines import wording
from deadlines.calendars import DAY, Calendar, each_day
from deadlines.rules import Adjustment, Extension, Pause, Rule, Unit


@dataclass(frozen=True)
class Reckoning:
    """The due day and how it was found: phrases in order, each skipped day with its reason, warnings."""

    due: date
    steps: tuple[str, ...]
    skipped: tuple[tuple[date, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "，".join(self.steps)


def roll(day: date, calendar: Calendar, *, back: bool = False) -> date:
    """The first working day at or after this day (at or before it, when counting back)."""
    while calendar.is_rest(day):
        day += -DAY if back else DAY
    return day


def add_days(start: date, days: int) -> date:
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """Same day number in the month it reaches, else that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    return add_months(start, 12 * years)


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The day on which this many working days after `start` have run; before `start` when negative."""
    back, day = days < 0, start
    for _ in range(abs(days)):
        day = roll(day - DAY if back else day + DAY, calendar, back=back)
    return day


def count_back(event: date, days: int, calendar: Calendar) -> date:
    """The last working day that is at least this many days before an event."""
    return roll(add_days(event, -days), calendar, back=True)


def add(start: date, rule: Rule, calendar: Calendar) -> date:
    """The end of the period before any rolling. Hours without a time of day count as whole days begun."""
    length = -rule.length if rule.backward else rule.length
    match rule.unit:
        case Unit.WORKING_DAY:
            return add_working_days(start, length, calendar)
        case Unit.MONTH:
            return add_months(start, length)
        case Unit.YEAR:
            return add_years(start, length)
        case Unit.HOUR:
            return add_days(start, length // 24)
        case _:
            return add_days(start, length)


def lengthen(day: date, days: int, rule: Rule, calendar: Calendar) -> date:
    """Add days of the kind that the rule counts."""
    if rule.unit == Unit.WORKING_DAY:
        return add_working_days(day, days, calendar)
    return add_days(day, days)


def stopped_days(pause: Pause, start: date, rule: Rule, calendar: Calendar) -> int:
    """How many counted days fell into this pause. The starting day is never counted, so never given back."""
    days: Iterable[date] = each_day(max(pause.starts, start + DAY), pause.ends)
    if rule.unit == Unit.WORKING_DAY:
        days = filter(calendar.is_working, days)
    return sum(1 for _ in days)


def due(start: date, rule: Rule, calendar: Calendar, adjustments: Sequence[Adjustment] = ()) -> Reckoning:
    """The day on which the period ends; pauses and extensions are taken in the order they happened."""
    end = add(start, rule, calendar)
    steps = wording.counted(start, end, rule, calendar)
    for adjustment in merged(_without_superseded(adjustments)):
        end, step = _adjust(end, adjustment, start, rule, calendar)
        steps += [step] if step else []
    last = roll(end, calendar, back=rule.backward) if rule.roll else end
    if last != end:
        steps.append(wording.rolled(last, rule, calendar))
    if rule.not_after and last > rule.not_after:
        end = last = rule.not_after
        steps.append(wording.at_the_latest(last, calendar))
    skipped = _skipped(start, end, last, rule, calendar)
    if rule.unit == Unit.WORKING_DAY and skipped:
        steps.append(wording.left_out(skipped))
    return Reckoning(last, tuple(steps), skipped, _warnings(start, end, last, rule, calendar))


def _without_superseded(adjustments: Sequence[Adjustment]) -> list[Adjustment]:
    """Of the days that standstills give by law the last one holds the earlier ones, in its words too."""
    by_law = [place for place, one in enumerate(adjustments) if isinstance(one, Extension) and one.stood]
    return [one for place, one in enumerate(adjustments) if place not in by_law[:-1]]


def merged(adjustments: Sequence[Adjustment]) -> list[Adjustment]:
    """Pauses that overlap are one standstill, whose days are given back once, where the last of them was decided.

    Between two extensions pauses are taken by their days, in whatever order they were registered.
    """
    extensions = [place for place, one in enumerate(adjustments) if isinstance(one, Extension)]
    spans: list[tuple[int, Pause]] = []
    for place, one in sorted(_pauses(adjustments), key=lambda each: (each[1].starts, each[1].ends)):
        if spans and one.starts < spans[-1][1].ends:
            earlier, span = spans.pop()
            whys = wording.together(span.why, one.why)
            joined = Pause(span.starts, max(span.ends, one.ends), span.goes_on or one.goes_on, whys)
            spans.append((max(earlier, place), joined))
        else:
            spans.append((place, one))
    ordered: list[tuple[int, int, Adjustment]] = [(n, 1, adjustments[at]) for n, at in enumerate(extensions)]
    ordered += [(sum(at < place for at in extensions), 0, span) for place, span in spans]
    return [one for *_, one in sorted(ordered, key=lambda each: each[:2])]  # stable: spans stay by their days


def _pauses(adjustments: Sequence[Adjustment]) -> list[tuple[int, Pause]]:
    return [(place, one) for place, one in enumerate(adjustments) if isinstance(one, Pause)]


def warning_starts(due_on: date, warn_days: int, rule: Rule, calendar: Calendar) -> date:
    """The first day shown as 临期. It never begins inside a holiday, when nobody looks."""
    if rule.unit == Unit.WORKING_DAY:
        return add_working_days(due_on, -warn_days, calendar)
    return count_back(due_on, warn_days, calendar)


def _adjust(
    end: date, adjustment: Adjustment, start: date, rule: Rule, calendar: Calendar
) -> tuple[date, str]:
    """The end after one pause or extension, and the phrase for it; none for a day that changes nothing."""
    if isinstance(adjustment, Pause):
        return _stop(end, adjustment, start, rule, calendar)
    if adjustment.until:
        if adjustment.until <= end:
            return end, ""
        return adjustment.until, wording.extended_until(adjustment.until, calendar, adjustment.stood)
    if adjustment.months:
        end = add_months(end, adjustment.months)
        return end, wording.extended_by_months(adjustment.months, end, calendar)
    end = lengthen(end, adjustment.days, rule, calendar)
    return end, wording.extended(adjustment.days, end, rule, calendar)


def _stop(end: date, pause: Pause, start: date, rule: Rule, calendar: Calendar) -> tuple[date, str]:
    """A pause that began after the period had ended gives nothing back."""
    if pause.starts > (roll(end, calendar) if rule.roll else end):
        return end, wording.paused_too_late(pause)
    days = stopped_days(pause, start, rule, calendar)
    end = lengthen(end, days, rule, calendar)
    return end, wording.paused(pause, days, end, rule, calendar)


def _skipped(
    start: date, end: date, last: date, rule: Rule, calendar: Calendar
) -> tuple[tuple[date, str], ...]:
    """The rest days that were not counted (working days), or that the end was moved across."""
    first = start if rule.unit == Unit.WORKING_DAY else end
    low, high = (first, last) if first <= last else (last, first)
    passed = (day for day in each_day(low, high + DAY) if day not in (start, last))
    return tuple((day, calendar.describe(day)) for day in passed if calendar.is_rest(day))


def _warnings(start: date, end: date, last: date, rule: Rule, calendar: Calendar) -> tuple[str, ...]:
    if not rule.needs_calendar:
        return ()
    first = start if rule.unit == Unit.WORKING_DAY else end
    low, high = min(first, last), max(first, last)
    return calendar.warnings(low, high, *(date(year, 1, 1) for year in range(low.year + 1, high.year)))
