"""The list of 5,000 cases: our page beside the same rows and sums in SQL written by hand."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client

from accounts.models import User
from benchmarks.ground import CASES
from benchmarks.table import Line, compare
from core.search import lookup

NAME = "王建国"
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


def bare(more: str, arguments: list[object]) -> None:
    with connection.cursor() as cursor:
        for statement in (ROWS, SUMS):
            cursor.execute(statement.format(more=more), arguments)
            cursor.fetchall()


def measure() -> Iterator[Line]:
    clerk = User.objects.get(username="clerk")
    browser, office = Client(), clerk.organisation_id
    browser.force_login(clerk)
    for what, query, more, arguments in [
        ("按期限", "view=all", "", [office]),
        ("第 200 页", "view=all&page=200", "", [office]),
        ("按金额", "view=all&sort=-amount", "", [office]),
        ("检索姓名", f"q={NAME}", SEARCHED, [office, lookup(NAME)]),
    ]:
        ours, theirs = compare(
            lambda query=query: browser.get(f"/cases/?{query}"),
            lambda more=more, arguments=arguments: bare(more, arguments),
        )
        yield Line(f"案件列表（{CASES} 件），{what}", ours, theirs, "手写 SQL 取同样的行与合计")
