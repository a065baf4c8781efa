"""页眉的步骤: the office's own nearest period, else it says whose it is."""

from datetime import datetime

import pytest

from cases import clocks
from cases.header import head_of
from core import clock
from tests.cases.court import days_ago, judged_case
from tests.cases.events import clock_of, record, reviewed_case
from tests.cases.factories import case_of_office


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(datetime(2026, 11, 25, 15)):
        yield


def note_of(case, user):
    (step,) = [each for each in head_of(case, user).steps if each["state"] == "cur"]
    return step["note"]


def test_the_note_is_of_our_own_period_although_another_is_nearer(cast):
    case = reviewed_case(cast)
    record(case, "aid_asked", days_ago(6))
    ours = min(one.due_on for one in clocks.running(case, clocks.REVIEW_CLOCKS))
    assert clock_of(case, "LA1").due_on < ours

    assert note_of(case, cast.prosecutor) == f"{ours:%m-%d} 到期"


def test_without_one_of_ours_it_says_whose_it_is(cast):
    of_party = judged_case(cast, last_served_on=days_ago(2))
    of_others = case_of_office(cast, review=True)
    record(of_others, "aid_asked", days_ago(1))

    assert note_of(of_party, cast.prosecutor) == f"当事人 {clock_of(of_party, 'C8').due_on:%m-%d} 到期"
    assert note_of(of_others, cast.prosecutor) == f"他方 {clock_of(of_others, 'LA1').due_on:%m-%d} 到期"
