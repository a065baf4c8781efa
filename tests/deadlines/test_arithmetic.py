from datetime import date

import pytest

from deadlines import arithmetic
from deadlines.arithmetic import add_months, add_working_days, count_back, due, roll
from deadlines.calendars import Calendar
from deadlines.models import Holiday
from deadlines.rules import Extension, Pause, Unit
from tests.deadlines import oracle
from tests.deadlines.vectors import BY_HAND, VECTORS, rule

D, W, M = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH
day = date.fromisoformat


@pytest.mark.parametrize(("name", "start", "length", "unit", "expected"), VECTORS, ids=lambda v: str(v))
def test_the_published_vectors_come_out(name, start, length, unit, expected):
    assert due(day(start), rule(length, unit), BY_HAND).due == day(expected)


@pytest.mark.parametrize(("name", "start", "length", "unit", "expected"), VECTORS, ids=lambda v: str(v))
def test_the_shipped_holidays_give_the_same_vectors(name, start, length, unit, expected):
    assert due(day(start), rule(length, unit), Holiday.objects.calendar()).due == day(expected)


def test_limitation_runs_three_years_before_the_demand():
    assert arithmetic.add_years(date(2021, 1, 31), 3) == date(2024, 1, 31)


def test_an_independent_count_agrees_around_every_holiday_of_seven_years():
    calendar, cases = Holiday.objects.calendar(), oracle.spread()

    wrong = [
        (start, length, unit, counted, ours)
        for start, length, unit in cases
        if (counted := oracle.due(start, length, unit))
        != (ours := str(due(day(start), rule(length, Unit(unit)), calendar).due))
    ]

    assert (wrong, len(cases) >= 70) == ([], True)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-10-31", 1, "2023-11-30"),
        ("2023-11-15", 2, "2024-01-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start, months, expected):
    assert add_months(day(start), months) == day(expected)


def test_working_days_are_counted_backwards_too():
    assert add_working_days(date(2023, 10, 9), -3, BY_HAND) == date(2023, 9, 28)


def test_rolling_goes_forward_and_for_hearings_back():
    assert roll(date(2023, 9, 30), BY_HAND) == date(2023, 10, 7)
    assert roll(date(2023, 9, 30), BY_HAND, back=True) == date(2023, 9, 28)


def test_notice_of_a_hearing_after_a_holiday_is_due_before_it():
    hearing = date(2023, 10, 9)
    reckoning = due(hearing, rule(3, D, backward=True), BY_HAND)

    assert count_back(hearing, 3, BY_HAND) == reckoning.due == date(2023, 9, 28)
    assert reckoning.text == (
        "起算 2023-10-09（不计入），往前数 3 日至 2023-10-06（国庆节假期），提前至 2023-09-28"
    )


def test_hours_without_a_time_of_day_end_on_the_earlier_day():
    assert due(date(2026, 5, 8), rule(48, Unit.HOUR, roll=False), BY_HAND).due == date(2026, 5, 10)


def test_a_period_is_explained_in_one_line_with_each_moved_day():
    reckoning = due(date(2023, 9, 22), rule(7, D), BY_HAND)

    assert reckoning.text == (
        "起算 2023-09-22（不计入），加 7 日至 2023-09-29（中秋节假期），顺延至 2023-10-07（调休上班）"
    )
    assert reckoning.skipped[:2] == (
        (date(2023, 9, 29), "中秋节假期"),
        (date(2023, 9, 30), "国庆节假期"),
    )
    assert [skipped for skipped, _ in reckoning.skipped] == sorted(
        d for d in BY_HAND.off if d.year == 2023 and d.month < 11
    )


def test_working_days_name_what_they_left_out():
    assert due(date(2023, 9, 27), rule(3, W), BY_HAND).text == (
        "起算 2023-09-27（不计入），加 3 个工作日至 2023-10-08（调休上班），"
        "其间跳过中秋节假期 1 天、国庆节假期 7 天"
    )


def test_an_agreed_day_stays_as_agreed():
    reckoning = due(date(2023, 10, 1), rule(0, D, roll=False), BY_HAND)

    assert (reckoning.due, reckoning.text) == (date(2023, 10, 1), "到期日 2023-10-01（国庆节假期）")


def test_a_pause_gives_its_days_back_before_the_end_is_rolled():
    pauses = [Pause(date(2023, 9, 15), date(2023, 9, 22))]
    reckoning = due(date(2023, 9, 8), rule(15, D), BY_HAND, pauses)

    assert reckoning.due == date(2023, 10, 7)
    assert (
        reckoning.steps[2] == "2023-09-15 起停止计算、2023-09-22 恢复，顺加 7 日至 2023-09-30（国庆节假期）"
    )


def test_a_pause_of_working_days_gives_back_working_days():
    pauses = [Pause(date(2023, 9, 28), date(2023, 10, 8))]

    assert due(date(2023, 9, 27), rule(3, W), BY_HAND, pauses).due == date(2023, 10, 10)


def test_a_pause_on_the_starting_day_does_not_give_that_day_back():
    pauses = [Pause(date(2023, 8, 3), date(2023, 8, 5))]

    assert due(date(2023, 8, 3), rule(10, D), BY_HAND, pauses).due == date(2023, 8, 14)


def test_a_pause_after_the_end_does_not_bring_the_period_back_to_life():
    reckoning = due(date(2023, 8, 3), rule(15, D), BY_HAND, [Pause(date(2023, 8, 21), date(2023, 8, 31))])

    assert (reckoning.due, "已届满" in reckoning.text) == (date(2023, 8, 18), True)


def test_extensions_by_days_and_until_a_day():
    assert due(date(2023, 8, 3), rule(15, D), BY_HAND, [Extension(days=7)]).due == date(2023, 8, 25)
    granted = due(date(2023, 8, 3), rule(15, D), BY_HAND, [Extension(until=date(2023, 9, 30))])
    assert (granted.due, granted.steps[2]) == (date(2023, 10, 7), "延长至 2023-09-30（国庆节假期）")


def test_working_day_terms_are_extended_by_working_days():
    assert due(date(2023, 9, 27), rule(3, W), BY_HAND, [Extension(days=2)]).due == date(2023, 10, 10)


def test_a_year_without_holidays_is_warned_of_and_never_silent():
    calendar = Calendar(BY_HAND.off, BY_HAND.work, frozenset({2023}))
    warning = ("2024 年节假日安排尚未录入，到期日可能变动",)

    assert due(date(2023, 11, 30), rule(3, M), calendar).warnings == warning
    assert due(date(2023, 12, 15), rule(15, W), calendar).warnings == warning
    assert due(date(2023, 11, 30), rule(1, D), calendar).warnings == ()


def test_the_last_days_of_a_year_depend_on_the_next_notice():
    calendar = Calendar(BY_HAND.off, BY_HAND.work, frozenset({2023, 2026}))

    assert due(date(2026, 12, 1), rule(30, D), calendar).warnings == (
        "2027 年节假日安排尚未录入，到期日可能变动",
    )
    assert due(date(2026, 12, 1), rule(27, D), calendar).warnings == ()


def test_periods_that_never_ask_the_calendar_are_not_warned():
    nothing = Calendar(frozenset(), frozenset(), frozenset())

    assert due(date(2030, 1, 1), rule(48, Unit.HOUR, roll=False), nothing).warnings == ()
