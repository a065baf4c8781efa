"""Periods: inclusive on the screen, half-open inside; what cannot be read is said and falls back."""

from datetime import date

import pytest

from core import clock
from dashboard.periods import period_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    with clock.travel(TODAY):
        yield


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("rolling", date(2025, 11, 24), date(2026, 11, 23)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_each_period_has_its_first_and_last_day(kind, first, last):
    period = period_of({"period": kind})

    assert (period.first, period.last, period.fault) == (first, last, "")
    assert period.query == {"period": kind}


def test_without_a_question_the_twelve_months_to_today_are_counted():
    assert period_of({}) == period_of({"period": "rolling"})


def test_rolling_ends_on_a_leap_day_and_begins_the_day_after_the_last_of_february():
    with clock.travel(date(2028, 2, 29)):
        assert period_of({}).first == date(2027, 3, 1)


def test_custom_days_both_count_and_travel_in_links():
    period = period_of({"period": "custom", "from": "2026-01-31", "to": "2026-02-01"})

    assert period.covers("paid_on") == {"paid_on__gte": date(2026, 1, 31), "paid_on__lt": date(2026, 2, 2)}
    assert period.query == {"period": "custom", "from": "2026-01-31", "to": "2026-02-01"}
    assert period.shown == "2026-01-31 至 2026-02-01"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"period": "weekly"}, "统计区间不在列表里"),
        ({"period": "custom"}, "开始日期"),
        ({"period": "custom", "from": "2026-13-01", "to": "2026-12-01"}, "13 月"),
        ({"period": "custom", "from": "2026-02-02", "to": "2026-02-01"}, "早于开始日期"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_default_counted(asked, says):
    period = period_of(asked)

    assert says in period.fault
    assert period.fault.endswith("已按近十二个月统计。")
    assert (period.kind, period.first) == ("rolling", date(2025, 11, 24))
