"""The tests' own PostgreSQL and folders. Only pytest's controller starts it; xdist's workers share it.

With DATABASE_URL set, that server is used as it is.
"""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.embedded import Cluster

CLUSTER = pytest.StashKey[Cluster]()
PATIENCE = 60  # seconds
SEND_AWAY = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session", autouse=True)
def _alone_at_the_end(django_db_setup, django_db_blocker):
    """Nobody else is in the database when it is dropped.

    A vacuum of the server, or a request that outlived its browser, has five seconds to leave; on a busy machine that
    is not enough, and the last test of the run would be reported as broken.
    """
    yield
    with django_db_blocker.unblock():
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute(SEND_AWAY)
                if not cursor.fetchone()[0]:
                    return
            time.sleep(0.2)


def pytest_configure(config: pytest.Config) -> None:
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    if hasattr(config, "workerinput") or config.option.collectonly or "DATABASE_URL" in os.environ:
        return
    # nothing of a test cluster must outlive a power failure, so it need not wait for the disk
    careless = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    cluster = Cluster(settings.VAR_DIR / "postgres-test", max_connections="300", **careless)
    cluster.start()
    config.stash[CLUSTER] = cluster


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(settings.WORKER_DIR, ignore_errors=True)
    if cluster := config.stash.get(CLUSTER, None):
        cluster.stop()
