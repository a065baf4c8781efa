from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from core import clock
from core.refusals import Refused
from deadlines import clocks
from deadlines.models import Deadline, Reminder
from deadlines.reminders import scan
from notifications.models import Notification
from tests.deadlines.factories import DeadlineFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def race(act, times: int) -> list[str]:
    """Run an act in several threads that start together; `done` or the refusal of each."""
    gate = Barrier(times)

    def run(_: int) -> str:
        gate.wait()
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(run, range(times)), key=lambda result: result != "done")


def test_two_meet_at_once_and_one_of_them_does(prosecutor):
    for _ in range(10):
        deadline = DeadlineFactory(responsible=prosecutor)

        results = race(lambda d=deadline: clocks.meet(d, on=date(2026, 8, 10), by=prosecutor), 2)

        assert results == ["done", "这项期限已于 2026-08-10 完成，不能再完成。"]


def test_extensions_at_once_all_count(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)

    race(lambda: clocks.extend(deadline, days=7, by=prosecutor, reason="补充材料"), 4)

    assert Deadline.objects.get().due_on == date(2026, 9, 15)
    assert [e.seq for e in deadline.extensions.all()] == [1, 2, 3, 4]


def test_two_schedulers_at_once_tell_everything_once(prosecutor):
    with clock.travel(date(2026, 8, 3)):
        DeadlineFactory.create_batch(20, responsible=prosecutor)

    race(lambda: scan(date(2026, 8, 20)), 3)

    assert Reminder.objects.filter(sent_at__isnull=False).count() == Notification.objects.count() == 60
