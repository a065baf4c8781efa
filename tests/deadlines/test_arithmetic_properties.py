"""What must hold for every start, rule, calendar and pause, not only for the vectors."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deadlines.arithmetic import due, warning_starts
from deadlines.calendars import Calendar, each_day
from deadlines.rules import Extension, Pause, Unit
from tests.deadlines import oracle
from tests.deadlines.vectors import rule

ONE = timedelta(days=1)
starts = st.dates(date(2019, 12, 20), date(2027, 3, 1))
weekend_works = st.frozensets(starts.filter(lambda day: day.weekday() >= 5), max_size=10)
calendars = st.builds(Calendar, st.frozensets(starts, max_size=40), weekend_works, st.just(frozenset()))
rules = st.builds(
    rule,
    st.integers(0, 90),
    st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR]),
    backward=st.booleans(),
)
pauses = st.tuples(st.integers(1, 40), st.integers(0, 60))
shipped = Calendar(
    frozenset(day for day in oracle.chinese_calendar.holidays if day.year >= 2020),
    frozenset(day for day in oracle.chinese_calendar.workdays if day.year >= 2020),
    frozenset(range(2020, 2027)),
)


@given(starts, rules, calendars)
def test_starting_a_day_later_never_ends_earlier(start, any_rule, calendar):
    assert due(start + ONE, any_rule, calendar).due >= due(start, any_rule, calendar).due


@given(starts, rules, calendars, pauses, pauses)
def test_pausing_never_moves_a_date_earlier(start, any_rule, calendar, first, second):
    one = Pause(start + ONE * first[0], start + ONE * sum(first))
    two = Pause(one.ends + ONE * second[0], one.ends + ONE * sum(second))

    none, some, more = (due(start, any_rule, calendar, given_) for given_ in ([], [one], [one, two]))

    assert none.due <= some.due <= more.due


@given(starts, rules, calendars, st.integers(1, 60))
def test_a_longer_extension_never_ends_earlier(start, any_rule, calendar, days):
    plain, shorter, longer = (
        due(start, any_rule, calendar, given_)
        for given_ in ([], [Extension(days=days)], [Extension(days=days + 1)])
    )

    assert plain.due <= shorter.due <= longer.due


@given(starts, rules, calendars)
def test_the_due_day_is_no_rest_day_and_all_between_are_named(start, any_rule, calendar):
    reckoning = due(start, any_rule, calendar)

    if any_rule.roll or any_rule.length:
        assert calendar.is_working(reckoning.due)
    assert all(calendar.is_rest(day) and reason for day, reason in reckoning.skipped)


@given(starts, rules, calendars, st.integers(0, 30))
def test_the_warning_starts_on_a_working_day_at_or_before_the_end(start, any_rule, calendar, days):
    due_on = due(start, any_rule, calendar).due
    warn_on = warning_starts(due_on, days, any_rule, calendar)

    assert warn_on <= due_on
    assert calendar.is_working(warn_on) or warn_on == due_on


@given(
    st.dates(date(2020, 1, 1), date(2026, 6, 30)),
    st.integers(5, 40),
    st.booleans(),
    st.integers(1, 4),
    st.integers(0, 20),
)
def test_walking_day_by_day_over_the_pause_gives_the_same_end(start, length, working, after, stopped):
    """The oracle skips the stopped days one by one, the product adds them at the end."""
    unit = Unit.WORKING_DAY if working else Unit.DAY
    pause = Pause(start + ONE * after, start + ONE * (after + stopped))

    end = oracle.walk(start, length, working=working, stopped=set(each_day(pause.starts, pause.ends)))
    expected = end if working else oracle.first_working(end)

    assert due(start, rule(length, unit), shipped, [pause]).due == expected


spells = st.lists(st.tuples(st.integers(1, 45), st.integers(0, 40)), max_size=5)


def _pauses(start, given_):
    return [Pause(start + ONE * first, start + ONE * (first + days)) for first, days in given_]


def _one_by_one(start, length, working, stopped):
    """The oracle: each day is asked whether it stood still, however many causes there were; too late is too late."""
    day = end = oracle.walk(start, length, working=working)
    given_back = set()
    for day in sorted(stopped):
        block_began = day
        while block_began - ONE in stopped:
            block_began -= ONE
        if block_began <= (end if working else oracle.first_working(end)):
            given_back.add(day)
            end = oracle.walk(start, length, working=working, stopped=given_back)
    return end if working else oracle.first_working(end)


@given(st.dates(date(2020, 1, 1), date(2026, 3, 1)), st.integers(1, 40), st.booleans(), spells)
def test_pauses_that_overlap_count_as_the_pause_of_their_union(start, length, working, given_):
    unit = Unit.WORKING_DAY if working else Unit.DAY
    causes = _pauses(start, given_)
    stopped = {day for one in causes for day in each_day(one.starts, one.ends)}

    assert due(start, rule(length, unit), shipped, causes).due == _one_by_one(start, length, working, stopped)


@given(starts, rules, calendars, spells, st.permutations(range(5)), st.integers(0, 5), st.integers(1, 30))
def test_one_more_cause_never_moves_a_date_earlier(start, any_rule, calendar, given_, order, at, days):
    """In whatever order they were registered, with an extension anywhere between them."""
    causes = _pauses(start, given_)
    several = [causes[n] for n in order if n < len(causes)]
    extended = [*several[:at], Extension(days=days), *several[at:]]

    without = [one for one in extended if one is not several[-1]] if several else extended

    assert due(start, any_rule, calendar, without).due <= due(start, any_rule, calendar, extended).due
