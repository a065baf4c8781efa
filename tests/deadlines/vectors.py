"""Published holidays typed from the State Council notices, and the vectors of the domain reference."""

from datetime import date, timedelta

from deadlines.calendars import Calendar
from deadlines.rules import Rule, Unit


def span(first: str, last: str) -> set[date]:
    """All days from first to last, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


def days(*texts: str) -> set[date]:
    return {date.fromisoformat(text) for text in texts}


# What the domain reference names; written by hand, not taken from the library that the product loads.
OFF = (
    span("2023-09-29", "2023-10-06")
    | span("2023-12-30", "2024-01-01")
    | span("2024-02-10", "2024-02-17")
    | span("2024-05-01", "2024-05-05")
)
WORK = days("2023-10-07", "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-28", "2024-05-11")
NAMES = dict.fromkeys(span("2023-09-30", "2023-10-06"), "国庆节") | {date(2023, 9, 29): "中秋节"}
BY_HAND = Calendar(frozenset(OFF), frozenset(WORK), frozenset(range(2020, 2027)), NAMES)

D, W, M, Y = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR
# name, start, length, unit, due
VECTORS = [
    ("T1 filing", "2023-09-22", 7, D, "2023-10-07"),
    ("T2 appeal", "2024-01-26", 15, D, "2024-02-18"),
    ("T3 appeal", "2023-08-03", 15, D, "2023-08-18"),
    ("T4 ruling", "2023-09-20", 10, D, "2023-10-07"),
    ("T5 confirmation", "2023-12-02", 30, D, "2024-01-02"),
    ("T6 sue after award", "2024-04-20", 15, D, "2024-05-06"),
    ("T7 enforcement", "2023-06-25", 2, Y, "2025-06-25"),
    ("T8 arbitration", "2023-03-31", 1, Y, "2024-04-01"),
    ("T9 limitation after demand", "2022-06-10", 3, Y, "2025-06-10"),
    ("T10 suggestion, leap year", "2023-12-31", 2, M, "2024-02-29"),
    ("T10 suggestion, common year", "2024-12-31", 2, M, "2025-02-28"),
    ("T10 suggestion, same day", "2023-08-31", 2, M, "2023-10-31"),
    ("T11 review", "2023-11-30", 3, M, "2024-02-29"),
    ("T12 inspection", "2023-08-07", 60, W, "2023-11-03"),
    ("T13 acknowledgement", "2023-09-27", 3, W, "2023-10-08"),
]


def rule(length: int, unit: Unit, **kwargs: bool) -> Rule:
    """The product's habit: periods roll, working days need not."""
    return Rule(length, unit, **{"roll": unit != Unit.WORKING_DAY} | kwargs)


# the days by which a year counts as entered: one of each of the seven holidays
WHOLE_2027 = sorted(
    days("2027-01-01", "2027-02-06", "2027-04-05", "2027-05-01", "2027-06-09", "2027-09-15", "2027-10-01")
)
