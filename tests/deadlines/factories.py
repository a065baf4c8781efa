from datetime import date

import factory

from deadlines import clocks
from deadlines.models import (
    Confidence,
    Deadline,
    DeadlineExtension,
    DeadlineHandOver,
    DeadlinePause,
    Holiday,
    Kind,
    Reminder,
    Task,
    Term,
)
from tests.accounts.factories import OrganisationFactory, UserFactory

AUGUST = date(2026, 8, 3)


class HolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Holiday

    day = factory.Sequence(lambda n: date(2028 + n, 10, 1))
    kind = Holiday.Kind.OFF
    name = "国庆节"


class TermFactory(factory.django.DjangoModelFactory):
    """An office's own rule of ten days."""

    class Meta:
        model = Term

    code = factory.Sequence(lambda n: f"T{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    name = "示例期限"
    trigger = "示例事件"
    length = 10
    kind = Kind.INTERNAL
    basis = "示例依据"
    confidence = Confidence.UNSURE


class DeadlineFactory(factory.django.DjangoModelFactory):
    """A review clock of 15 days from Monday 2026-08-03, by the real verb: due 2026-08-18."""

    class Meta:
        model = Deadline

    code = "P6a"
    organisation = factory.SelfAttribute("responsible.organisation")
    responsible = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"2026-{n:04} 审查期限")
    owner_url = factory.Sequence(lambda n: f"/cases/990000-2026-{n:04}/")
    starts_on = AUGUST
    by = factory.SelfAttribute("responsible")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return clocks.start(kwargs.pop("code"), **kwargs)


class DeadlinePauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlinePause

    deadline = factory.SubFactory(DeadlineFactory)
    seq = 1
    paused_on = date(2026, 8, 10)
    reason = "等待鉴定结论"
    paused_by = factory.SelfAttribute("deadline.responsible")


class DeadlineExtensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineExtension

    deadline = factory.SubFactory(DeadlineFactory)
    seq = 1
    days = 15
    reason = "需要调取工资台账"
    extended_by = factory.SelfAttribute("deadline.responsible")


class DeadlineHandOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineHandOver

    deadline = factory.SubFactory(DeadlineFactory)
    giver = factory.SelfAttribute("deadline.responsible")
    taker = factory.SubFactory(UserFactory)
    handed_by = factory.SelfAttribute("giver")


class ReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reminder

    deadline = factory.SubFactory(DeadlineFactory)
    stage = "d0"
    due_on = factory.SelfAttribute("deadline.due_on")
    planned_on = factory.SelfAttribute("due_on")


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    assigned_to = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("assigned_to.organisation")
    title = "整理卷宗"
    created_by = factory.SelfAttribute("assigned_to")
