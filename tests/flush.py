"""Emptying the database after a transactional test.

Only tables that hold rows are emptied, and without making each of their files anew: Django's TRUNCATE of every table
takes longer than most tests. Append-only tables refuse to be emptied, so their triggers sleep meanwhile (test
database only). Reference data that migrations laid down (holidays, periods …) is laid down again by each app's own
`reference.seed_reference()`.
"""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})  # no test writes these


def seed_all_reference_data() -> None:
    for app in apps.get_app_configs():
        ours = app.path.startswith(str(settings.BASE_DIR)) and "site-packages" not in app.path
        if ours and find_spec(f"{app.name}.reference"):
            import_module(f"{app.name}.reference").seed_reference()


def empty_the_database() -> None:
    """As TRUNCATE would, it waits for whoever still writes: a request of the test that outlived its browser."""
    names = [name for name in connection.introspection.table_names() if name not in KEPT]
    tables = [connection.ops.quote_name(name) for name in names]
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(filled)
        emptied = [f"DELETE FROM {table}" for (table,) in cursor.fetchall()]
        cursor.execute("; ".join(["SET LOCAL session_replication_role = replica", *emptied]))
    seed_all_reference_data()


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_the_database())
        yield
