"""The list of 5,000 cases with 50,000 workers: our page beside the same rows and sums in bare SQL. Rolled back.

Run by `make bench`, or alone: `python -m benchmarks.list`.
"""

import os
import time
from collections.abc import Callable
from statistics import quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from benchmarks.office import fill  # noqa: E402
from core.search import lookup  # noqa: E402

CASES, WORKERS, ROUNDS = 5_000, 10, 20
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ROWS = """
SELECT c.id, c.official_number, c.title, d.due_on,
  (SELECT sum(i.owed) FROM cases_claimitem i JOIN cases_claimant w ON w.id = i.claimant_id
    WHERE w.case_id = c.id AND w.withdrawn_on IS NULL),
  (SELECT sum(a.amount) FROM cases_allocation a JOIN cases_recovery r ON r.id = a.recovery_id
    WHERE r.case_id = c.id AND r.verified_at IS NOT NULL)
FROM cases_case c LEFT JOIN LATERAL (
  SELECT due_on FROM deadlines_deadline d JOIN cases_casedeadline l ON l.deadline_id = d.id
  WHERE l.case_id = c.id AND d.met_on IS NULL AND d.cancelled_at IS NULL AND d.paused_on IS NULL
  ORDER BY due_on LIMIT 1) d ON true
WHERE c.organisation_id = %s {more} ORDER BY d.due_on NULLS LAST, c.id DESC LIMIT 20
"""
SUMS = """
SELECT count(DISTINCT c.id), sum(i.owed) FROM cases_case c
LEFT JOIN cases_claimant w ON w.case_id = c.id AND w.withdrawn_on IS NULL
LEFT JOIN cases_claimitem i ON i.claimant_id = w.id WHERE c.organisation_id = %s {more}
"""
SEARCHED = "AND c.search @@ %s::tsquery"


def p95(work: Callable[[], object]) -> float:
    """Milliseconds that nineteen of twenty rounds stay below; the first round is thrown away."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return quantiles(spent, n=20)[-1]


def bare(more: str, arguments: list[object]) -> None:
    with connection.cursor() as cursor:
        for statement in (ROWS, SUMS):
            cursor.execute(statement.format(more=more), arguments)
            cursor.fetchall()


@override_settings(STORAGES=PLAIN_FILES, ALLOWED_HOSTS=["testserver"])
def main() -> None:
    with transaction.atomic():
        handler = fill(CASES, WORKERS)
        browser = Client()
        browser.force_login(handler, backend="accounts.backend.Backend")
        office = handler.organisation_id
        for what, query, more, arguments in [
            ("all, by clock", "view=all", "", [office]),
            ("page 200", "view=all&page=200", "", [office]),
            ("by amount", "view=all&sort=-amount", "", [office]),
            ("search", "q=王建国", SEARCHED, [office, lookup("王建国")]),
        ]:
            ours = p95(lambda query=query: browser.get(f"/cases/?{query}"))
            theirs = p95(lambda more=more, arguments=arguments: bare(more, arguments))
            print(f"List, {CASES} cases, {what}: p95 {ours:.0f} ms")
            print(f"  bare SQL: {theirs:.0f} ms, ratio {ours / theirs:.1f}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
