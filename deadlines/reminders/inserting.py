"""提醒登记: every stage whose day has come becomes a row, once. Set-based: a million deadlines stay in the database."""

import logging
from datetime import date
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

from core import clock
from deadlines.models import Deadline

ROWS = 20_000

logger = logging.getLogger(__name__)

# One statement for a batch: rows whose next day has come are locked (another scan skips them, a verb waits or is
# waited for, and a row that a verb has just met, paused or moved is looked at again), every planned stage up to today
# becomes a reminder unless it is there, and the row moves on to its next day. A clock that is set back therefore says
# nothing twice: neither the row nor the key goes back. The partial index `deadline_remind` finds the rows.
INSERT_DUE = """
WITH ready AS (
    SELECT id, plan, due_on FROM deadlines_deadline
    WHERE met_on IS NULL AND cancelled_at IS NULL AND paused_on IS NULL AND remind_on <= %(today)s
      AND (%(only)s::bigint[] IS NULL OR id = ANY(%(only)s::bigint[])) AND id <> ALL(%(spared)s::bigint[])
    ORDER BY remind_on LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), said AS (
    INSERT INTO deadlines_reminder (deadline_id, stage, "to", due_on, planned_on, is_late, created_at, told)
    SELECT ready.id, s.stage, s."to", ready.due_on, s."on", COALESCE(s.late, false) OR s."on" < %(today)s, %(now)s, 0
    FROM ready CROSS JOIN LATERAL jsonb_to_recordset(ready.plan) AS s(stage text, "on" date, "to" jsonb, late boolean)
    WHERE s."on" <= %(today)s
    ON CONFLICT (deadline_id, due_on, stage) DO NOTHING
)
UPDATE deadlines_deadline AS d SET remind_on = (
    SELECT min(s."on") FROM jsonb_to_recordset(ready.plan) AS s("on" date) WHERE s."on" > %(today)s
) FROM ready WHERE d.id = ready.id
"""


def insert_due(today: date) -> int:
    """Reminders for every stage that has come, in batches of their own transaction; returns the deadlines passed.

    A plan that the database cannot read must not keep the others from being reminded of: it is found, logged and
    left where it is, and the probe (`deadlines.reminders.health`) speaks of it.
    """
    passed = 0
    unreadable: list[int] = []
    while True:
        try:
            batch = _insert(today, spared=unreadable)
        except (DataError, IntegrityError):
            batch = _insert_around(_ready(today, unreadable), today, unreadable)
        if not batch:
            return passed
        passed += batch


@transaction.atomic
def _insert(today: date, *, only: list[int] | None = None, spared: list[int]) -> int:
    values: dict[str, Any] = {
        "today": today,
        "now": clock.now(),
        "batch": ROWS,
        "only": only,
        "spared": spared,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_DUE, values)
        return int(cursor.rowcount)


def _ready(today: date, unreadable: list[int]) -> list[int]:
    """The batch that the statement would have taken."""
    found = Deadline.objects.running().filter(remind_on__lte=today).exclude(pk__in=unreadable)
    return list(found.order_by("remind_on").values_list("pk", flat=True)[:ROWS])


def _insert_around(ids: list[int], today: date, unreadable: list[int]) -> int:
    """Halve the batch until what breaks it stands alone."""
    if not ids:
        return 0
    try:
        return _insert(today, only=ids, spared=[])
    except (DataError, IntegrityError):
        if len(ids) == 1:
            logger.exception("期限 %s 的提醒没有登记上", ids[0])
            unreadable += ids
            return 0
    half = len(ids) // 2
    return _insert_around(ids[:half], today, unreadable) + _insert_around(ids[half:], today, unreadable)
