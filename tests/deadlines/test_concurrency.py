from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks
from deadlines.models import Deadline, Reminder
from deadlines.reminders import insert_due, inserting, scan, telling
from notifications.models import Notification
from tests.deadlines.factories import AUGUST, DeadlineFactory

VERY_LATE = date(2026, 8, 24)
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def race(act, times: int) -> list[str]:
    """Run an act in several threads that start together; `done` or the refusal of each."""
    gate = Barrier(times)

    def run(_: int) -> str:
        gate.wait()
        try:
            act()
        except (Refused, Conflict) as refusal:
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


def test_schedulers_at_once_share_the_work_and_tell_everything_once(prosecutor, head, monkeypatch):
    """Small batches, so that the scans meet at every one of them."""
    monkeypatch.setattr(inserting, "ROWS", 7)
    monkeypatch.setattr(telling, "BATCH", 5)
    for round_ in range(1, 6):
        with clock.travel(AUGUST):
            DeadlineFactory.create_batch(20, responsible=prosecutor)
        shares = []

        race(lambda kept=shares: kept.append(scan(VERY_LATE)), 3)

        mine = Notification.objects.filter(recipient=prosecutor)
        assert sum(shares) == 20 * 4
        assert Reminder.objects.exclude(sent_at=None).count() == mine.count() == 20 * 4 * round_
        assert Notification.objects.filter(recipient=head).count() == 20 * 2 * round_
        assert not Reminder.objects.filter(sent_at=None).exists()


def test_inserting_at_once_inserts_everything_once(prosecutor, monkeypatch):
    monkeypatch.setattr(inserting, "ROWS", 3)
    for round_ in range(1, 6):
        with clock.travel(AUGUST):
            DeadlineFactory.create_batch(20, responsible=prosecutor)
        passed = []

        race(lambda kept=passed: kept.append(insert_due(VERY_LATE)), 3)

        assert (sum(passed), Reminder.objects.count()) == (20, 20 * 4 * round_)
        assert not Deadline.objects.exclude(remind_on=None).exists()


def test_what_is_met_during_a_scan_is_not_told_or_is_taken_back(prosecutor, monkeypatch):
    """Whoever meets a deadline either comes first, and nothing is said, or waits, and finds what was said."""
    monkeypatch.setattr(telling, "BATCH", 4)
    for _ in range(5):
        with clock.travel(AUGUST):
            deadlines = DeadlineFactory.create_batch(16, responsible=prosecutor)
        work = iter([lambda: scan(VERY_LATE), *[_meeting(deadlines[n::3], prosecutor) for n in range(3)]])

        results = race(lambda work=work: next(work)(), 4)

        assert results == ["done"] * 4
        assert Deadline.objects.open().count() == 0
        assert not Notification.objects.unread().exists()


def _meeting(deadlines, by):
    return lambda: [clocks.meet(deadline, on=AUGUST, by=by) for deadline in deadlines]


def test_a_scan_passes_over_what_somebody_holds_and_comes_back_to_it(prosecutor):
    with clock.travel(AUGUST):
        held, free = DeadlineFactory.create_batch(2, responsible=prosecutor)
    insert_due(VERY_LATE)

    with transaction.atomic():
        Deadline.objects.lock(held)
        race(lambda: scan(VERY_LATE), 1)
        told = set(Reminder.objects.exclude(sent_at=None).values_list("deadline", flat=True))

    assert told == {free.pk}
    assert scan(VERY_LATE) == 4
