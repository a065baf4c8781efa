"""Long work, and who sees it."""

import pytest
from django.db import IntegrityError, transaction

from core import clock
from jobs.models import Job
from tests.jobs.factories import JobFactory


def test_long_work_is_seen_by_who_asked_for_it(prosecutor, clerk):
    mine = JobFactory(requested_by=prosecutor)
    JobFactory(requested_by=clerk)

    assert list(Job.objects.visible_to(prosecutor)) == [mine]


@pytest.mark.parametrize(
    "wrong",
    [
        {"done": 2, "total": 1},
        {"status": Job.Status.DONE},
        {"status": Job.Status.RUNNING, "finished_at": clock.now()},
    ],
)
def test_progress_that_cannot_be_is_refused(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(**wrong)


def test_a_finished_job_has_its_time():
    job = JobFactory(status=Job.Status.DONE, done=3, total=3, finished_at=clock.now())

    assert str(job) == "import 已完成"
