"""The product against the second opinion, with everything that can happen to a period, over 2020–2026."""

from datetime import date, datetime

import pytest

from core import clock
from deadlines.arithmetic import due
from deadlines.models import Holiday, Term
from deadlines.rules import Extension, Pause, Unit
from deadlines.terms.trial import try_out
from tests.deadlines import oracle
from tests.deadlines.vectors import rule

day = date.fromisoformat
HEARINGS = [f"{year}-{day}" for year in range(2020, 2027) for day in ("01-04", "02-20", "05-06", "10-09")]
HOURS = [
    f"{year}-{moment}"
    for year in range(2020, 2027)
    for moment in ("02-28T23:59", "09-30T16:20", "12-31T00:00")
]


@pytest.fixture
def calendar():
    return Holiday.objects.calendar()


@pytest.mark.parametrize("case", oracle.eventful(), ids=str)
def test_pauses_and_extensions_as_the_oracle_walks_them(case, calendar):
    start, length, unit, paused, again, more = case
    happened = [Pause(day(paused), day(again)), *([Extension(more)] if more else [])]

    found = due(day(start), rule(length, Unit(unit)), calendar, happened)

    expected = oracle.due_after(start, length, unit, oracle.stopped_between(paused, again), more)
    assert found.due.isoformat() == expected


@pytest.mark.parametrize("hearing", HEARINGS)
@pytest.mark.parametrize(("length", "working"), [(3, False), (3, True), (10, True)])
def test_counting_back_as_the_oracle_walks_it(hearing, length, working, calendar):
    unit = Unit.WORKING_DAY if working else Unit.DAY

    found = due(day(hearing), rule(length, unit, backward=True, roll=True), calendar)

    assert found.due.isoformat() == oracle.due_before(hearing, length, working=working)


@pytest.mark.parametrize("start", HOURS)
def test_hours_as_the_oracle_steps_them(start, calendar):
    term, moment = Term.objects.get(code="C11"), datetime.fromisoformat(start)

    found = try_out(term, calendar, on=moment.date(), at=moment.time())

    told = found.due_at.astimezone(clock.SHANGHAI).replace(tzinfo=None).isoformat(timespec="minutes")
    assert told == oracle.after_hours(start, 48)


def test_the_cases_are_many_and_of_every_kind():
    cases = oracle.eventful()

    assert len(cases) >= 40
    assert {unit for _, _, unit, *_ in cases} == {"day", "month", "working_day"}
    assert any(paused == again for _, _, _, paused, again, _ in cases)  # a pause of no day
    assert {more > 0 for *_, more in cases} == {True, False}
