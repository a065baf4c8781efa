"""Rows behind the desk that must never be, that never change, and what happens when two come at once."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Absence
from core import clock
from deadlines import doing
from deadlines.models import Deadline, Task, TaskChange, TaskHandOver, Urge, Watcher
from notifications.models import Notification
from tests.accounts.factories import UserFactory
from tests.deadlines import factories
from tests.deadlines.factories import DeadlineFactory, TaskFactory
from tests.deadlines.test_concurrency import race

both = pytest.mark.django_db(transaction=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "given", "name"),
    [
        (factories.TaskChangeFactory, {"reason": ""}, "task_change_has_reason"),
        (factories.TaskHandOverFactory, {"reason": ""}, "task_hand_over_has_reason"),
        (factories.UrgeFactory, {"deadline": None, "urged": None}, "urge_is_about_one"),
        (factories.WatcherFactory, {"deadline": None, "added_by": None}, "watcher_of_one"),
    ],
)
def test_rows_that_must_never_be(factory, given, name):
    given = {key: UserFactory() if key in ("urged", "added_by") else value for key, value in given.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**given)


@pytest.mark.django_db
def test_nothing_is_handed_to_whoever_has_it():
    task = TaskFactory()
    with pytest.raises(IntegrityError, match="task_hand_over_changes_hands"), transaction.atomic():
        factories.TaskHandOverFactory(task=task, taker=task.assigned_to)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "factory", [factories.TaskHandOverFactory, factories.TaskChangeFactory, factories.UrgeFactory]
)
def test_what_happened_is_never_changed(factory):
    row = factory()

    for deed in (row.delete, row.save):
        with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
            deed()
    assert str(row)


@pytest.mark.django_db
def test_who_is_concerned_sees_a_to_do_and_nobody_else(cast):
    task = factories.WatcherFactory(
        deadline=None,
        task=TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor),
        user=cast.prosecutor2,
        added_by=cast.prosecutor,
    ).task
    Absence.objects.create(
        user=cast.clerk, covered_by=cast.assistant, starts_on=date(2026, 8, 3), ends_on=date(2026, 8, 7),
        reason="年休假", created_by=cast.clerk,
    )  # fmt: skip

    def seen(day) -> set[str]:
        names = ("clerk", "prosecutor", "prosecutor2", "assistant", "head", "chief", "other", "legalaid")
        with clock.travel(day):
            return {name for name in names if Task.objects.visible_to(getattr(cast, name)).count()}

    assert seen(date(2026, 8, 7)) == {"clerk", "prosecutor", "prosecutor2", "assistant"}
    assert seen(date(2026, 8, 8)) == {"clerk", "prosecutor", "prosecutor2"}
    cast.prosecutor2.organisation = cast.other.organisation  # moved to another office since
    assert not Task.objects.visible_to(cast.prosecutor2).filter(pk=task.pk).exists()


@pytest.mark.concurrency
@both
def test_two_leaders_who_urge_at_once_urge_once(cast):
    deadlines = [DeadlineFactory(responsible=cast.prosecutor, code="P8") for _ in range(5)]
    leaders = [cast.head, cast.chief]

    for deadline in deadlines:
        results = race(lambda d=deadline: doing.urge(d, by=leaders[0]), 3)
        assert results == ["done", *["今天已经催办过这一项，明天可以再催。"] * 2]
    assert Urge.objects.count() == 5
    assert Notification.objects.filter(recipient=cast.prosecutor).count() == 5


@pytest.mark.concurrency
@both
def test_many_are_urged_in_opposite_orders_without_a_deadlock(cast):
    deadlines = [DeadlineFactory(responsible=cast.prosecutor, code="P8") for _ in range(12)]
    turns = iter([deadlines, deadlines[::-1], deadlines, deadlines[::-1]])
    head = cast.head

    results = race(lambda: doing.urge_many(next(turns), by=head), 4)

    assert results == ["done", *["勾选的事项今天都已催办过，或者不由你催办。"] * 3]
    assert Urge.objects.count() == 12


@pytest.mark.concurrency
@both
def test_two_who_take_a_to_do_over_at_once_leave_one_story(cast):
    to = cast.assistant
    for _ in range(5):
        task = TaskFactory(assigned_to=cast.clerk, created_by=cast.clerk)
        results = race(lambda t=task: doing.hand_over(t, to=to, by=cast.clerk, reason="外出"), 2)
        assert results == ["done", "王助理 已经是责任人，请另选一位。"]
    assert TaskHandOver.objects.count() == 5
    assert Watcher.objects.count() == 5


@pytest.mark.concurrency
@both
@pytest.mark.parametrize("deed", ["reschedule", "hand_over"])
def test_of_two_who_move_or_give_away_the_same_at_once_one_does_and_the_other_is_told(cast, deed):
    """Both stand before the same page and want different things; the head may always, and yet does not win twice."""
    for round_ in range(5):
        task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor, due_on=clock.today())
        seen, wants = doing.version_of(task), []
        if deed == "reschedule":
            wants = [{"on": clock.today() + timedelta(days=n)} for n in (1, 2)]
        else:
            wants = [{"to": person} for person in (cast.assistant, cast.prosecutor2)]
        turns = iter(wants)

        results = race(
            lambda t=task, s=seen, turns=turns: getattr(doing, deed)(
                t, **next(turns), by=cast.prosecutor, reason="外出", seen=s
            ),
            2,
        )

        assert results[0] == "done"
        assert results[1].startswith("这一项刚被改动：现由")
        assert TaskChange.objects.count() + TaskHandOver.objects.count() == round_ + 1


@pytest.mark.concurrency
@both
def test_two_who_note_and_take_back_at_once_do_it_once(cast):
    for _ in range(3):
        right = DeadlineFactory(responsible=cast.prosecutor, code="C22", starts_on=date(2026, 7, 20))
        assert race(lambda d=right: doing.acknowledge(d, by=cast.prosecutor, note="不再申请"), 2) == [
            *("done", "这项期限已经撤销。")
        ]
        assert race(lambda d=right: doing.undo(d, by=cast.prosecutor), 2) == [
            *("done", "这项期限没有办结，不用撤销。")
        ]
        assert right.reopenings.count() == 1
    assert Deadline.objects.open().count() == 3


@pytest.mark.concurrency
@both
def test_two_who_finish_at_once_tell_once(cast):
    for _ in range(5):
        task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)
        assert race(lambda t=task: doing.finish(t, by=cast.clerk), 2) == ["done", "这项待办已经办结。"]
    assert Notification.objects.filter(recipient=cast.prosecutor).count() == 5
