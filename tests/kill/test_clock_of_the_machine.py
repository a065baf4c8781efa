"""The real clock of a real process, moved by libfaketime: midnight, month end, leap day, year end, an hour set back.

The server stands in UTC, where it is still yesterday when the day begins in Shanghai. Time is frozen, so that a slow
start of the process does not step over midnight.
"""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import connection

from core import clock
from deadlines.models import Reminder
from notifications.models import Notification
from tests.accounts.factories import UserFactory
from tests.deadlines.factories import DeadlineFactory
from tests.kill.stage import address as _address

pytestmark = [
    pytest.mark.kill,
    pytest.mark.django_db(transaction=True),
]
LOOK = """
import json, django
django.setup()
from core import clock
from deadlines.models import Deadline
from deadlines.reminders import scan
found = Deadline.objects.get()
today = clock.today()
print(json.dumps([str(today), found.state(today), found.label(today), scan()]))
"""
UTC = ZoneInfo("UTC")


@pytest.fixture
def look(tmp_path):
    """What a process sees, and how many reminders it sends, at this moment of Shanghai."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": _address(connection.settings_dict),
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(tmp_path),
        "FIELD_KEYS_FILE": str(django_settings.FIELD_KEYS_FILE),
        "CELERY_BROKER_URL": "filesystem://",
        "TZ": "UTC",
        "DONT_FAKE_MONOTONIC": "1",
    }

    def at(moment: datetime) -> tuple[str, str, str, int]:
        utc = moment.replace(tzinfo=clock.SHANGHAI).astimezone(UTC)
        command = ["faketime", "-f", f"{utc:%Y-%m-%d %H:%M:%S}", sys.executable, "-c", LOOK]
        done = subprocess.run(
            command,
            env=environment,
            cwd=django_settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return tuple(json.loads(done.stdout.strip().splitlines()[-1]))

    return at


def agreed_for(day: date):
    """A payment that was agreed for this day: it is told of three days before and one day after."""
    with clock.travel(day - timedelta(days=20)):
        return DeadlineFactory(responsible=UserFactory(), code="M1", starts_on=day)


@pytest.mark.parametrize("day", ["2026-08-31", "2028-02-28", "2028-02-29", "2026-12-31"])
def test_the_day_ends_at_midnight_in_shanghai(look, day):
    last = date.fromisoformat(day)
    following = last + timedelta(days=1)
    agreed_for(last)

    before = look(datetime(last.year, last.month, last.day, 23, 59, 59))
    after = look(datetime(following.year, following.month, following.day, 0, 0, 1))

    assert before == (day, "soon", "今天到期", 1)
    assert after == (str(following), "overdue", "对方超期 1 天", 1)


def test_a_clock_set_back_by_an_hour_says_nothing_twice(look):
    agreed_for(date(2026, 8, 31))

    first = look(datetime(2026, 9, 1, 0, 30))
    back = look(datetime(2026, 8, 31, 23, 30))
    again = look(datetime(2026, 9, 1, 0, 30))

    assert [first[3], back[3], again[3]] == [2, 0, 0]
    assert [first[1], back[1], again[1]] == ["overdue", "soon", "overdue"]
    assert sorted(Reminder.objects.values_list("stage", flat=True)) == ["a1", "b3"]
    assert Notification.objects.count() == 2
