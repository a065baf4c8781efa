"""The page of a case with sixty workers: our page beside its sums and rows in bare SQL. Rolled back.

Run by `make bench`, or alone: `python -m benchmarks.case_page`.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.list import PLAIN_FILES, p95  # noqa: E402
from benchmarks.office import fill  # noqa: E402
from cases.models import Case  # noqa: E402

WORKERS = 60
STATEMENTS = [
    "SELECT * FROM cases_case WHERE id = %s",
    """SELECT p.name, w.*, (SELECT sum(i.owed) FROM cases_claimitem i WHERE i.claimant_id = w.id),
         (SELECT sum(a.amount) FROM cases_allocation a JOIN cases_recovery r ON r.id = a.recovery_id
           WHERE a.claimant_id = w.id AND r.verified_at IS NOT NULL)
       FROM cases_claimant w JOIN cases_person p ON p.id = w.person_id WHERE w.case_id = %s""",
    "SELECT * FROM cases_respondent WHERE case_id = %s",
    "SELECT * FROM cases_evidence WHERE case_id = %s",
    "SELECT * FROM cases_recovery WHERE case_id = %s",
    "SELECT * FROM cases_caseevent WHERE case_id = %s ORDER BY happened_at DESC LIMIT 6",
    """SELECT d.* FROM deadlines_deadline d JOIN cases_casedeadline l ON l.deadline_id = d.id
       WHERE l.case_id = %s AND d.met_on IS NULL""",
]


def bare(case: int) -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, [case])
            cursor.fetchall()


@override_settings(STORAGES=PLAIN_FILES, ALLOWED_HOSTS=["testserver"])
def main() -> None:
    with transaction.atomic():
        handler = fill(20, WORKERS)
        case = Case.objects.filter(handler=handler, stage="enforcement").earliest("pk")
        browser = Client()
        browser.force_login(handler, backend="accounts.backend.Backend")
        ours = p95(lambda: browser.get(case.get_absolute_url()))
        theirs = p95(lambda: bare(case.pk))
        with CaptureQueriesContext(connection) as queries:
            browser.get(case.get_absolute_url())
        print(f"Case page, {WORKERS} workers: p95 {ours:.0f} ms, {len(queries)} queries")
        print(f"  bare SQL: {theirs:.1f} ms, ratio {ours / theirs:.1f}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
