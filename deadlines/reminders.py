"""期限提醒: a scan inserts every reminder whose day has come, then tells; twice is harmless, late is labelled late."""

from datetime import date

from django.db import connection, transaction

from accounts.models import User
from accounts.permissions import Role
from core import clock
from deadlines.clocks import source_of
from deadlines.models import Deadline, Reminder
from deadlines.stages import Rank
from notifications.models import Notification, Topic

BATCH = 500
ROLES = {Rank.HEAD: Role.DEPARTMENT_HEAD, Rank.CHIEF: Role.CHIEF}

# One statement for a batch: rows whose next day has come are locked (another scan skips them), every planned stage up
# to today becomes a reminder unless it is there, and the row moves on to its next day. Set-based, because a scan of a
# million open deadlines must not bring them into Python; the partial index `deadline_remind` finds them.
INSERT_DUE = """
WITH ready AS (
    SELECT id, plan, due_on FROM deadlines_deadline
    WHERE met_on IS NULL AND cancelled_at IS NULL AND paused_on IS NULL AND remind_on <= %(today)s
    ORDER BY remind_on LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), said AS (
    INSERT INTO deadlines_reminder (deadline_id, stage, "to", due_on, planned_on, is_late, created_at, told)
    SELECT ready.id, s.stage, s."to", ready.due_on, s."on", s."on" < %(today)s, %(now)s, 0
    FROM ready CROSS JOIN LATERAL jsonb_to_recordset(ready.plan) AS s(stage text, "on" date, "to" jsonb)
    WHERE s."on" <= %(today)s
    ON CONFLICT (deadline_id, due_on, stage) DO NOTHING
)
UPDATE deadlines_deadline AS d SET remind_on = (
    SELECT min(s."on") FROM jsonb_to_recordset(ready.plan) AS s("on" date) WHERE s."on" > %(today)s
) FROM ready WHERE d.id = ready.id
"""
ROWS = 20_000


def scan(today: date | None = None) -> int:
    """Insert what is missing up to today and deliver what waits; returns how many reminders were told."""
    day = today or clock.today()
    insert_due(day)
    told = 0
    while batch := _deliver_batch(day):
        told += batch
    return told


def insert_due(today: date) -> int:
    """Reminders for every stage that has come, in batches of their own transaction; returns the deadlines passed."""
    passed = 0
    while batch := _insert_batch(today):
        passed += batch
    return passed


@transaction.atomic
def _insert_batch(today: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(INSERT_DUE, {"today": today, "now": clock.now(), "batch": ROWS})
        return int(cursor.rowcount)


@transaction.atomic
def _deliver_batch(today: date) -> int:
    """Claim a batch that no other scan holds, tell, and mark it told in the same transaction."""
    waiting = Reminder.objects.waiting().select_for_update(of=("self",), skip_locked=True)
    batch = list(waiting.select_related("deadline__responsible", "deadline__organisation")[:BATCH])
    for reminder in batch:
        _tell(reminder, today)
    return len(batch)


def _tell(reminder: Reminder, today: date) -> None:
    deadline = reminder.deadline
    late = "（迟发）" if reminder.is_late else ""
    reminder.told = Notification.objects.deliver(
        recipients(reminder),
        key=f"deadline-reminder-{reminder.pk}",
        title=f"{deadline.title} {deadline.label(today)}（{deadline.due_on} 到期）{late}",
        url=deadline.owner_url,
        topic=Topic.ESCALATION if set(reminder.to) & set(ROLES) else Topic.DEADLINE,
        source=source_of(deadline),
        urgent=deadline.due_on <= today,
    )
    reminder.sent_at = clock.now()
    reminder.save(update_fields=["told", "sent_at"])


def recipients(reminder: Reminder) -> list[User]:
    """Whoever is responsible, and the ranks that this stage climbs to."""
    deadline: Deadline = reminder.deadline
    people = [deadline.responsible]
    for rank, role in ROLES.items():
        if rank in reminder.to:
            people += User.objects.in_role(deadline.organisation, role)
    return people
