"""期限提醒: a scan inserts every reminder whose time has come, then tells; twice is harmless."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core import clock
from deadlines.models import Deadline, Reminder
from notifications.models import Notification

Stage = Reminder.Stage
BATCH = 500


def scan(today: date | None = None) -> int:
    """Insert what is missing up to today and deliver what waits; returns how many reminders were told."""
    day = today or clock.today()
    for stage in Stage:
        _insert(stage, day)
    told = 0
    while batch := _deliver_batch(day):
        told += batch
    return told


def due_now(stage: Stage, today: date) -> Q:
    """Which deadlines have reached this stage."""
    match stage:
        case Stage.WARN:
            return Q(warn_on__lte=today)
        case Stage.DUE:
            return Q(due_on__lte=today)
    return Q(due_on__lt=today)


def planned_day(stage: Stage, deadline: Deadline) -> date:
    """The day on which this stage should be told; never before the deadline was known here."""
    days = {Stage.WARN: deadline.warn_on, Stage.DUE: deadline.due_on}
    planned = days.get(stage, deadline.due_on + timedelta(days=1))
    return max(planned, deadline.created_at.astimezone(clock.SHANGHAI).date())


def _insert(stage: Stage, today: date) -> None:
    """Late is labelled late: a scheduler that slept misses nothing."""
    told = Reminder.objects.filter(deadline=OuterRef("pk"), due_on=OuterRef("due_on"), stage=stage)
    missing = Deadline.objects.running().filter(due_now(stage, today)).exclude(Exists(told))
    columns = missing.only("pk", "warn_on", "due_on", "created_at")
    Reminder.objects.bulk_create(
        (_row(stage, deadline, today) for deadline in columns.iterator(chunk_size=BATCH)),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _row(stage: Stage, deadline: Deadline, today: date) -> Reminder:
    planned = planned_day(stage, deadline)
    return Reminder(
        deadline=deadline,
        stage=stage,
        due_on=deadline.due_on,
        planned_on=planned,
        is_late=today > planned,
    )


@transaction.atomic
def _deliver_batch(today: date) -> int:
    """Claim a batch that no other scan holds, tell, and mark it told in the same transaction."""
    waiting = Reminder.objects.waiting().select_for_update(of=("self",), skip_locked=True)
    batch = list(waiting.select_related("deadline__responsible")[:BATCH])
    for reminder in batch:
        _tell(reminder, today)
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in batch]).update(sent_at=clock.now())
    return len(batch)


def _tell(reminder: Reminder, today: date) -> None:
    deadline = reminder.deadline
    late = "（迟发）" if reminder.is_late else ""
    Notification.objects.deliver(
        [deadline.responsible],
        key=f"deadline-reminder-{reminder.pk}",
        title=f"{deadline.title} {deadline.label(today)}（{deadline.due_on} 到期）{late}",
        url=deadline.owner_url,
    )
