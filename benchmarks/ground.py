"""What is measured stands on a database of its own: embedded, filled in bulk, kept from run to run."""

from contextlib import closing

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from cases.models import Case, Person
from cases.workflow import Stage
from core.ciphers import Tampered
from dashboard.demo import bulk
from dashboard.demo.bulk_plan import stages
from dashboard.demo.staff import make_people, make_units

CASES, WORKERS, GROUP = 5_000, 3, 60
OFFICE = "150902"


def fill_when_needed(server: str, database: str) -> None:
    """5,000 cases of one office, one of them with sixty workers; made anew when the tables have changed."""
    if _is_ready():
        return
    connection.close()
    with closing(psycopg.connect(server, autocommit=True)) as link:
        name = sql.Identifier(database)
        link.execute(sql.SQL("drop database if exists {}").format(name))
        link.execute(sql.SQL("create database {}").format(name))
    print(f"▸ 写入 {CASES} 件案件（只在第一次和表结构变化后）", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    units = make_units()
    make_people(units)
    sizes = bulk.sizes(CASES, WORKERS)
    sizes[stages().index(Stage.ENFORCEMENT)] = GROUP
    bulk.fill([units[OFFICE]], sizes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def server_version() -> str:
    """The version of the server that was measured on, e.g. 18.0."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _is_ready() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return Case.objects.count() >= CASES and _opens(Person.objects.latest("created_at"))


def _opens(person: Person) -> bool:
    """The key file may have been made anew since."""
    try:
        return bool(person.phone)
    except Tampered:
        return False
