"""How long a piece of work takes, and statements of our own to put beside it."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def timed_and_undone(work: Callable[[], Any]) -> float:
    point = transaction.savepoint()
    spent = timed(work)
    transaction.savepoint_rollback(point)
    return spent


def run(statement: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
