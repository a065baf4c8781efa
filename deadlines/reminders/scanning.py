"""The minute's scan: insert what has come, tell what waits."""

from datetime import date

from core import clock
from deadlines.reminders.inserting import insert_due
from deadlines.reminders.telling import tell_waiting


def scan(today: date | None = None) -> int:
    """Insert what is missing up to today and tell what waits; returns how many reminders were told."""
    day = today or clock.today()
    insert_due(day)
    return tell_waiting(day)
