"""Which days a month or a week shows, and what each is. Pure dates."""

from datetime import date

import pytest

from dashboard import calendar_days
from dashboard.calendar_days import Span
from deadlines.calendars import Calendar

NATIONAL, WORK = date(2026, 10, 1), date(2026, 10, 10)
CALENDAR = Calendar(
    frozenset({NATIONAL}), frozenset({WORK}), frozenset({2026}), {NATIONAL: "国庆节", WORK: "国庆节"}
)
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("view", "on", "first", "last"),
    [
        ("month", date(2026, 11, 25), date(2026, 10, 26), date(2026, 12, 6)),
        ("month", date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28)),
        ("month", date(2028, 2, 29), date(2028, 1, 31), date(2028, 3, 5)),
        ("month", date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3)),
        ("week", date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 3)),
        ("week", date(2028, 2, 29), date(2028, 2, 28), date(2028, 3, 5)),
    ],
)
def test_a_span_is_whole_weeks_from_monday_to_sunday(view, on, first, last):
    span = Span(view, on)

    assert (span.first, span.last) == (first, last)
    assert (span.first.weekday(), span.last.weekday()) == (0, 6)
    assert len(span.days) == (last - first).days + 1
    assert on in span.days


@pytest.mark.parametrize(
    ("view", "on", "before", "after"),
    [
        ("month", date(2026, 1, 31), date(2025, 12, 31), date(2026, 2, 1)),
        ("month", date(2028, 3, 31), date(2028, 2, 29), date(2028, 4, 1)),
        ("month", date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 1)),
        ("week", date(2026, 12, 31), date(2026, 12, 24), date(2027, 1, 7)),
    ],
)
def test_before_and_after_skip_no_month_and_no_week(view, on, before, after):
    span = Span(view, on)

    assert (span.before, span.after) == (before, after)


@pytest.mark.parametrize(
    ("view", "on", "expected"),
    [
        ("week", "2026-02-30", Span("week", TODAY)),
        ("month", "", Span("month", TODAY)),
        ("year", "2026-01-13", Span("month", date(2026, 1, 13))),
        ("month", "9999-12-31", Span("month", TODAY)),
        ("month", "<script>", Span("month", TODAY)),
    ],
)
def test_what_cannot_be_shown_becomes_today(view, on, expected):
    assert calendar_days.span_of(view, on, TODAY) == expected


def test_days_carry_the_holiday_and_its_mark():
    cells = {cell.day: cell for cell in calendar_days.cells(Span("month", NATIONAL), CALENDAR, NATIONAL)}

    assert (cells[NATIONAL].mark, cells[NATIONAL].name, cells[NATIONAL].is_rest) == ("休", "国庆节", True)
    assert (cells[WORK].mark, cells[WORK].name, cells[WORK].is_rest) == ("班", "国庆节", False)
    assert (cells[date(2026, 10, 11)].mark, cells[date(2026, 10, 11)].is_rest) == ("", True)
    assert [cell.day for cell in cells.values() if cell.is_today] == [NATIONAL]
    assert cells[date(2026, 9, 30)].is_outside
    assert not cells[NATIONAL].is_outside


def test_days_of_a_year_without_data_say_so_and_so_does_one_sentence():
    span = Span("week", date(2026, 12, 31))
    cells = calendar_days.cells(span, CALENDAR, TODAY)

    assert [cell.day for cell in cells if cell.is_unknown] == [date(2027, 1, day) for day in (1, 2, 3)]
    assert calendar_days.warnings(span.days, CALENDAR) == [
        "2027 年节假日安排尚未录入，休息日按周末推算，到期日可能变动。"
    ]
    assert calendar_days.warnings(Span("week", TODAY).days, CALENDAR) == []
