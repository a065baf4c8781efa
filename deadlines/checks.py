from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from deadlines.models import Holiday
from deadlines.reference import calendar_warning

_asked: ContextVar[bool] = ContextVar("calendar_asked", default=True)


@register(Tags.database)
def holidays_are_entered(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """节假日缺失: dates of a year without data would be guesses. Silent until the table exists."""
    tables = {table for alias in databases or [] for table in connections[alias].introspection.table_names()}
    if not _asked.get() or Holiday._meta.db_table not in tables:
        return []
    sentence = calendar_warning()
    hint = "在“设置 → 节假日”里导入国务院办公厅的通知。"
    return [Error(sentence, hint=hint, id="deadlines.E904")] if sentence else []


@contextmanager
def calendar_not_asked() -> Iterator[None]:
    """For `migrate` alone: a year that nobody has entered must not keep the tables from being brought up to date."""
    token = _asked.set(False)
    try:
        yield
    finally:
        _asked.reset(token)
