"""The tests' own PostgreSQL and folders. Only pytest's controller starts it; xdist's workers share it.

With DATABASE_URL set, that server is used as it is.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded import Cluster

CLUSTER = pytest.StashKey[Cluster]()


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
