"""T56: a worker dies by SIGKILL in the middle of a PDF, the broker forgets everything, the PDF still comes, once."""

import hashlib
import shutil
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from documents.models import Rendition
from tests.documents.factories import RenditionFactory, VersionFactory, letter_facts
from tests.kill.stage import kill, wait_until

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
PATIENCE = 120  # seconds: the promise


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
