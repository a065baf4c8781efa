from datetime import date, timedelta

import pytest

from core import clock
from deadlines import clocks
from deadlines.models import Deadline, Reminder
from deadlines.reminders import scan
from jobs import sweep
from notifications.models import Notification
from tests.deadlines.factories import AUGUST, DeadlineFactory

SOON, DUE = date(2026, 8, 14), date(2026, 8, 18)
LATE = DUE + timedelta(days=1)


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=prosecutor, title="2026-0016 审查期限")


def titles() -> list[str]:
    return [*Notification.objects.order_by("pk").values_list("title", flat=True)]


def scan_on(day: date) -> int:
    with clock.travel(day):
        return scan()


def test_each_stage_is_told_once_on_its_day_to_whoever_answers(deadline, prosecutor):
    told = [scan_on(AUGUST + timedelta(days=n)) for n in range(20)]

    assert [n for n, count in enumerate(told) if count] == [11, 15, 16]
    assert titles() == [
        "2026-0016 审查期限 剩 4 天（2026-08-18 到期）",
        "2026-0016 审查期限 今天到期（2026-08-18 到期）",
        "2026-0016 审查期限 超期 1 天（2026-08-18 到期）",
    ]
    assert {(n.recipient, n.url) for n in Notification.objects.all()} == {(prosecutor, deadline.owner_url)}


def test_scanning_twice_tells_nobody_twice(deadline):
    assert (scan_on(SOON), scan_on(SOON), len(titles())) == (1, 0, 1)


def test_after_days_of_silence_everything_missed_comes_once_and_is_called_late(deadline):
    assert scan_on(LATE + timedelta(days=3)) == 3
    assert all(title.endswith("（迟发）") for title in titles())
    assert [r.planned_on for r in Reminder.objects.all()] == [SOON, DUE, LATE]
    assert scan_on(LATE + timedelta(days=4)) == 0


def test_what_starts_near_its_end_is_warned_of_at_once_and_not_called_late(prosecutor):
    with clock.travel(DUE):
        DeadlineFactory(responsible=prosecutor, starts_on=AUGUST)

    assert scan_on(DUE) == 2
    assert Reminder.objects.filter(is_late=True).count() == 0


@pytest.mark.parametrize(
    "end",
    [
        lambda d, by: clocks.meet(d, on=AUGUST, by=by),
        lambda d, by: clocks.cancel(d, by=by, reason="撤回申请"),
        lambda d, by: clocks.pause(d, on=AUGUST, by=by, reason="等待鉴定"),
    ],
)
def test_what_is_met_cancelled_or_paused_is_not_reminded_of(deadline, prosecutor, end):
    end(deadline, prosecutor)

    assert (scan_on(LATE), Reminder.objects.count()) == (0, 0)


def test_a_reminder_left_waiting_is_dropped_when_the_matter_is_done(deadline, prosecutor):
    Reminder.objects.create(deadline=deadline, stage="warn", due_on=DUE, planned_on=SOON)
    assert Reminder.objects.waiting().count() == 1

    clocks.meet(deadline, on=AUGUST, by=prosecutor)

    assert (Reminder.objects.waiting().count(), scan_on(SOON), titles()) == (0, 0, [])


def test_a_moved_due_day_is_reminded_of_anew(deadline, prosecutor):
    scan_on(DUE)
    clocks.extend(deadline, days=10, by=prosecutor, reason="补充材料")

    assert scan_on(date(2026, 8, 28)) == 2
    assert titles()[-1] == "2026-0016 审查期限 今天到期（2026-08-28 到期）"


def test_a_deliverer_that_fails_leaves_the_reminder_for_the_next_scan(deadline, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("deadlines.reminders._tell", fail)
        with pytest.raises(OSError, match="disk full"):
            scan_on(SOON)

    assert Reminder.objects.waiting().count() == 1
    assert (scan_on(SOON), len(titles())) == (1, 1)


def test_the_minute_sweep_and_run_due_call_the_scan(deadline):
    with clock.travel(SOON):
        outcomes = {outcome.name: outcome for outcome in sweep.run()}

    assert outcomes["deadlines.reminders"] == ("deadlines.reminders", True, 1)
