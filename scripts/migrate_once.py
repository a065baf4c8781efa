"""Bring the database up to date when a container starts. A lock lets one container work while the others wait."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

LOCK = 7_201_622  # any number that nothing else locks

with connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        call_command("migrate", interactive=False, verbosity=1)
        call_command("createcachetable", verbosity=0)
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
