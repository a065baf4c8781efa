"""租约 beside the work: renewed while it lasts, nobody's once the claim is another's, over with the work."""

import time
from datetime import timedelta

import pytest

from core import clock
from jobs import leases
from jobs.models import Job
from tests.jobs.factories import JobFactory
from tests.kill.stage import wait_until

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
LEASE = timedelta(seconds=45)


def test_the_lease_moves_on_while_the_work_lasts_and_stops_with_it():
    job = JobFactory(lease_until=clock.now())
    begun = job.lease_until

    with leases.renewed(lambda: Job.objects.filter(pk=job.pk), lease=LEASE, every=0.05):
        wait_until(lambda: Job.objects.get(pk=job.pk).lease_until > begun + LEASE, 10)

    last = Job.objects.get(pk=job.pk).lease_until
    time.sleep(0.2)
    assert Job.objects.get(pk=job.pk).lease_until == last


def test_what_is_another_s_by_now_is_not_renewed():
    job = JobFactory(lease_until=clock.now())
    asked = []

    def ours():
        asked.append(1)
        return Job.objects.filter(pk=job.pk, lease_until=None)

    with leases.renewed(ours, lease=LEASE, every=0.05):
        wait_until(lambda: asked, 10)

    assert Job.objects.get(pk=job.pk).lease_until == job.lease_until
