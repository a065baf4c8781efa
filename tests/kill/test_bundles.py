"""A worker is killed in the middle of a batch: another goes on, each paper is there once, nothing half is seen."""

import io
import random
import time

import pikepdf
import pytest

from cases.bundles import keeping, tasks
from cases.models import Bundle, BundleFile
from jobs.models import Job
from notifications.models import Notification
from tests.bundles.stage import a_group, batch, content_of
from tests.kill.stage import kill, wait_until
from tests.kill.test_reminders import nudge

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
WORKERS = 12
PATIENCE = 180  # seconds: the lease of a dead worker, and the work


def test_a_kill_in_the_middle_of_a_batch_costs_nothing_and_doubles_nothing(house, worker, cast, monkeypatch):
    _, environment = house
    monkeypatch.setattr(tasks.make, "delay_on_commit", lambda *args: None)  # the worker is to do it
    bundle = batch(a_group(cast, WORKERS), cast.prosecutor, ["complaint_service"])
    job = Job.objects.filter(pk=bundle.job_id)

    nudge(environment, "cases.bundles.tasks.make", "--args", f'["{bundle.pk}"]')
    first = worker()
    wait_until(lambda: job.get().done, 90)
    time.sleep(random.uniform(0, 1.0))
    kill(first)
    assert 0 < job.get().done < WORKERS
    assert BundleFile.objects.count() == 0

    worker()

    wait_until(lambda: Bundle.objects.get(pk=bundle.pk).ended_at, PATIENCE)
    assert job.get().status == "done"
    with pikepdf.open(io.BytesIO(content_of(bundle))) as pdf:
        assert len(pdf.pages) == Bundle.objects.get(pk=bundle.pk).pages
    assert [part.position for part in bundle.parts.exclude(sha256="")] == list(range(WORKERS))
    assert BundleFile.objects.count() == 2
    assert Notification.objects.filter(key=f"bundle-{bundle.pk}").count() == 1
    assert not keeping.folder_of(bundle.pk).exists()
