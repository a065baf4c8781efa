"""Rows behind the desk that must never be, that never change, and what happens when two come at once."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Absence
from core import clock
from deadlines import doing
from deadlines.models import Task, TaskHandOver, Urge, Watcher
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
def test_two_who_finish_at_once_tell_once(cast):
    for _ in range(5):
        task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)
        assert race(lambda t=task: doing.finish(t, by=cast.clerk), 2) == ["done", "这项待办已经办结。"]
    assert Notification.objects.filter(recipient=cast.prosecutor).count() == 5
