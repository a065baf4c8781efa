"""The plan of reminders, for every set of stages, due day, rule and calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.arithmetic import due
from deadlines.calendars import Calendar
from deadlines.models import Holiday
from deadlines.periods import LIMITATION
from deadlines.rules import Rule, Unit
from deadlines.stages import Rank, Stage, from_json, label_of, plan, spoken

ONE = timedelta(days=1)
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
calendars = st.builds(Calendar, st.frozensets(days, max_size=30), st.just(frozenset()), st.just(frozenset()))
rules = st.builds(Rule, st.integers(1, 60), st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.MONTH]))
stage_lists = st.lists(st.integers(-40, 40), min_size=1, max_size=8, unique=True).map(
    lambda found: [Stage(each) for each in found]
)
known = st.integers(-30, 90)


@given(days, known, rules, calendars, stage_lists)
def test_stages_come_in_order_and_never_before_the_due_day_was_known(start, later, rule, calendar, stages):
    due_on, known_on = due(start, rule, calendar).due, start + ONE * later

    planned = plan(stages, due_on, known_on, rule, calendar)

    told = [date.fromisoformat(each["on"]) for each in planned]
    assert told == sorted(told)
    assert all(day >= known_on for day in told)
    codes = [each["stage"] for each in planned]
    in_order = [stage.code for stage in sorted(stages, key=lambda stage: stage.days)]
    assert codes == in_order[len(in_order) - len(codes) :]


@given(days, known, rules, calendars, stage_lists)
def test_what_has_come_when_the_due_day_becomes_known_is_one_entry(start, later, rule, calendar, stages):
    due_on, known_on = due(start, rule, calendar).due, start + ONE * later
    long_known = plan(stages, due_on, date(2000, 1, 1), rule, calendar)

    planned = plan(stages, due_on, known_on, rule, calendar)

    come = [each for each in long_known if date.fromisoformat(each["on"]) <= known_on]
    assert len(planned) == len(long_known) - len(come) + bool(come)
    is_late = bool(come) and date.fromisoformat(come[0]["on"]) < known_on
    assert [bool(each.get("late")) for each in planned] == [is_late, *[False] * len(planned)][: len(planned)]


def test_a_right_that_is_gone_when_it_becomes_known_is_told_to_everybody_it_had_climbed_to():
    rule, calendar, gone = Rule(1, Unit.YEAR), Holiday.objects.calendar(), date(2026, 9, 13)

    (told,) = plan(LIMITATION, gone, date(2026, 11, 25), rule, calendar)

    assert told == {"stage": "a1", "on": "2026-11-25", "to": ["responsible", "head", "chief"], "late": True}
    assert spoken(told, gone, "right") == "已届满 73 天（迟发）"
    (early, *_) = plan(LIMITATION, date(2027, 3, 29), date(2026, 11, 25), rule, calendar)
    assert spoken(early, date(2027, 3, 29), "right") == "还剩 124 天（迟发）"


@given(days, rules, calendars, stage_lists)
def test_before_the_end_nobody_is_told_on_a_rest_day(start, rule, calendar, stages):
    due_on = due(start, rule, calendar).due

    for each in plan(stages, due_on, date(2000, 1, 1), rule, calendar):
        day = date.fromisoformat(each["on"])
        assert day >= due_on or calendar.is_working(day)


@given(days, rules, calendars, stage_lists)
def test_planning_twice_gives_the_same(start, rule, calendar, stages):
    due_on = due(start, rule, calendar).due
    again = from_json([stage.as_json() for stage in stages])

    assert plan(again, due_on, start, rule, calendar) == plan(stages, due_on, start, rule, calendar)


@pytest.mark.parametrize(
    ("days", "code", "label"), [(-3, "b3", "提前 3 天"), (0, "d0", "到期当天"), (1, "a1", "超期 1 天")]
)
def test_stages_have_codes_and_words(days, code, label):
    assert (Stage(days).code, label_of(code)) == (code, label)
    assert label_of(code, "right") == label.replace("超期", "届满")


def test_a_stage_before_the_national_holiday_moves_before_it():
    stages = [Stage(-3), Stage(0), Stage(1, (Rank.RESPONSIBLE, Rank.HEAD))]
    rule, calendar = Rule(15, Unit.DAY), Holiday.objects.calendar()

    planned = plan(stages, date(2026, 10, 8), date(2026, 9, 23), rule, calendar)

    assert [(each["stage"], each["on"]) for each in planned] == [
        ("b3", "2026-09-30"),
        ("d0", "2026-10-08"),
        ("a1", "2026-10-09"),
    ]
