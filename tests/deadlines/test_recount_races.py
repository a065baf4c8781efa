"""A recount and the verbs of the clock at the same moment, on real PostgreSQL: nobody waits in a circle or is lost."""

from datetime import date, datetime

import pytest
from django.db import transaction

from core import clock
from deadlines import clocks, tasks
from deadlines.models import Deadline, DeadlineRecount, Recount
from deadlines.models.recount import RUNNING
from deadlines.recounts import actions, counting, listing, work
from deadlines.terms import actions as rules
from notifications.models import Notification
from tests.deadlines.factories import DeadlineFactory
from tests.racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WHY = "检委会会议纪要"
NOW = datetime(2026, 8, 10, 10)


@pytest.fixture(autouse=True)
def _august(monkeypatch):
    """The work is done by the racers, not at once after the commit."""
    monkeypatch.setattr(tasks.recount, "delay_on_commit", lambda *args: None)
    with clock.travel(NOW):
        yield


def twenty_days(by):
    rules.change("P6a", by=by, reason=WHY, version=1, length=20, confirmed=True)


def ask(by):
    basis = counting.basis("term", listing.scope("term", by.organisation)).fingerprint
    return actions.apply(cause="term", basis=basis, reason=WHY, by=by)


def all_of_it(recount):
    for _ in range(50):
        if not work.work(recount.pk) and Recount.objects.get(pk=recount.pk).done_at:
            return


def test_verbs_and_a_recount_at_once_lose_neither(sysadmin, prosecutor, monkeypatch):
    """Whoever comes first: what is met stays met, pauses, extensions and corrected starts count by the new rule."""
    monkeypatch.setattr(work, "BATCH", 3)
    deadlines = DeadlineFactory.create_batch(24, responsible=prosecutor, starts_on=date(2026, 8, 3))
    verbs = [
        lambda each: clocks.meet(each, on=date(2026, 8, 10), by=prosecutor),
        lambda each: clocks.extend(each, days=10, by=prosecutor, reason="补充材料"),
        lambda each: clocks.pause(each, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定"),
        lambda each: clocks.correct_start(each, on=date(2026, 8, 4), by=prosecutor, reason="登记错了"),
    ]
    twenty_days(sysadmin)
    recount = ask(sysadmin)

    def doing(kind):
        return lambda: [verbs[kind](each) for each in reversed(deadlines[kind::4])]

    results = race(lambda: all_of_it(recount), *(doing(kind) for kind in range(4)))
    all_of_it(recount)

    assert results == ["done"] * 5
    met, extended, paused, corrected = (
        set(Deadline.objects.filter(pk__in=[each.pk for each in deadlines[kind::4]]).values_list(
            "met_on", "due_on", "paused_on", "rule__version"
        ))
        for kind in range(4)
    )  # fmt: skip
    assert {row[0] for row in met} == {date(2026, 8, 10)}
    assert extended == {(None, date(2026, 9, 2), None, 2)}
    assert paused == {(None, date(2026, 8, 24), date(2026, 8, 10), 2)}
    assert corrected == {(None, date(2026, 8, 24), None, 2)}
    assert DeadlineRecount.objects.values("deadline").distinct().count() == DeadlineRecount.objects.count()
    assert Notification.objects.filter(recipient=prosecutor, key__startswith="recount-").count() == 1


def test_what_a_verb_holds_is_passed_over_and_taken_later(sysadmin, prosecutor):
    held, free = DeadlineFactory.create_batch(2, responsible=prosecutor)
    twenty_days(sysadmin)
    recount = ask(sysadmin)

    with transaction.atomic():
        Deadline.objects.lock(held)
        race(lambda: work.work(recount.pk))
        done = list(DeadlineRecount.objects.values_list("deadline", flat=True))
        still = Recount.objects.get(pk=recount.pk).done_at
    work.sweep()

    assert (done, still) == ([free.pk], None)
    assert DeadlineRecount.objects.count() == 2
    assert Recount.objects.get(pk=recount.pk).job.status == "done"


def test_two_who_apply_at_once_make_one_recount(sysadmin, prosecutor):
    DeadlineFactory(responsible=prosecutor)
    twenty_days(sysadmin)

    results = race(*[lambda: ask(sysadmin)] * 3)

    assert sorted(results) == sorted(["done", RUNNING, RUNNING])
    assert Recount.objects.count() == 1


def test_two_workers_on_one_recount_share_nothing(sysadmin, prosecutor, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 2)
    DeadlineFactory.create_batch(12, responsible=prosecutor)
    twenty_days(sysadmin)
    recount = ask(sysadmin)

    race(*[lambda: all_of_it(recount)] * 2)
    all_of_it(recount)

    recount.refresh_from_db()
    assert (recount.changed, recount.job.done, DeadlineRecount.objects.count()) == (12, 12, 12)
    assert set(Deadline.objects.values_list("sequence", flat=True)) == {1}
    assert Notification.objects.filter(recipient=prosecutor, key__startswith="recount-").count() == 1
