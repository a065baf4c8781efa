"""提醒: each stage once, on its day, to whoever should hear; stopped at once when the matter is done."""

from datetime import date, datetime, timedelta

import pytest
from django.db import OperationalError

from core import clock
from deadlines import clocks
from deadlines.models import Deadline, Reminder
from deadlines.reminders import insert_due, scan, telling
from jobs import sweep
from notifications.models import Notification
from tests.deadlines.factories import AUGUST, DeadlineFactory, ReminderFactory

SOON, DUE = date(2026, 8, 14), date(2026, 8, 18)
LATE, VERY_LATE = DUE + timedelta(days=1), DUE + timedelta(days=3)
NAME = "2026-0016 审查期限（内控目标）"


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=prosecutor, title="2026-0016")


def titles() -> list[str]:
    return [*Notification.objects.order_by("pk").values_list("title", flat=True)]


def scan_on(moment: date) -> int:
    with clock.travel(moment):
        return scan()


def test_each_stage_is_told_once_on_its_day_to_whoever_answers(deadline, prosecutor):
    told = [scan_on(AUGUST + timedelta(days=n)) for n in range(25)]

    assert [n for n, count in enumerate(told) if count] == [11, 15, 16, 18]
    assert titles() == [
        f"{NAME}剩 4 天（08-18 到期）",
        f"{NAME}今天到期（08-18 到期）",
        f"{NAME}超期 1 天（08-18 到期）",
        f"{NAME}超期 3 天（08-18 到期）",
    ]
    assert {(n.recipient, n.url) for n in Notification.objects.all()} == {(prosecutor, deadline.owner_url)}
    assert [(r.stage, r.told, r.is_late) for r in Reminder.objects.all()] == [
        ("b3", 1, False),
        ("d0", 1, False),
        ("a1", 1, False),
        ("a3", 1, False),
    ]


def test_scanning_twice_tells_nobody_twice(deadline):
    assert (scan_on(SOON), scan_on(SOON), len(titles())) == (1, 0, 1)


def test_three_days_without_scheduler_and_workers_come_once_and_are_called_late(deadline, head, chief):
    assert scan_on(DUE - timedelta(days=1)) == 1
    silent_until = VERY_LATE + timedelta(days=1)

    with clock.travel(silent_until):
        assert (deadline.state(clock.today()), deadline.label(clock.today())) == ("overdue", "超期 4 天")

    assert scan_on(silent_until) == 3
    missed = Reminder.objects.exclude(stage="b3")
    assert [(r.stage, r.planned_on, r.is_late) for r in missed] == [
        ("d0", DUE, True),
        ("a1", LATE, True),
        ("a3", VERY_LATE, True),
    ]
    assert all(title.endswith("超期 4 天（08-18 到期）（迟发）") for title in titles()[1:])
    assert {person: person.notifications.count() for person in (head, chief)} == {head: 2, chief: 1}
    assert scan_on(silent_until + timedelta(days=1)) == 0


def test_what_was_inserted_in_time_and_told_after_an_outage_is_late_too(deadline):
    with clock.travel(SOON):
        assert insert_due(SOON) == 1

    assert scan_on(SOON + timedelta(days=2)) == 1
    assert titles() == [f"{NAME}剩 2 天（08-18 到期）（迟发）"]
    assert Reminder.objects.get().is_late


def test_what_becomes_known_when_it_is_gone_is_one_message_to_all_ranks_and_called_late(
    prosecutor, head, chief
):
    ends, today = date(2026, 9, 13), date(2026, 11, 25)
    with clock.travel(today):
        DeadlineFactory(responsible=prosecutor, code="L1", starts_on=ends.replace(year=2025))

    assert scan_on(today) == 1
    assert Reminder.objects.get().is_late
    told = dict(Notification.objects.values_list("recipient", "title"))
    assert set(told) == {prosecutor.pk, head.pk, chief.pk}
    assert all("届满 72 天" in title and title.endswith("（迟发）") for title in told.values()), told


ENDS = [
    lambda d, by: clocks.meet(d, on=AUGUST, by=by),
    lambda d, by: clocks.cancel(d, by=by, reason="撤回申请"),
    lambda d, by: clocks.pause(d, on=AUGUST, by=by, reason="等待鉴定"),
    lambda d, by: clocks.extend(d, days=30, by=by, reason="补充材料"),
]


@pytest.mark.parametrize("end", ENDS[:3])
def test_what_is_met_cancelled_or_paused_is_not_reminded_of(deadline, prosecutor, end):
    end(deadline, prosecutor)

    assert (scan_on(LATE), Reminder.objects.count()) == (0, 0)


@pytest.mark.parametrize("end", ENDS)
def test_a_reminder_left_waiting_is_dropped_when_its_day_no_longer_holds(deadline, prosecutor, end):
    with clock.travel(SOON):
        insert_due(SOON)
    assert Reminder.objects.waiting().count() == 1

    with clock.travel(SOON):
        end(deadline, prosecutor)

    assert (Reminder.objects.waiting().count(), scan_on(SOON), titles()) == (0, 0, [])


def test_meeting_reads_what_was_said_and_says_no_more(deadline, prosecutor):
    scan_on(LATE)

    with clock.travel(LATE):
        clocks.meet(deadline, on=LATE, by=prosecutor)

    assert not Notification.objects.unread().exists()
    assert scan_on(VERY_LATE) == 0


def test_a_pause_that_costs_no_day_loses_no_stage(deadline, prosecutor):
    clocks.pause(deadline, on=SOON, by=prosecutor, reason="等待鉴定")
    assert scan_on(SOON) == 0

    clocks.resume(deadline, on=SOON, by=prosecutor)

    assert scan_on(SOON) == 1


def test_what_was_taken_back_on_the_same_day_is_reminded_of_again(prosecutor):
    with clock.travel(AUGUST):
        deadline = DeadlineFactory(code="P8", responsible=prosecutor)
        due = deadline.due_on
    with clock.travel(due):
        clocks.meet(deadline, on=due, by=prosecutor)
        clocks.reopen(deadline, by=prosecutor)

        assert scan() == 2
    assert {r.stage for r in Reminder.objects.exclude(sent_at=None)} == {"b1", "d0"}


def test_a_moved_due_day_is_reminded_of_anew(deadline, prosecutor):
    scan_on(DUE)
    with clock.travel(DUE):
        clocks.extend(deadline, days=10, by=prosecutor, reason="补充材料")

    assert scan_on(date(2026, 8, 28)) == 2
    assert titles()[-1] == f"{NAME}今天到期（08-28 到期）"


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=30)])
def test_a_clock_that_is_set_back_says_nothing_twice(deadline, back):
    midnight = datetime(2026, 8, 18, 0, 0, 5, tzinfo=clock.SHANGHAI)
    assert scan_on(midnight) == 2

    assert scan_on(midnight - back) == 0
    assert scan_on(midnight) == scan_on(midnight + timedelta(hours=23)) == 0
    assert scan_on(midnight + timedelta(days=1)) == 1
    assert len(titles()) == 3


@pytest.mark.parametrize("hour", [0, 7, 8, 23])
def test_the_day_is_the_day_in_shanghai(deadline, hour):
    """Between 00:00 and 08:00 it is still yesterday in UTC."""
    scan_on(datetime(2026, 8, 17, 23, 59, 59, tzinfo=clock.SHANGHAI))

    assert scan_on(datetime(2026, 8, 18, hour, 0, 0, tzinfo=clock.SHANGHAI)) == 1
    assert titles()[-1] == f"{NAME}今天到期（08-18 到期）"


def test_a_row_that_cannot_be_told_does_not_stop_the_others(prosecutor, monkeypatch, caplog):
    with clock.travel(AUGUST):
        first, broken, last = (DeadlineFactory(responsible=prosecutor, title=f"案{n}") for n in range(3))
    words, poisoned = telling.words.title, f"deadline-{broken.pk}"

    def break_on(reminder, hearer, today):
        if reminder.deadline_id == broken.pk:
            raise KeyError(poisoned)
        return words(reminder, hearer, today)

    with monkeypatch.context() as patch:
        patch.setattr("deadlines.reminders.words.title", break_on)
        assert scan_on(SOON) == 2

    assert {n.source for n in Notification.objects.all()} == {f"deadline-{d.pk}" for d in (first, last)}
    assert Reminder.objects.waiting().get().deadline == broken
    assert f"期限提醒 {Reminder.objects.waiting().get().pk} 没有发出" in caplog.text
    assert (scan_on(SOON), Notification.objects.count()) == (1, 3)


def test_a_plan_that_cannot_be_read_does_not_stop_the_others(prosecutor, caplog):
    with clock.travel(AUGUST):
        deadlines = [DeadlineFactory(responsible=prosecutor) for _ in range(5)]
    for spoilt, plan in [
        (deadlines[1], [{"on": "明天"}]),
        (deadlines[3], [{"on": "2026-08-14", "stage": "x"}]),
    ]:
        Deadline.objects.filter(pk=spoilt.pk).update(plan=plan)

    assert scan_on(SOON) == 3

    assert {r.deadline for r in Reminder.objects.all()} == {deadlines[0], deadlines[2], deadlines[4]}
    assert f"期限 {deadlines[1].pk} 的提醒没有登记上" in caplog.text
    assert Deadline.objects.filter(remind_on=SOON).count() == 2  # still there, and the probe says so


def test_a_database_that_is_gone_is_no_fault_of_a_row(deadline, monkeypatch):
    def gone(*args):
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as broken:
        broken.setattr("deadlines.reminders.telling.messages", gone)
        with pytest.raises(OperationalError):
            scan_on(SOON)

    assert Reminder.objects.waiting().count() == 1
    assert (scan_on(SOON), len(titles())) == (1, 1)


def test_five_hundred_cost_the_statements_of_one(prosecutor, head, chief, django_assert_max_num_queries):
    def cost(many: int) -> int:
        with clock.travel(AUGUST):
            DeadlineFactory.create_batch(many, responsible=prosecutor)
        insert_due(VERY_LATE)
        with django_assert_max_num_queries(24) as queries:
            assert telling.tell_waiting(VERY_LATE) == 4 * many
        return len(queries)

    assert cost(1) == cost(60)


def test_every_batch_is_gone_through(prosecutor, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    with clock.travel(AUGUST):
        DeadlineFactory.create_batch(5, responsible=prosecutor)

    assert scan_on(SOON) == 5


def test_the_claim_locks_reminder_and_deadline_and_skips_what_others_hold(
    deadline, django_assert_max_num_queries
):
    with clock.travel(SOON):
        insert_due(SOON)
        with django_assert_max_num_queries(24) as queries:
            telling.tell_waiting(SOON)

    claim = next(q["sql"] for q in queries if "FOR UPDATE" in q["sql"])
    assert 'FOR UPDATE OF "deadlines_reminder", "deadlines_deadline" SKIP LOCKED' in claim


def test_a_reminder_is_kept_once_for_each_stage_of_a_due_day(deadline):
    ReminderFactory(deadline=deadline, stage="b3", planned_on=SOON, sent_at=clock.now())

    assert scan_on(SOON) == 0
    assert Deadline.objects.get().remind_on == DUE  # it was no mistake, the deadline has moved on


def test_the_minute_sweep_and_run_due_call_the_scan(deadline):
    with clock.travel(SOON):
        outcomes = {outcome.name: outcome for outcome in sweep.run()}

    assert outcomes["deadlines.reminders"] == ("deadlines.reminders", True, 1)
