"""Taking official numbers: our verb beside the same three statements in bare SQL. Everything is rolled back."""

from collections.abc import Iterator

from django.db import connection, transaction

from accounts.models import Organisation, User
from benchmarks.table import Line, compare
from core import clock
from documents import numbers

COUNT = 300
LOCK = "SELECT id, last FROM documents_numberseries WHERE organisation_id = %s AND kind = %s AND year = %s FOR UPDATE"
STEP = "UPDATE documents_numberseries SET last = %s WHERE id = %s"
WRITE = (
    "INSERT INTO documents_number (series_id, seq, text, taken_by_id, taken_at, void_reason) "
    "VALUES (%s, %s, %s, %s, now(), '')"
)


def measure() -> Iterator[Line]:
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
        ours, bare = compare(
            lambda: numbers.take(office, kind="case", year=year, by=clerk),
            lambda: bare_take(office.pk, year, clerk.pk),
            COUNT,
        )
        transaction.set_rollback(True)
    yield Line("取一个文号", ours, bare, "同样的三条 SQL，只用游标")


def bare_take(office: int, year: int, clerk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [office, "case", year])
        series, last = cursor.fetchone()
        cursor.execute(STEP, [last + 1, series])
        cursor.execute(WRITE, [series, last + 1, f"测检民支〔{year}〕{last + 1}号", clerk])
