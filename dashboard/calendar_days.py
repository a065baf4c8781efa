"""日程 as a grid: which days a month or a week shows, and what each day is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core.days import parse_day
from deadlines.calendars import DAY, SATURDAY, Calendar, each_day

MONTH, WEEK = "month", "week"
WEEK_LENGTH = 7


@dataclass(frozen=True)
class Span:
    """The days in sight: whole weeks from Monday to Sunday, around the month or the week of `on`."""

    view: str
    on: date

    @property
    def first(self) -> date:
        start = self.on.replace(day=1) if self.view == MONTH else self.on
        return start - DAY * start.weekday()

    @property
    def last(self) -> date:
        end = _next_month(self.on) - DAY if self.view == MONTH else self.on
        return end + DAY * (WEEK_LENGTH - 1 - end.weekday())

    @property
    def days(self) -> list[date]:
        return list(each_day(self.first, self.last + DAY))

    @property
    def before(self) -> date:
        """A day of the month or week before."""
        return self.on.replace(day=1) - DAY if self.view == MONTH else self.on - DAY * WEEK_LENGTH

    @property
    def after(self) -> date:
        return _next_month(self.on) if self.view == MONTH else self.on + DAY * WEEK_LENGTH

    @property
    def label(self) -> str:
        if self.view == MONTH:
            return f"{self.on.year}年{self.on.month}月"
        return f"{self.first} 至 {self.last}"

    def is_outside(self, day: date) -> bool:
        """A day of a neighbouring month, shown to fill the week."""
        return self.view == MONTH and (day.year, day.month) != (self.on.year, self.on.month)


@dataclass
class Cell:
    """One day: what it is called, whether one works, and what is to be done; `more` is what found no room."""

    day: date
    name: str = ""
    mark: str = ""
    is_rest: bool = False
    is_unknown: bool = False
    is_today: bool = False
    is_outside: bool = False
    entries: list[Any] = field(default_factory=list)
    more: int = 0


def span_of(view: str, on: str, today: date) -> Span:
    """What the address asks for; today's month where it asks for nothing that could be shown."""
    try:
        day = parse_day(on)
    except ValueError:
        day = today
    return Span(WEEK if view == WEEK else MONTH, day)


def cells(span: Span, calendar: Calendar, today: date) -> list[Cell]:
    return [_cell(day, span, calendar, today) for day in span.days]


def weeks(row: list[Cell]) -> list[list[Cell]]:
    return [row[n : n + WEEK_LENGTH] for n in range(0, len(row), WEEK_LENGTH)]


def warnings(days: Iterable[date], calendar: Calendar) -> list[str]:
    """One sentence for each year in sight whose holidays nobody has entered."""
    missing = sorted({day.year for day in days} - calendar.years)
    return [f"{year} 年节假日安排尚未录入，休息日按周末推算，到期日可能变动。" for year in missing]


def _cell(day: date, span: Span, calendar: Calendar, today: date) -> Cell:
    is_off, is_work = day in calendar.off, day in calendar.work
    return Cell(
        day=day,
        name=calendar.names.get(day, "") if is_off or is_work else "",
        mark="休" if is_off else "班" if is_work else "",
        is_rest=calendar.is_rest(day) if day.year in calendar.years else day.weekday() >= SATURDAY,
        is_unknown=day.year not in calendar.years,
        is_today=day == today,
        is_outside=span.is_outside(day),
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
