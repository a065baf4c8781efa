"""T56: a worker dies by SIGKILL in the middle of a PDF, the broker forgets everything, the PDF still comes, once."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from documents.models import Rendition
from tests.documents.factories import RenditionFactory, VersionFactory, letter_facts

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
PATIENCE = 120  # seconds: the promise


def _address(database):
    """The test database as a URL: a socket's folder travels as `host`, wherever Django keeps it."""
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    socket = (database.get("OPTIONS") or {}).get("host") or database["HOST"] or ""
    if socket.startswith("/"):
        return f"postgres://{who}@/{database['NAME']}?host={socket}"
    return f"postgres://{who}@{socket}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def house(tmp_path, settings):
    """An environment of its own: broker and files in a new folder, database and keys of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("broker/messages", "broker/control", "media"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "fonts").symlink_to(Path(django_settings.VAR_DIR) / "fonts")
    return tmp_path, os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": _address(connection.settings_dict),
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "FIELD_KEYS_FILE": str(django_settings.FIELD_KEYS_FILE),
        "CELERY_BROKER_URL": "filesystem://",
    }


@pytest.fixture
def worker(house):
    """Starts workers with a scheduler; each is a process group, killed at the latest when the test ends."""
    folder, environment = house
    started: list[subprocess.Popen] = []

    def start():
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config",
            "--quiet",
            "worker",
            "-B",
            "-c",
            "1",
            "-l",
            "INFO",
        ]
        with (folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=environment,
                cwd=django_settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            kill(process)


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def files_in(folder):
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


def test_a_killed_worker_and_an_empty_broker_cost_the_paper_nothing(house, worker):
    folder, environment = house
    long_paper = VersionFactory(facts=letter_facts(300, found="事实与理由。" * 3_000))
    rendition = RenditionFactory(version=long_paper)
    call = [
        "-m",
        "celery",
        "-A",
        "config",
        "--quiet",
        "call",
        "documents.tasks.render",
        "--args",
        f"[{rendition.pk}]",
    ]
    subprocess.run([sys.executable, *call], env=environment, cwd=django_settings.BASE_DIR, check=True)
    first = worker()
    wait_until(lambda: Rendition.objects.filter(pk=rendition.pk, attempts=1).exists(), 40)
    kill(first)
    shutil.rmtree(folder / "broker" / "messages")
    (folder / "broker" / "messages").mkdir()
    rendition.refresh_from_db()
    assert (rendition.done_at, files_in(folder)) == (None, [])

    worker()

    done = wait_until(
        lambda: Rendition.objects.filter(pk=rendition.pk).exclude(done_at=None).first(), PATIENCE
    )
    (file,) = files_in(folder)
    assert done.attempts == 2
    assert hashlib.sha256(file.read_bytes()).hexdigest() == done.sha256
