"""What every test stands on: the database, the cast, the browser. The parts are in the modules named here."""

import pytest
from django.core.cache import cache

pytest_plugins = [
    "tests.cluster",
    "tests.servers",
    "tests.order",
    "tests.flush",
    "tests.chromium",
    "tests.cast",
]


@pytest.fixture(autouse=True)
def _db(db):
    """Every test may use the database; the few that must not, say so."""


@pytest.fixture(autouse=True)
def _empty_cache():
    """Nothing that one test put into the cache is seen by the next."""
    cache.clear()
