"""Emptying the database after a transactional test.

Append-only tables refuse to be emptied, so their triggers sleep while the tests flush (test database only).
Reference data that migrations laid down (holidays, periods …) is laid down again by each app's own
`reference.seed_reference()`.
"""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations


def seed_all_reference_data() -> None:
    for app in apps.get_app_configs():
        ours = app.path.startswith(str(settings.BASE_DIR)) and "site-packages" not in app.path
        if ours and find_spec(f"{app.name}.reference"):
            import_module(f"{app.name}.reference").seed_reference()


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers():
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        asleep, awake = ("SET session_replication_role = replica", "SET session_replication_role = origin")
        flush(self, [asleep, *sql_list, awake])
        seed_all_reference_data()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield
