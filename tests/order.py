"""What takes minutes begins first, so that no worker is left alone with it at the end.

What waits (a killed worker's lease) and what works (a browser, migrations) take turns: one worker waits, another works.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
LONG = (
    "kill/test_reminders.py",
    "journeys/test_pipeline.py",
    "kill/test_recounts.py",
    "deadlines/test_migration.py",
    "kill/test_rendition.py",
    "cases/test_approval_races.py",
    "kill",
    "journeys",
    "operations",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stable, and after pytest-django has put transactional tests behind all others."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    place = item.path.relative_to(ROOT).as_posix() if ROOT in item.path.parents else ""
    return next(
        (n for n, long in enumerate(LONG) if place == long or place.startswith(f"{long}/")), len(LONG)
    )
