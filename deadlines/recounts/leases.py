"""租约: long work on a job, batch by batch, each in a transaction of its own; killed anywhere, it goes on from there.

The job keeps in `result` how far it came, so that a rerun begins behind the last finished batch.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from jobs.models import Job

AT_ONCE = 40  # batches in one go, so that the worker's other tasks get their turn
LEASE = timedelta(seconds=45)

Step = Callable[[Job], bool]  # does one batch on the locked job and saves it; whether more can be done now

logger = logging.getLogger(__name__)


def work(job_id: int, step: Step) -> bool:
    """Work on a job for a while; True when more is to be done at once. What waits for others is left to the sweep."""
    lease = _claim(job_id)
    if lease is None:
        return False
    more = True
    try:
        for _ in range(AT_ONCE):
            more, lease = _batch(job_id, lease, step)
            if lease is None or not more:
                break
    except Exception as error:
        # the row may be in the message: only the kind of error is kept and logged
        logger.error("后台任务 %s 的一批没有完成：%s", job_id, type(error).__name__)
        text = f"有一批没有完成（{type(error).__name__}），稍后自动再试。"
        Job.objects.filter(pk=job_id, finished_at=None).update(text=text)
        return False
    if lease is None:
        return False
    Job.objects.filter(pk=job_id, lease_until=lease).update(lease_until=None)
    return more


@transaction.atomic
def _claim(job_id: int) -> datetime | None:
    """The lease, unless somebody else works on it or it is over."""
    job = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
    if job is None or job.finished_at or (job.lease_until and job.lease_until > clock.now()):
        return None
    job.status, job.lease_until = Job.Status.RUNNING, clock.now() + LEASE
    job.save(update_fields=["status", "lease_until"])
    return job.lease_until


@transaction.atomic
def _batch(job_id: int, lease: datetime, step: Step) -> tuple[bool, datetime | None]:
    """One batch; the renewed lease, or None when the job is over or no longer ours."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.finished_at or job.lease_until != lease:
        return False, None
    more = step(job)
    if job.finished_at:
        return False, None
    job.lease_until = clock.now() + LEASE
    job.save(update_fields=["lease_until"])
    return more, job.lease_until


def progressed(job: Job, count: int, **result: object) -> None:
    """So many more are done; `result` is where the next batch begins."""
    job.done += count
    job.total = max(job.total, job.done)
    job.text, job.result = f"已核算 {job.done} 项", result
    job.save(update_fields=["done", "total", "text", "result"])


def finish(job: Job, status: str, text: str) -> None:
    """Over, one way or the other."""
    job.status, job.text, job.finished_at, job.lease_until = status, text, clock.now(), None
    if status == Job.Status.DONE:
        job.total = job.done
    job.save(update_fields=["status", "text", "total", "finished_at", "lease_until"])
