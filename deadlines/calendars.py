from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = "一二三四五六日"
# The notice of a year has, at the earliest, begun New Year's holiday on 29 December of the year before.
NEXT_YEARS_FIRST = (12, 29)

# What every notice holds, and between which days its first or only day off lies (the lunar ones move).
STATUTORY = (
    ("元旦", (1, 1), (1, 1)),
    ("春节", (1, 21), (2, 27)),
    ("清明节", (4, 4), (4, 6)),
    ("劳动节", (5, 1), (5, 1)),
    ("端午节", (5, 28), (6, 28)),
    ("中秋节", (9, 7), (10, 9)),
    ("国庆节", (10, 1), (10, 1)),
)


def missing_holidays(off: Collection[date], year: int) -> list[tuple[str, date, date]]:
    """The holidays of a year that these days off leave out (放假办法第2条), each with the days it may fall between."""
    spans = ((name, date(year, *first), date(year, *last)) for name, first, last in STATUTORY)
    return [span for span in spans if not any(span[1] <= day <= span[2] for day in off)]


def each_day(first: date, end: date) -> Iterator[date]:
    """The days from `first` to the day before `end`."""
    return (first + DAY * n for n in range((end - first).days))


@dataclass(frozen=True)
class Calendar:
    """法定休假日与调休上班日.

    `years` are those whose State Council notice has been entered; days of other years are guessed by weekday
    and warned of, never silently.
    """

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    def is_rest(self, day: date) -> bool:
        """A statutory rest day: a holiday, or a weekend that is not a make-up working day."""
        return day in self.off or (day.weekday() >= SATURDAY and day not in self.work)

    def is_working(self, day: date) -> bool:
        return not self.is_rest(day)

    def describe(self, day: date) -> str:
        """Why this day rests or works; empty for a plain weekday."""
        if day in self.off:
            return f"{self.names.get(day, '法定节日')}假期"
        if day.weekday() < SATURDAY:
            return ""
        return "调休上班" if day in self.work else f"周{WEEKDAYS[day.weekday()]}"

    def named(self, day: date) -> str:
        """The day, with its reason when it is not a plain weekday."""
        reason = self.describe(day)
        return f"{day}（{reason}）" if reason else str(day)

    def warnings(self, *days: date) -> tuple[str, ...]:
        """One sentence for each year that these days depend on and whose holidays are not entered."""
        years = {day.year for day in days}
        years |= {day.year + 1 for day in days if (day.month, day.day) >= NEXT_YEARS_FIRST}
        return tuple(f"{year} 年节假日安排尚未录入，到期日可能变动" for year in sorted(years - self.years))
