"""The number that ties a request's log lines, audit entries and error page together."""

import logging
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The number of the request being answered; empty outside one."""
    return _current.get()


def spoken() -> str:
    """错误编号: the number as people read it out (8F3A-21); the log has it beside the whole one."""
    number = current().upper()
    return f"{number[:4]}-{number[4:6]}" if number else ""


def begin(number: str) -> None:
    """Every log line from here on belongs to this request."""
    _current.set(number)


class Filter(logging.Filter):
    """Puts the number on each log record, in both its forms."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id, record.error_number = current(), spoken()
        return True
