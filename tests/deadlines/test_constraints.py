from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.constraints import sentence_for, without_sentence
from deadlines.models import Deadline, Holiday, Task, Term
from tests.deadlines import factories
from tests.deadlines.factories import DeadlineFactory, TaskFactory, TermFactory

DAY = date(2026, 8, 10)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"met_on": DAY}, "deadline_met_paired"),
        ({"met_at": "2026-08-10T09:00+08:00"}, "deadline_met_paired"),
        ({"cancel_reason": "撤回"}, "deadline_cancelled_paired"),
        ({"cancelled_at": "2026-08-10T09:00+08:00"}, "deadline_cancelled_paired"),
        ({"acknowledged": True}, "deadline_known_is_over"),
        ({"due_at": "2026-08-10T09:00+08:00"}, "deadline_hours_have_instant"),
        ({"warn_on": date(2026, 12, 1)}, "deadline_warns_before_due"),
        ({"kind": "guess"}, "deadline_kind_is_known"),
    ],
)
def test_the_database_refuses_half_a_fact(change, name):
    deadline = DeadlineFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Deadline.objects.filter(pk=deadline.pk).update(**change)


def test_a_deadline_is_not_met_and_cancelled_nor_paused_when_over(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)
    met = {"met_on": DAY, "met_at": clock.now(), "met_by": prosecutor}
    cancelled = {"cancelled_at": clock.now(), "cancelled_by": prosecutor, "cancel_reason": "撤回"}

    for change, name in [
        (met | cancelled, "deadline_ends_one_way"),
        (met | {"paused_on": DAY}, "deadline_paused_is_open"),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Deadline.objects.filter(pk=deadline.pk).update(**change)


@pytest.mark.parametrize(
    ("factory", "given", "name"),
    [
        (factories.DeadlinePauseFactory, {"reason": ""}, "deadline_pause_has_reason"),
        (factories.DeadlinePauseFactory, {"resumed_on": DAY}, "deadline_resumed_paired"),
        (factories.DeadlineExtensionFactory, {"reason": ""}, "deadline_extension_has_reason"),
        (factories.DeadlineExtensionFactory, {"until": DAY}, "deadline_extension_one_way"),
        (factories.DeadlineExtensionFactory, {"days": None}, "deadline_extension_one_way"),
        (factories.TaskFactory, {"title": ""}, "task_has_title"),
        (factories.ReminderFactory, {"stage": "never"}, "reminder_stage_is_known"),
        (factories.HolidayFactory, {"kind": "half"}, "holiday_kind_is_known"),
        (factories.TermFactory, {"unit": "week"}, "term_choices_are_known"),
        (factories.TermFactory, {"unit": "hour"}, "term_hours_run_on"),
    ],
)
def test_rows_that_must_never_be(factory, given, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**given)


def test_one_open_pause_one_reminder_a_stage_one_rule_a_code():
    pause, reminder = factories.DeadlinePauseFactory(), factories.ReminderFactory()

    for again, name in [
        (lambda: factories.DeadlinePauseFactory(deadline=pause.deadline, seq=2), "deadline_paused_once"),
        (lambda: factories.ReminderFactory(deadline=reminder.deadline), "reminder_once"),
        (lambda: TermFactory(code="C1", organisation=None), "term_once_per_office"),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Holiday(day=date(2027, 2, 3), kind="work", name="春节"), "调休上班只能是周六或周日，请核对日期。"),
        (
            Term(code="C1", name="x", trigger="x", length=1, kind="internal", basis="x", confidence="known"),
            "这个单位已有同一代码的期限规则，请直接修改那一条。",
        ),
        (Task(title="", due_on=DAY), "还没填待办事项。"),
    ],
)
def test_the_reference_pages_say_it_in_a_sentence(row, sentence):
    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert sentence in refusal.value.messages


def test_every_row_has_a_name_for_the_admin():
    made = [
        getattr(factories, name)()
        for name in vars(factories)
        if name.startswith(("Holiday", "Term", "Deadline", "Reminder", "Task")) and name.endswith("Factory")
    ]

    assert len(made) == 15
    assert all(str(row) for row in made)
    assert str(TaskFactory()) == "整理卷宗"


def test_a_day_entered_twice_is_answered_in_a_sentence():
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Holiday.objects.create(day=date(2026, 10, 1), kind="off", name="国庆节")

    assert sentence_for(refusal.value) == "这一天已经录入，请直接修改那一条。"


def test_every_constraint_of_the_clock_has_a_sentence():
    ours = {
        c.name for model in apps.get_app_config("deadlines").get_models() for c in model._meta.constraints
    }

    assert ours & set(without_sentence()) == set()
