"""T50, T51, T55, T56 on real processes: reminders survive an outage, a kill in the middle and a forgetful broker."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db.models import Sum
from redis import Redis
from redis.exceptions import RedisError

from cases.models import Announcement
from core import clock
from deadlines.models import Deadline, Reminder
from jobs import sweep
from notifications.models import Notification
from tests.cases.factories import CaseFactory
from tests.deadlines.factories import DeadlineFactory
from tests.kill.stage import kill, wait_until

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
PATIENCE = 120  # seconds: the promise
LONG_AGO = timedelta(days=45)  # a review clock of then was due, escalated and forgotten by now
DEADLINES = 2_500
STAGES = 4
JOBS = 500
LEASE = timedelta(minutes=10)


def overdue(prosecutor, many: int) -> None:
    """Deadlines whose four stages were all missed: the first by the real verb, the others as its copies."""
    with clock.travel(clock.today() - LONG_AGO):
        one = DeadlineFactory(responsible=prosecutor, starts_on=clock.today())
    copies = [Deadline.objects.get(pk=one.pk) for _ in range(many - 1)]
    for copy in copies:
        copy.pk = None
    Deadline.objects.bulk_create(copies)


def told() -> int:
    return Reminder.objects.exclude(sent_at=None).count()


def nudge(environment, task: str, *arguments: str) -> None:
    call = [sys.executable, "-m", "celery", "-A", "config", "--quiet", "call", task, *arguments]
    subprocess.run(call, env=environment, cwd=django_settings.BASE_DIR, check=True)


def test_after_an_outage_a_kill_in_the_middle_costs_nothing_and_doubles_nothing(
    house, worker, prosecutor, head
):
    """Scheduler and worker were dead for weeks, start, die in the middle of the scan, and start again.

    The second start is woken by nothing but its own scheduler.
    """
    _, environment = house
    overdue(prosecutor, DEADLINES)
    nudge(environment, "jobs.tasks.sweep")
    first = worker()
    wait_until(told, 60)
    time.sleep(random.uniform(0, 0.8))
    kill(first)
    at_the_kill = told()
    assert 0 < at_the_kill < DEADLINES * STAGES

    worker()

    wait_until(lambda: told() == DEADLINES * STAGES, PATIENCE)
    reminders = Reminder.objects.filter(is_late=True, told__in=(1, 2))
    assert reminders.count() == Reminder.objects.count() == DEADLINES * STAGES
    assert Notification.objects.filter(recipient=prosecutor).count() == DEADLINES * STAGES
    assert Notification.objects.filter(recipient=head).count() == DEADLINES * 2  # the stages that climb
    assert Reminder.objects.aggregate(n=Sum("told"))["n"] == Notification.objects.count()
    assert not Notification.objects.exclude(title__endswith="（迟发）").exists()
    assert not Deadline.objects.exclude(remind_on=None).exists()


def test_two_processes_that_do_all_periodic_work_at_once_say_everything_once(house, prosecutor, head):
    _, environment = house
    overdue(prosecutor, 600)

    command = [sys.executable, "manage.py", "run_due"]
    both = [
        subprocess.Popen(command, env=environment, cwd=django_settings.BASE_DIR, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    output = [process.communicate(timeout=PATIENCE)[0].decode() for process in both]

    assert [process.returncode for process in both] == [0, 0]
    shares = [int(line.split()[-1]) for text in output for line in text.splitlines() if "reminders" in line]
    assert (
        sum(shares)
        == told()
        == Notification.objects.filter(recipient=prosecutor).exclude(topic="digest").count()
        == 600 * STAGES
    )
    assert Notification.objects.filter(recipient=head).exclude(topic="digest").count() == 600 * 2


@pytest.fixture
def broker(house):
    """(address, forget): Redis where it can be had (its own server, or the one of the machine), else a folder."""
    folder, _ = house
    program = shutil.which("redis-server")
    if program is None and not _answers("redis://127.0.0.1:6379/9"):
        yield "filesystem://", lambda: _empty(folder / "broker" / "messages")
        return
    server, url = None, "redis://127.0.0.1:6379/9"
    if program:
        url = f"redis://127.0.0.1:{_free_port()}/9"
        port = url.split(":")[2].split("/")[0]
        alone = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        server = subprocess.Popen([program, *map(str, alone)], stdout=subprocess.DEVNULL)
        wait_until(lambda: _answers(url), 10)
    client = Redis.from_url(url)
    client.flushdb()
    yield url, client.flushdb
    client.close()
    if server:
        server.terminate()
        server.wait()


def _answers(url: str) -> bool:
    client = Redis.from_url(url, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _empty(folder) -> None:
    for path in folder.iterdir():
        path.unlink(missing_ok=True)


def test_a_broker_that_forgets_during_five_hundred_jobs_costs_nothing(
    house, worker, broker, prosecutor, clerk, monkeypatch
):
    """Announcements and scans are published, the broker is emptied at random moments, the sweep finishes the rest."""
    _, environment = house
    url, forget = broker
    environment["CELERY_BROKER_URL"] = url
    monkeypatch.setenv("CELERY_BROKER_URL", url)  # Celery heeds it more than what the publisher is given
    overdue(prosecutor, 100)
    events = announced(prosecutor, clerk, JOBS - 100)
    publisher = Celery(broker=url, task_cls="celery.app.task:Task", set_as_current=False)
    if url.startswith("filesystem"):
        publisher.conf.broker_transport_options = _folders(environment)
    worker()
    publisher.send_task("cases.tasks.announce", [events[0]])
    wait_until(done, 60)

    moments = set(random.sample(range(50, len(events)), 5))
    for number, event in enumerate(events):
        publisher.send_task("cases.tasks.announce", [event])
        if number % 4 == 0:
            publisher.send_task("jobs.tasks.sweep")
        if number in moments:
            forget()
    publisher.close()
    wait_until(_stands_still(done), 60)
    lost = len(events) - done()
    assert 0 < lost < len(events)

    with clock.travel(clock.now() + LEASE):
        while done() < len(events):
            assert all(outcome.ok for outcome in sweep.run())
    assert Announcement.objects.filter(attempts=1).count() == len(events)
    assert Notification.objects.filter(key__startswith="case-event-").count() == len(events)
    assert told() == 100 * STAGES == Notification.objects.filter(key__startswith="deadline-reminder-").count()
    assert Reminder.objects.aggregate(n=Sum("told"))["n"] == 100 * STAGES


def done() -> int:
    return Announcement.objects.exclude(done_at=None).count()


def _stands_still(count):
    """Whether a count has not moved for two seconds."""
    seen = [(-1, 0.0)]

    def still() -> bool:
        now = count()
        if now != seen[0][0]:
            seen[0] = (now, time.monotonic())
        return time.monotonic() - seen[0][1] > 2

    return still


def announced(prosecutor, clerk, many: int) -> list[int]:
    """Events by the clerk, of which the prosecutor is to hear. For a while only their own jobs may tell."""
    case = CaseFactory(handler=prosecutor)
    facts = {"kind": "note", "actor": clerk, "from_stage": "registered", "to_stage": "registered"}
    lease = clock.now() + LEASE
    rows = [
        Announcement.objects.create(event=case.events.create(**facts), lease_until=lease) for _ in range(many)
    ]
    return [row.event_id for row in rows]


def _folders(environment) -> dict[str, str]:
    folder = os.path.join(environment["VAR_DIR"], "broker")
    messages = os.path.join(folder, "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": os.path.join(folder, "control"),
    }
