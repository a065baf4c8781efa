"""个人待办: the verbs of `Task`."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.refusals import Refused
from deadlines.models import Task


def add(*, title: str, assigned_to: User, by: User, due_on: date | None = None, owner_url: str = "") -> Task:
    """登记待办, for oneself or a colleague of the same unit."""
    if not title.strip():
        raise Refused("还没填待办事项。")
    if assigned_to.organisation_id != by.organisation_id:
        raise Refused("待办只能交给本单位的人员，请另选一位。")
    return Task.objects.create(
        organisation=by.organisation,
        title=title.strip(),
        assigned_to=assigned_to,
        due_on=due_on,
        owner_url=owner_url,
        created_by=by,
    )


@transaction.atomic
def finish(task: Task, *, by: User) -> Task:
    """办结待办."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_at:
        raise Refused("这项待办已经完成。")
    task.done_at, task.done_by = clock.now(), by
    task.save(update_fields=["done_at", "done_by"])
    return task


@transaction.atomic
def hand_over(task: Task, *, to: User) -> Task:
    """转办待办: with the matter that it belongs to."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.assigned_to = to
    task.save(update_fields=["assigned_to"])
    return task


@transaction.atomic
def reopen(task: Task, *, by: User) -> Task:
    """撤销完成: only whoever finished it takes that back."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_by_id != by.pk:
        raise Refused("这项待办不是你完成的，不能撤销。")
    task.done_at = task.done_by = None
    task.save(update_fields=["done_at", "done_by"])
    return task
