from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from deadlines.models import Holiday
from deadlines.reference import calendar_warning


@register(Tags.database)
def holidays_are_entered(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """节假日缺失: dates of a year without data would be guesses. Silent until the table exists."""
    tables = {table for alias in databases or [] for table in connections[alias].introspection.table_names()}
    if Holiday._meta.db_table not in tables:
        return []
    sentence = calendar_warning()
    return [Warning(sentence, id="deadlines.W001")] if sentence else []
