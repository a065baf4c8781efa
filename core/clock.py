"""The program's only clock. Nobody else asks the system for the time, so tests and the demo can travel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_OPENS = time(9, 0)

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """This instant, aware, told in Asia/Shanghai (so that `.date()` is the day people would name)."""
    return (_stopped_at.get() or timezone.now()).astimezone(SHANGHAI)


def today() -> date:
    """Today's date in Asia/Shanghai, whatever the server's zone."""
    return now().date()


@contextmanager
def travel(moment: datetime | date) -> Iterator[datetime]:
    """Stop the clock at a moment; a bare date means 09:00 in Shanghai of that day. Nests."""
    token = _stopped_at.set(_instant(moment))
    try:
        yield now()
    finally:
        _stopped_at.reset(token)


def _instant(moment: datetime | date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, OFFICE_OPENS, tzinfo=SHANGHAI)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    return moment
