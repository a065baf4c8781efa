"""One year as people look at it: twelve months, each day with 休 or 班; and each holiday in a line."""

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.holidays.checking import Days
from deadlines.models import Holiday

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """One day of a month; `day` is None outside the month. `mark` is 休, 班 or nothing."""

    day: date | None
    mark: str = ""
    reason: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell]]


def months(year: int, days: Days, today: date) -> list[Month]:
    weeks = Months(firstweekday=0).monthdatescalendar
    return [
        Month(number, [[_cell(day, number, days, today) for day in week] for week in weeks(year, number)])
        for number in range(1, 13)
    ]


def _cell(day: date, month: int, days: Days, today: date) -> Cell:
    if day.month != month:
        return Cell(None)
    kind, name = days.get(day, ("", ""))
    if not kind:
        return Cell(day, is_today=day == today)
    is_off = kind == Holiday.Kind.OFF
    return Cell(day, "休" if is_off else "班", f"{name}{'休假' if is_off else '调休上班'}", day == today)


def spans(days: Days) -> list[tuple[date, date, str, str]]:
    """First day, last day, kind, name: days that follow one another in one line."""
    found: list[tuple[date, date, str, str]] = []
    for day, (kind, name) in sorted(days.items()):
        if found and found[-1][1] == day - ONE and found[-1][2:] == (kind, name):
            found[-1] = (found[-1][0], day, kind, name)
        else:
            found.append((day, day, kind, name))
    return found
