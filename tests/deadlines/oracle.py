"""A second opinion on due days, written the other way round: it walks day by day and keeps a tally.

It shares no code and no table with the product: rest days come from the library's own question `is_workday`.
"""

import datetime as dt

import chinese_calendar

ONE = dt.timedelta(days=1)


def works(day: dt.date) -> bool:
    return chinese_calendar.is_workday(day)


def walk(start: dt.date, wanted: int, *, working: bool, stopped: set[dt.date] = frozenset()) -> dt.date:
    """Step forward until `wanted` days are counted; stopped days and, if working, rest days are not."""
    day, tally = start, 0
    while tally < wanted:
        day = day + ONE
        if day in stopped or (working and not works(day)):
            continue
        tally += 1
    return day


def months(start: dt.date, wanted: int) -> dt.date:
    """Step until the month has changed `wanted` times, then to the same number or the last day."""
    day, changes = start.replace(day=1), 0
    while changes < wanted:
        following = day + ONE
        changes += following.month != day.month
        day = following
    number = 1
    while number < start.day and (day + ONE).month == day.month:
        day, number = day + ONE, number + 1
    return day


def first_working(day: dt.date) -> dt.date:
    return day if works(day) else first_working(day + ONE)


def due(start: str, length: int, unit: str) -> str:
    """The due day as text; rolls everything but working days."""
    first = dt.date.fromisoformat(start)
    match unit:
        case "day":
            end = first_working(walk(first, length, working=False))
        case "working_day":
            end = walk(first, length, working=True)
        case "month":
            end = first_working(months(first, length))
        case "year":
            end = first_working(months(first, 12 * length))
    return end.isoformat()


def spread() -> list[tuple[str, int, str]]:
    """Starts around the holidays, month ends and leap days of 2020–2026, each with some period."""
    kinds = [("day", 3), ("day", 7), ("day", 15), ("day", 30), ("working_day", 3), ("working_day", 5)]
    kinds += [("month", 1), ("month", 2), ("month", 3), ("working_day", 20)]
    starts = []
    for year in range(2020, 2026):
        starts += [f"{year}-01-{d:02}" for d in (10, 17, 31)] + [f"{year}-02-28", f"{year}-04-15"]
        starts += [f"{year}-04-26", f"{year}-06-05", f"{year}-08-31", f"{year}-09-16", f"{year}-09-24"]
        starts += [f"{year}-09-30", f"{year}-12-17"]
    starts += ["2020-02-29", "2024-02-29", "2026-01-30", "2026-02-09", "2026-04-29", "2026-09-18"]
    return [(start, *kinds[(n * 7) % len(kinds)][::-1]) for n, start in enumerate(starts)]
