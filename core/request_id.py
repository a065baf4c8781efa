"""The number that ties a request's log lines, audit entries and error page together."""

import logging
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The number of the request being answered; empty outside one."""
    return _current.get()


def begin(number: str) -> None:
    """Every log line from here on belongs to this request."""
    _current.set(number)


class Filter(logging.Filter):
    """Puts the number on each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current()
        return True
