"""租约: who works on a row holds it for a while; whoever dies leaves a lease that runs out, and another begins anew."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from core import clock


@contextmanager
def renewed(rows: Callable[[], QuerySet[Any]], *, lease: timedelta, every: float) -> Iterator[None]:
    """Keep the lease of `rows()` alive beside the work, so that what takes long is not begun twice.

    `every` are seconds. `rows` asks anew each time: once the claim is another's, it is nobody's to renew.
    """
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stop, rows, lease, every), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep(stop: threading.Event, rows: Callable[[], QuerySet[Any]], lease: timedelta, every: float) -> None:
    try:
        while not stop.wait(every):
            rows().update(lease_until=clock.now() + lease)
    finally:
        connection.close()
