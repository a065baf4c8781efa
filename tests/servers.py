"""What runs once more on the servers of the machine, in CI PostgreSQL 15 and Redis: `pytest -m servers`.

The suite runs on the embedded PostgreSQL 18 and a broker in memory; an office may have others. Chosen is what these
could answer differently. The rest (pages, policies, arithmetic) sends the same plain SELECTs and INSERTs on every
server and is not run twice. All migrations run in any case, when the tests' database is made.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent

# locks, deadlocks and what is left after a SIGKILL depend on the server, wherever such a test stands
MARKS = ("concurrency", "kill")
CHOSEN = {
    # constraints, and the sentences made of the server's own messages
    "core/test_constraints.py": "every constraint",
    "deadlines/test_constraints.py": "constraints",
    "approvals/test_rounds.py": "constraints",
    "notifications/test_models.py": "unique keys under ON CONFLICT",
    "cases/test_recovery.py": "constraints of money",
    "referrals/test_intake.py": "constraints",
    # triggers and raw SQL: the modules of RAW_SQL in test_house_rules.py
    "audit": "append-only triggers, advisory lock of the seals",
    "cases/test_recovery_ledger.py": "append-only triggers",
    "accounts/test_sessions.py": "advisory lock of the lock-out",
    "operations/test_preflight.py": "settings and extensions of the server",
    "deadlines/test_reminders.py": "the set-based scan",
    "deadlines/test_reminder_recipients.py": "the set-based scan",
    "deadlines/test_migration.py": "data that a migration computes",
    "core/test_crypto.py": "rewriting of sealed columns",
    # SQL that Django or we write by the server's version: JSON, arrays, windows, text search
    "cases/test_list_filters.py": "text search",
    "dashboard/test_search.py": "text search",
    "dashboard/test_desk.py": "JSON objects and arrays in subqueries",
    "dashboard/test_figures.py": "sums over windows",
    "deadlines/test_recounts.py": "bulk updates",
    # what goes through the broker, or is claimed with SKIP LOCKED
    "jobs": "jobs, their sweep and heartbeat",
    "documents/test_work.py": "renditions as jobs",
    "documents/test_numbers.py": "numbers without gaps",
    "notifications/test_sending.py": "sending and sending again",
    "notifications/test_outbox.py": "claiming",
    "notifications/test_digest.py": "claiming",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in MARKS) or _is_chosen(item.path):
            item.add_marker("servers")


def _is_chosen(path: Path) -> bool:
    if ROOT not in path.parents:
        return False
    place = path.relative_to(ROOT)
    return place.as_posix() in CHOSEN or place.parts[0] in CHOSEN
