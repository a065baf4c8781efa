"""Periodic work: all of it, whatever one part does."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import SealedEntry
from core import clock
from jobs import sweep, tasks
from jobs.models import Heartbeat
from tests.audit.factories import EntryFactory


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(sweep, "_registered", {})
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchor.jsonl")


def fail():
    raise OSError("broken")


def test_a_failing_piece_is_logged_and_the_others_still_run(caplog):
    sweep.register("first", lambda: 3)
    sweep.register("broken", fail)
    sweep.register("last", lambda: None)

    outcomes = sweep.run()

    assert outcomes == [("first", True, 3), ("broken", False, None), ("last", True, None)]
    assert "定时任务 broken 没有完成" in caplog.text
    names = set(Heartbeat.objects.values_list("name", flat=True))
    assert names == {"worker", "sweep:first", "sweep:last"}


def test_two_pieces_may_not_share_a_name():
    sweep.register("reminders", fail)
    sweep.register("reminders", fail)

    with pytest.raises(ValueError, match="reminders"):
        sweep.register("reminders", lambda: 0)


def test_run_due_says_what_was_done_and_fails_when_something_was_not():
    sweep.register("reminders", lambda: 2)
    out = StringIO()

    call_command("run_due", stdout=out)
    assert out.getvalue() == "完成 reminders 2\n"

    sweep.register("broken", fail)
    with pytest.raises(CommandError, match="1 项没有完成：broken"):
        call_command("run_due", stdout=out)


def test_the_tasks_sweep_and_show_signs_of_life():
    done = []
    sweep.register("reminders", lambda: done.append(1))

    tasks.sweep.delay()
    tasks.beat_heartbeat.delay()

    assert done == [1]
    assert Heartbeat.objects.seen("beat") <= clock.now()
    assert Heartbeat.objects.seen("worker") <= clock.now()
    assert Heartbeat.objects.seen("nobody") is None


def test_worker_and_scheduler_show_signs_of_life_when_they_start():
    tasks.worker_is_up()
    tasks.beat_is_up()

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "beat"}


def test_the_log_is_sealed_by_the_sweep(monkeypatch):
    monkeypatch.undo()
    EntryFactory()

    assert all(outcome.ok for outcome in sweep.run())
    assert SealedEntry.objects.count() == 1
