"""Data migrations: what was said stays said, what runs gets its plan, what was known by its words keeps its hour."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.filing import actions as court
from core import clock
from deadlines import todos
from deadlines.models import Deadline, Reminder, Task, Term
from tests.cases.court import filed_case
from tests.deadlines.factories import AUGUST, DeadlineFactory, TaskFactory

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("deadlines", "0004_stages_changes_and_company")]
WORDS = [("deadlines", "0007_reasons_of_hand_overs"), ("cases", "0011_acts_of_the_clock")]
NEW = ("stages", "pause_events", "by_hand", "extension", "fixed")


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.fixture
def earlier():
    """The tables as they were, and as they are again whatever happens."""
    yield migrate
    now()


def now():
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_running_deadlines_get_their_plan_and_old_stages_their_new_names(earlier, prosecutor):
    with clock.travel(AUGUST):
        deadline = DeadlineFactory(code="C6", responsible=prosecutor, starts_on=AUGUST)
    old = earlier(BEFORE)
    rule = {name: value for name, value in deadline.rule.items() if name not in NEW}
    old.get_model("deadlines", "Deadline").objects.update(rule=rule, plan=[], remind_on=None, whose="ours")
    old.get_model("deadlines", "Term").objects.update(stages=[], whose="ours", by_hand=False)
    for stage in ("warn", "due", "overdue"):
        old.get_model("deadlines", "Reminder").objects.create(
            deadline_id=deadline.pk, stage=stage, due_on=deadline.due_on, planned_on=deadline.warn_on
        )

    now()

    moved = Deadline.objects.get()
    assert ([each["stage"] for each in moved.plan], moved.whose) == (["b15", "a1"], "others")
    assert moved.rule["pause_events"] == deadline.rule["pause_events"]
    assert sorted(Reminder.objects.values_list("stage", flat=True)) == ["a1", "b15", "d0"]
    assert Term.objects.get(code="P5", organisation=None).by_hand is True


def test_the_to_do_of_a_hearing_gets_its_hour_and_counts_on_from_its_changes(earlier, cast):
    case = filed_case(cast)
    ahead = clock.now() + timedelta(days=20)
    hearing = court.hear(case, held_at=ahead, place="第一法庭", by=cast.prosecutor)
    of_hearing = Task.objects.get(hearing_at=hearing.held_at)
    typed = TaskFactory(
        title=f"准备 {hearing}",
        assigned_to=cast.prosecutor,
        due_on=ahead.date(),
        owner_url=of_hearing.owner_url,
    )
    todos.reschedule(typed, on=clock.today() + timedelta(days=9), by=cast.prosecutor, reason="改约")
    todos.finish(typed, by=cast.prosecutor)
    earlier(WORDS)

    now()

    of_hearing.refresh_from_db()
    typed.refresh_from_db()
    assert (of_hearing.hearing_at, of_hearing.sequence) == (hearing.held_at, 0)
    assert (typed.hearing_at, typed.sequence, typed.changed_at) == (None, 2, typed.done_at)
