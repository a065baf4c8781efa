"""待办: the verbs of `Task`. Giving, changing and planning ask the policy; events of a case finish and move without."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core import clock
from core.refusals import Conflict, Refused
from deadlines import policy
from deadlines.models import Task, TaskChange, TaskHandOver, Watcher
from notifications.models import Notification, Topic


def add(
    *,
    title: str,
    assigned_to: User,
    by: User,
    due_on: date | None = None,
    owner_url: str = "",
    hearing_at: datetime | None = None,
) -> Task:
    """登记待办, for oneself or a colleague of the same unit. `hearing_at`: it stands for the hearing of that hour."""
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
        hearing_at=hearing_at,
        created_by=by,
    )


@transaction.atomic
def give(
    *,
    title: str,
    assigned_to: User,
    by: User,
    due_on: date | None = None,
    cc: Iterable[User] = (),
    owner_url: str = "",
) -> Task:
    """交办: a to-do for a colleague (or oneself), with 抄送; whoever has to do it is told."""
    if why_not := policy.why_not_give(by):
        raise Refused(why_not)
    if not (assigned_to.is_active and assigned_to.is_office_staff):
        raise Refused("待办只能交给本单位在岗的办案人员，请另选一位。")
    if due_on is not None and due_on < clock.today():
        raise Refused(f"计划完成日期 {due_on} 已经过去，请改成今天或以后的日期。")
    task = add(title=title, assigned_to=assigned_to, by=by, due_on=due_on, owner_url=owner_url)
    watch(task, people=cc, by=by)
    if assigned_to.pk != by.pk:
        day = f"，{due_on:%m-%d} 前办结" if due_on else ""
        _tell([assigned_to], task, f"task-given-{task.pk}", f"交给你一项待办{day}")
    return task


@transaction.atomic
def edit(task: Task, *, title: str, seen: str, cc: Iterable[User] = (), by: User) -> Task:
    """修改待办: its words, and whoever is kept informed. `seen` is what the page showed when it was opened."""
    task = Task.objects.lock(task)
    if why_not := policy.why_not_edit(task, by):
        raise Refused(why_not)
    if task.title != seen:
        raise Conflict("这项待办刚被改过，请核对后再保存。", current=task)
    if not title.strip():
        raise Refused("还没填待办事项。")
    task.title = title.strip()
    task.save(update_fields=["title"])
    people = list(cc)
    task.watchers.exclude(user__in=people).delete()
    watch(task, people=people, by=by)
    return task


def watch(task: Task, *, people: Iterable[User], by: User) -> None:
    """抄送: these colleagues of the same unit are kept informed, and told so; whoever does it or gave it is anyway.

    Callers hold the lock of the to-do, so nobody else copies it to somebody meanwhile.
    """
    known = {task.assigned_to_id, task.created_by_id, *task.watchers.values_list("user", flat=True)}
    added = [each for each in people if each.pk not in known]
    if any(each.organisation_id != task.organisation_id for each in added):
        raise Refused("只能抄送给本单位的人员，请重新选择。")
    rows = Watcher.objects.bulk_create([Watcher(task=task, user=each, added_by=by) for each in added])
    if rows:
        told = [each for each in added if each.pk != by.pk]
        _tell(told, task, f"copied-{task.pk}-{rows[0].pk}", "抄送给你一项待办")


@transaction.atomic
def finish(task: Task, *, by: User, note: str = "") -> Task:
    """办结待办. Whoever gave it and those informed hear of it."""
    task = Task.objects.lock(task)
    if task.done_at:
        raise Refused("这项待办已经完成。")
    task.done_at, task.done_by, task.done_note = clock.now(), by, note.strip()
    _save(task, "done_at", "done_by", "done_note")
    Notification.objects.settle(source_of(task))
    return task


@transaction.atomic
def reschedule(task: Task, *, on: date, by: User, reason: str, on_behalf_of: User | None = None) -> Task:
    """待办改期: another day, with the reason on record."""
    task = Task.objects.lock(task)
    if why_not := policy.why_not_reschedule(task, by):
        raise Refused(why_not)
    if on == task.due_on:
        raise Refused(f"现在就是 {on}，请改成别的日期。")
    if on < clock.today():
        raise Refused(f"{on} 已经过去，请改成今天或以后的日期。")
    if not reason.strip():
        raise Refused("还没填改期事由。")
    TaskChange.objects.create(
        task=task,
        old_due=task.due_on,
        new_due=on,
        reason=reason.strip(),
        changed_by=by,
        on_behalf_of=on_behalf_of,
    )
    task.due_on = on
    _save(task, "due_on")
    return task


@transaction.atomic
def hand_over(task: Task, *, to: User, by: User, reason: str) -> Task:
    """转办待办, by itself or with the matter that it belongs to; with its reason on record."""
    task = Task.objects.lock(task)
    TaskHandOver.objects.create(
        task=task, giver=task.assigned_to, taker=to, reason=reason.strip(), handed_by=by
    )
    task.assigned_to = to
    _save(task, "assigned_to")
    return task


@transaction.atomic
def reopen(task: Task, *, by: User) -> Task:
    """撤销完成: only whoever finished it takes that back."""
    task = Task.objects.lock(task)
    if task.done_by_id != by.pk:
        raise Refused("这项待办不是你完成的，不能撤销。")
    task.done_at = task.done_by = None
    task.done_note = ""
    _save(task, "done_at", "done_by", "done_note")
    return task


def _save(task: Task, *columns: str) -> None:
    """What calendars show has changed: they take the newer of two by its number."""
    task.sequence += 1
    task.changed_at = clock.now()
    task.save(update_fields=[*columns, "sequence", "changed_at"])


def source_of(task: Task) -> str:
    """What notifications about this to-do are filed under (`Notification.source`)."""
    return f"task-{task.pk}"


def _tell(people: Iterable[User], task: Task, key: str, title: str) -> None:
    """Never the words of the to-do itself: people write names into them, and messages leave the house."""
    Notification.objects.deliver(
        people,
        key=key,
        title=title,
        url=task.get_absolute_url(),
        topic=Topic.URGE,
        source=source_of(task),
    )


def told_anew(owner_url: str) -> None:
    """Calendars hear that the matter of these to-dos is called otherwise now (取得文号)."""
    found = Task.objects.filter(owner_url=owner_url)
    found.update(sequence=F("sequence") + 1, changed_at=clock.now())
