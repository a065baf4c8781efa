from datetime import timedelta

import pytest

from audit.log import record
from audit.models import Verb
from core import clock
from dashboard.alarms import REVEALS_AN_HOUR, too_many_reveals

NOON = clock.datetime(2026, 11, 23, 12, 5, tzinfo=clock.SHANGHAI)


def look(person, times):
    for _ in range(times):
        record(person, Verb.REVEAL, "案件 150902-2026-0016", detail="手机号：核对")


@pytest.mark.parametrize(("times", "told"), [(REVEALS_AN_HOUR - 1, 0), (REVEALS_AN_HOUR, 1)])
def test_thirty_reveals_within_an_hour_reach_the_security_administrator(prosecutor, security, times, told):
    with clock.travel(NOON):
        look(prosecutor, times)

        assert too_many_reveals() == told

    assert [n.title for n in security.notifications.all()] == [
        "李检察官一小时内查看脱敏信息已达 30 次，请核实"
    ] * told


def test_the_same_person_and_hour_ring_once(prosecutor, security):
    with clock.travel(NOON):
        look(prosecutor, REVEALS_AN_HOUR)
        too_many_reveals()

        assert too_many_reveals() == 0


def test_reveals_of_the_last_hour_count_and_older_ones_do_not(prosecutor, security):
    with clock.travel(NOON - timedelta(minutes=61)):
        look(prosecutor, REVEALS_AN_HOUR)

    with clock.travel(NOON):
        assert too_many_reveals() == 0


def test_only_the_own_unit_is_told(other, security):
    with clock.travel(NOON):
        look(other, REVEALS_AN_HOUR)

        assert too_many_reveals() == 0
