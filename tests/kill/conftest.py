import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.kill.stage import address, kill


@pytest.fixture
def house(tmp_path, settings):
    """An environment of its own: broker and files in a new folder, database and keys of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("broker/messages", "broker/control", "media"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "fonts").symlink_to(Path(django_settings.VAR_DIR) / "fonts")
    return tmp_path, os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": address(connection.settings_dict),
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "FIELD_KEYS_FILE": str(django_settings.FIELD_KEYS_FILE),
        "CELERY_BROKER_URL": "filesystem://",
        "CACHE_URL": "locmemcache://",
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
