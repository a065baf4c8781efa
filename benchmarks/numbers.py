"""Taking official numbers: our verb beside the same three statements in bare SQL. Everything is rolled back.

Run by `make bench`, or alone: `python -m benchmarks.numbers`.
"""

import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.models import Organisation, User  # noqa: E402
from core import clock  # noqa: E402
from documents import numbers  # noqa: E402

COUNT = 300
LOCK = "SELECT id, last FROM documents_numberseries WHERE organisation_id = %s AND kind = %s AND year = %s FOR UPDATE"
STEP = "UPDATE documents_numberseries SET last = %s WHERE id = %s"
WRITE = (
    "INSERT INTO documents_number (series_id, seq, text, taken_by_id, taken_at, void_reason) "
    "VALUES (%s, %s, %s, %s, now(), '')"
)


def milliseconds(take: Callable[[], object]) -> float:
    take()
    start = time.perf_counter()
    for _ in range(COUNT):
        take()
    return (time.perf_counter() - start) * 1000 / COUNT


def main() -> None:
    with transaction.atomic():
        office = Organisation.objects.create(
            code="999999",
            name="测速人民检察院",
            abbreviation="测",
            kind="procuratorate",
            region_code="999999",
        )
        clerk = User.objects.create(username="bench-numbers", name="测速", role="clerk", organisation=office)
        year = clock.today().year
        ours = milliseconds(lambda: numbers.take(office, kind="case", year=year, by=clerk))
        bare = milliseconds(lambda: bare_take(office.pk, year, clerk.pk))
        transaction.set_rollback(True)
    print(f"Number: {ours:.2f} ms; bare SQL: {bare:.2f} ms, ratio {ours / bare:.2f}")


def bare_take(office: int, year: int, clerk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [office, "case", year])
        series, last = cursor.fetchone()
        cursor.execute(STEP, [last + 1, series])
        cursor.execute(WRITE, [series, last + 1, f"测检民支〔{year}〕{last + 1}号", clerk])


if __name__ == "__main__":
    main()
