"""The data migration of the stages: what was said stays said, what runs gets its plan."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import clock
from deadlines.models import Deadline, Reminder, Term
from tests.deadlines.factories import AUGUST, DeadlineFactory

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("deadlines", "0004_stages_changes_and_company")]
AFTER = [("deadlines", "0006_rows_that_stay")]
NEW = ("stages", "pause_events", "by_hand", "extension", "fixed")


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.fixture
def earlier():
    """The tables as they were, and as they are again whatever happens."""
    yield lambda: migrate(BEFORE)
    migrate(AFTER)


def test_running_deadlines_get_their_plan_and_old_stages_their_new_names(earlier, prosecutor):
    with clock.travel(AUGUST):
        deadline = DeadlineFactory(code="C6", responsible=prosecutor, starts_on=AUGUST)
    old = earlier()
    rule = {name: value for name, value in deadline.rule.items() if name not in NEW}
    old.get_model("deadlines", "Deadline").objects.update(rule=rule, plan=[], remind_on=None, whose="ours")
    old.get_model("deadlines", "Term").objects.update(stages=[], whose="ours", by_hand=False)
    for stage in ("warn", "due", "overdue"):
        old.get_model("deadlines", "Reminder").objects.create(
            deadline_id=deadline.pk, stage=stage, due_on=deadline.due_on, planned_on=deadline.warn_on
        )

    migrate(AFTER)

    moved = Deadline.objects.get()
    assert ([each["stage"] for each in moved.plan], moved.whose) == (["b15", "a1"], "others")
    assert moved.rule["pause_events"] == deadline.rule["pause_events"]
    assert sorted(Reminder.objects.values_list("stage", flat=True)) == ["a1", "b15", "d0"]
    assert Term.objects.get(code="P5", organisation=None).by_hand is True
