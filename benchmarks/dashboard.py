"""The seven figures of 追薪成效 by our definitions, beside the same seven counted in SQL written by hand."""

from collections.abc import Iterator

from django.db import connection

from accounts.models import User
from benchmarks.table import Line, compare
from core import clock
from dashboard.figures import FIGURES, Scope, scope_of
from dashboard.periods import period_of

ACCEPTED = "organisation_id = %(office)s AND accepted_on >= %(first)s AND accepted_on < %(end)s"
MONEY = """
FROM cases_allocation a JOIN cases_recovery r ON r.id = a.recovery_id
WHERE r.organisation_id = %(office)s AND r.verified_at IS NOT NULL AND r.paid_on >= %(first)s AND r.paid_on < %(end)s
"""
BY_HAND = {
    "recovered_amount": f"SELECT coalesce(sum(a.amount), 0) {MONEY}",
    "recovered_workers": f"""
        SELECT count(*) FROM (SELECT a.person_id {MONEY} GROUP BY a.person_id HAVING sum(a.amount) > 0) p""",
    "accepted_cases": f"SELECT count(*) FROM cases_case WHERE {ACCEPTED}",
    "supported_cases": """
        SELECT count(*) FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
        WHERE c.organisation_id = %(office)s AND d.outcome = 'support'
          AND d.decided_on >= %(first)s AND d.decided_on < %(end)s""",
    "claimed_amount": f"""
        SELECT coalesce(sum(coalesce(d.claimed_amount, o.owed, 0)), 0)
        FROM cases_case c LEFT JOIN cases_decision d ON d.case_id = c.id LEFT JOIN (
          SELECT w.case_id, sum(i.owed) AS owed FROM cases_claimitem i JOIN cases_claimant w ON w.id = i.claimant_id
          WHERE w.withdrawn_on IS NULL GROUP BY w.case_id) o ON o.case_id = c.id
        WHERE c.{ACCEPTED.replace("AND accepted", "AND c.accepted")}""",
    "open_cases": """
        SELECT count(*) FROM cases_case WHERE organisation_id = %(office)s AND accepted_on IS NOT NULL
          AND stage IN ('review', 'approval', 'supported', 'filed', 'trial', 'enforcement')""",
    "overdue": """
        SELECT count(*) FROM deadlines_deadline WHERE organisation_id = %(office)s AND due_on < %(today)s
          AND met_on IS NULL AND cancelled_at IS NULL AND paused_on IS NULL AND whose = 'ours'
          AND kind IN ('statutory', 'internal')""",
}


def measure() -> Iterator[Line]:
    scope = scope_of(User.objects.get(username="chief"), period_of({}))
    by_hand = _by_hand(scope)
    ours = {name: figure.count(scope) for name, figure in FIGURES.items()}
    if ours != by_hand:
        raise RuntimeError(f"指标与手写 SQL 不一致：{ours} {by_hand}")
    spent, bare = compare(
        lambda: [figure.count(scope) for figure in FIGURES.values()], lambda: _by_hand(scope)
    )
    yield Line("七个指标", spent, bare, "手写的七条 SQL，结果核对一致")


def _by_hand(scope: Scope) -> dict[str, object]:
    """Every figure in one statement of its own."""
    (office,) = scope.offices
    known = {
        "office": office,
        "first": scope.period.first,
        "end": scope.period.end,
        "today": clock.today(),
    }
    found = {}
    with connection.cursor() as cursor:
        for name, statement in BY_HAND.items():
            cursor.execute(statement, known)
            found[name] = cursor.fetchone()[0]
    return found
