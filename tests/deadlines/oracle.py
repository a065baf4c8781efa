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


def stopped_between(first: str, again: str) -> set[dt.date]:
    """The days of a pause, gathered one at a time; the day of resuming counts again."""
    day, last, gathered = dt.date.fromisoformat(first), dt.date.fromisoformat(again), set()
    while day < last:
        gathered.add(day)
        day = day + ONE
    return gathered


def due_after(start: str, length: int, unit: str, stopped: set[dt.date], more: int = 0) -> str:
    """With pauses and an extension: stopped days are stepped over, the extension is walked on from there."""
    first, working = dt.date.fromisoformat(start), unit == "working_day"
    if unit in ("day", "working_day"):
        end = walk(first, length + more, working=working, stopped=stopped)
    else:
        end = months(first, length if unit == "month" else 12 * length)
        end = walk(end, len([day for day in stopped if day > first]) + more, working=False)
    return (end if working else first_working(end)).isoformat()


def due_before(event: str, length: int, *, working: bool = False) -> str:
    """Counting back from a hearing: so many days before it, and if that day rests, the working day before."""
    day, tally = dt.date.fromisoformat(event), 0
    while tally < length:
        day = day - ONE
        tally += works(day) if working else 1
    while not works(day):
        day = day - ONE
    return day.isoformat()


def after_hours(start: str, hours: int) -> str:
    """Minute by minute on the wall clock; Shanghai has had one offset since 1991."""
    moment = dt.datetime.fromisoformat(start)
    for _ in range(hours * 60):
        moment = moment + dt.timedelta(minutes=1)
    return moment.isoformat(timespec="minutes")


def eventful() -> list[tuple[str, int, str, str, str, int]]:
    """Start, length, unit, pause from, resumed, extension: over the holidays of every year 2020–2026."""
    kinds = [(15, "day"), (3, "month"), (60, "working_day"), (45, "day"), (1, "month"), (5, "working_day")]
    starts = ["01-15", "02-29", "04-20", "06-01", "08-31", "09-20", "12-01"]
    cases = []
    for year in range(2020, 2026):
        for n, day in enumerate(starts):
            start = f"{year}-{day}" if day != "02-29" or year % 4 == 0 else f"{year}-02-28"
            length, unit = kinds[(n + year) % len(kinds)]
            after = dt.date.fromisoformat(start) + (2 + n % 3) * ONE
            again = after + (0, 3, 11, 40)[(n + year) % 4] * ONE
            cases.append((start, length, unit, after.isoformat(), again.isoformat(), (0, 7, 0, 15)[n % 4]))
    return cases
