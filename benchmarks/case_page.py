"""The page of a case with sixty workers: our page beside its rows and sums in SQL written by hand."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count
from django.test import Client

from accounts.models import User
from benchmarks.ground import GROUP
from benchmarks.table import Line, compare
from cases.models import Case

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


def measure() -> Iterator[Line]:
    case = Case.objects.annotate(n=Count("claimants")).get(n=GROUP)
    browser = Client()
    browser.force_login(User.objects.get(username="clerk"))
    ours, theirs = compare(lambda: browser.get(case.get_absolute_url()), lambda: bare(case.pk))
    yield Line(f"案件页（{GROUP} 名申请人）", ours, theirs, f"手写的 {len(STATEMENTS)} 条 SQL")
