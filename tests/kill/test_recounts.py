"""A worker is killed in the middle of a recount: another goes on, each deadline moves once, each person hears once."""

import random
import time

import pytest

from core import clock
from deadlines import tasks
from deadlines.models import Deadline, DeadlineRecount, Recount, RecountHearer
from deadlines.recounts import actions, counting, listing
from deadlines.terms import actions as rules
from notifications.models import Notification
from tests.deadlines.factories import DeadlineFactory
from tests.kill.stage import kill, wait_until
from tests.kill.test_reminders import nudge

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
DEADLINES = 6_000
PATIENCE = 180  # seconds: the lease of a dead worker, and the work


def test_a_kill_in_the_middle_of_a_recount_costs_nothing_and_doubles_nothing(
    house, worker, sysadmin, prosecutor, prosecutor2, monkeypatch
):
    _, environment = house
    monkeypatch.setattr(listing, "AT_SIGHT", DEADLINES)
    monkeypatch.setattr(tasks.recount, "delay_on_commit", lambda *args: None)  # the worker is to do it
    one = DeadlineFactory(responsible=prosecutor, starts_on=clock.today())
    copies = [Deadline.objects.get(pk=one.pk) for _ in range(DEADLINES - 1)]
    for n, copy in enumerate(copies):
        copy.pk, copy.responsible = None, (prosecutor, prosecutor2)[n % 2]
    Deadline.objects.bulk_create(copies)
    rules.change("P6a", by=sysadmin, reason="检委会会议纪要", version=1, length=20, confirmed=True)
    basis = counting.basis("term", sysadmin.organisation).fingerprint
    recount = actions.apply(cause="term", basis=basis, reason="检委会会议纪要", by=sysadmin)

    nudge(environment, "deadlines.tasks.recount", "--args", f"[{recount.pk}]")
    first = worker()
    wait_until(DeadlineRecount.objects.count, 60)
    time.sleep(random.uniform(0, 1.0))
    kill(first)
    at_the_kill = DeadlineRecount.objects.count()
    assert 0 < at_the_kill < DEADLINES
    assert not Notification.objects.filter(key__startswith="recount-").exists()

    worker()

    wait_until(lambda: Recount.objects.get(pk=recount.pk).done_at, PATIENCE)
    recount.refresh_from_db()
    assert (recount.changed, recount.job.done, recount.job.status) == (DEADLINES, DEADLINES, "done")
    assert DeadlineRecount.objects.count() == RecountHearer.objects.count() == DEADLINES
    assert set(Deadline.objects.values_list("sequence", "rule__version")) == {(1, 2)}
    told = Notification.objects.filter(key__startswith="recount-")
    assert sorted(told.values_list("recipient__username", flat=True)) == ["prosecutor", "prosecutor2"]
