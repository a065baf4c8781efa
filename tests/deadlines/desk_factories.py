"""Rows around a to-do or a deadline: who was urged, who is informed, what was moved and handed over."""

from datetime import date

import factory

from deadlines.models import TaskChange, TaskHandOver, Urge, Watcher
from tests.accounts.factories import UserFactory
from tests.deadlines.factories import TaskFactory


class TaskChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskChange

    task = factory.SubFactory(TaskFactory)
    new_due = date(2026, 8, 20)
    reason = "等材料"
    changed_by = factory.SelfAttribute("task.assigned_to")


class TaskHandOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskHandOver

    task = factory.SubFactory(TaskFactory)
    giver = factory.SelfAttribute("task.assigned_to")
    taker = factory.SubFactory(UserFactory)
    reason = "外出培训"
    handed_by = factory.SelfAttribute("giver")


class UrgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Urge

    task = factory.SubFactory(TaskFactory)
    urged = factory.SelfAttribute("task.assigned_to")
    urged_by = factory.SubFactory(UserFactory)


class WatcherFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Watcher

    task = factory.SubFactory(TaskFactory)
    user = factory.SubFactory(UserFactory)
    added_by = factory.SelfAttribute("task.created_by")
