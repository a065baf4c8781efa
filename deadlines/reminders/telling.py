"""发出提醒: reminders that wait are claimed in batches, told, and marked told in the same transaction."""

import logging
from datetime import date

from django.db import InterfaceError, OperationalError, transaction

from core import clock
from deadlines.clocks import source_of
from deadlines.models import Reminder
from deadlines.reminders import words
from deadlines.reminders.recipients import Directory, Hearer
from deadlines.stages import Rank
from notifications.models import Message, Notification, Topic

BATCH = 500

logger = logging.getLogger(__name__)


def key_of(reminder: Reminder) -> str:
    """The occasion under which everybody hears of this reminder, at most once."""
    return f"deadline-reminder-{reminder.pk}"


def tell_waiting(today: date) -> int:
    """Tell all that wait; returns how many. What failed waits for the next scan.

    Another scan may pass over a row only because this one held its deadline for the sake of another row: therefore
    whoever has told something goes through once more.
    """
    told = 0
    while more := _go_through(today):
        told += more
    return told


def _go_through(today: date) -> int:
    told, last = 0, 0
    while batch := _tell_batch(today, after=last):
        told += sum(reminder.sent_at is not None for reminder in batch)
        last = batch[-1].pk
    return told


@transaction.atomic
def _tell_batch(today: date, *, after: int) -> list[Reminder]:
    batch = _claim(after)
    if not batch:
        return []
    try:
        _tell(batch, today)
    except (OperationalError, InterfaceError):
        raise  # the database is the trouble, not a row
    except Exception:
        logger.exception("一批期限提醒没有一次发出，改为逐条发出")
        for reminder in batch:
            _tell_alone(reminder, today)
    return batch


def _claim(after: int) -> list[Reminder]:
    """Rows that no other scan and no verb holds, with their deadlines.

    A deadline is locked with its reminder: whoever meets it meanwhile waits, and then withdraws what was said; whoever
    has met it already is seen, because a locked row is looked at again.
    """
    waiting = Reminder.objects.waiting().filter(pk__gt=after).order_by("pk")
    claimed = waiting.select_for_update(of=("self", "deadline"), skip_locked=True)
    return list(claimed.select_related("deadline__responsible")[:BATCH])


def _tell_alone(reminder: Reminder, today: date) -> None:
    """One row that cannot be told must not keep the others from being told."""
    try:
        _tell([reminder], today)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        reminder.sent_at = None
        logger.exception("期限提醒 %s 没有发出", reminder.pk)


@transaction.atomic
def _tell(batch: list[Reminder], today: date) -> None:
    """As many statements for five hundred as for one."""
    directory = Directory([reminder.deadline for reminder in batch], today)
    for reminder in batch:
        reminder.is_late = reminder.is_late or reminder.planned_on < today
    told = Notification.objects.deliver_many(
        [message for reminder in batch for message in messages(reminder, directory, today)]
    )
    for reminder in batch:
        reminder.told, reminder.sent_at = told[key_of(reminder)], clock.now()
    Reminder.objects.bulk_update(batch, ["told", "sent_at", "is_late"])


def messages(reminder: Reminder, directory: Directory, today: date) -> list[Message]:
    """One occasion in the words of each who hears of it."""
    found = directory.hearers(reminder.deadline, reminder.to)
    return [_message(reminder, hearer, today) for hearer in found]


def _message(reminder: Reminder, hearer: Hearer, today: date) -> Message:
    deadline = reminder.deadline
    return Message(
        (hearer.person,),
        key=key_of(reminder),
        title=words.title(reminder, hearer, today),
        url=deadline.owner_url,
        topic=Topic.DEADLINE if hearer.rank == Rank.RESPONSIBLE else Topic.ESCALATION,
        source=source_of(deadline),
        urgent=deadline.due_on <= today,
    )
