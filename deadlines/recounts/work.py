"""应用重算: batch by batch under a lease, each in a transaction of its own; killed anywhere, it goes on from there.

The job keeps how far it came (`result["after"]`), so that a rerun begins behind the last finished batch. Memory stays
that of one batch, however many deadlines there are.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import User
from core import clock
from deadlines.models import Deadline, DeadlineRecount, Recount, Watcher
from deadlines.recounts import counting
from deadlines.recounts.counting import FIELDS, Basis, Outcome
from jobs.models import Job, JobQuerySet
from notifications.models import Message, Notification, Topic

BATCH = 500
AT_ONCE = 40  # batches in one go, so that the worker's other tasks get their turn
LEASE = timedelta(seconds=45)
OVERTAKEN = "重算期间规则或节假日又有改动，已停下。请重新列出后再重算。"

logger = logging.getLogger(__name__)


def sweep() -> int:
    """Go on with what was left behind: nudges that got lost, workers that died. How many recounts were worked on."""
    free = Q(job__lease_until=None) | Q(job__lease_until__lt=clock.now())
    left = list(Recount.objects.unfinished().filter(free).order_by("pk").values_list("pk", flat=True))
    for recount_id in left:
        work(recount_id)
    return len(left)


def work(recount_id: int) -> bool:
    """Work on one recount for a while; True when more is to be done."""
    lease = _claim(recount_id)
    if lease is None:
        return False
    try:
        for _ in range(AT_ONCE):
            lease = _batch(recount_id, lease)
            if lease is None:
                return False
    except Exception as error:
        # the row may be in the message: only the kind of error is kept and logged
        logger.error("期限重算 %s 的一批没有完成：%s", recount_id, type(error).__name__)
        text = f"有一批没有完成（{type(error).__name__}），稍后自动再试。"
        job_of(recount_id).filter(finished_at=None).update(text=text)
        return False
    job_of(recount_id).filter(lease_until=lease).update(lease_until=None)
    return True


@transaction.atomic
def _claim(recount_id: int) -> datetime | None:
    """The lease, unless somebody else works on it or it is over. A cancelled one is brought to its end here."""
    recount = Recount.objects.unfinished().filter(pk=recount_id).first()
    job = job_of(recount_id).select_for_update(skip_locked=True).first()
    if recount is None or job is None:
        return None
    if job.finished_at:
        _close(recount)
        return None
    if job.lease_until and job.lease_until > clock.now():
        return None
    job.status, job.lease_until = Job.Status.RUNNING, clock.now() + LEASE
    job.save(update_fields=["status", "lease_until"])
    return job.lease_until


@transaction.atomic
def _batch(recount_id: int, lease: datetime) -> datetime | None:
    """One batch; the renewed lease, or None when the recount is over or no longer ours."""
    recount = Recount.objects.select_related("organisation").get(pk=recount_id)
    job = job_of(recount_id).select_for_update(of=("self",)).get()
    if job.finished_at or job.lease_until != lease:
        return None
    now = counting.basis(recount.cause, recount.organisation)
    if now.fingerprint != recount.basis:
        _end(recount, job, Job.Status.FAILED, OVERTAKEN)
        return None
    rows = now.candidates.filter(pk__gt=job.result.get("after", 0)).order_by("pk")
    batch = list(rows.select_for_update(of=("self",)).prefetch_related("pauses", "extensions")[:BATCH])
    if not batch:
        _end(recount, job, Job.Status.DONE, f"已重算，{recount.changed} 项到期日改变。")
        return None
    recount.changed = F("changed") + _write(recount, batch, now)
    recount.save(update_fields=["changed"])
    return _progress(job, len(batch), batch[-1].pk)


def _write(recount: Recount, batch: list[Deadline], now: Basis) -> int:
    """Save a batch; how many due days moved. Whatever only has a newer calendar costs one statement for all."""
    outcomes: list[tuple[Deadline, Outcome]] = [(each, counting.recount(each, now)) for each in batch]
    touched = [deadline for deadline, outcome in outcomes if outcome.touched]
    plain = [deadline.pk for deadline, outcome in outcomes if not outcome.touched]
    Deadline.objects.filter(pk__in=plain).update(calendar_version=batch[0].calendar_version)
    Deadline.objects.bulk_update(touched, FIELDS, batch_size=100)
    lines = [_line(recount, deadline, outcome) for deadline, outcome in outcomes if outcome.moved]
    DeadlineRecount.objects.bulk_create(lines)
    return len(lines)


def _line(recount: Recount, deadline: Deadline, outcome: Outcome) -> DeadlineRecount:
    return DeadlineRecount(
        recount=recount,
        deadline=deadline,
        old_due=outcome.old_due,
        new_due=outcome.new_due,
        old_basis=outcome.old_basis,
        new_basis=outcome.new_basis,
    )


def _progress(job: Job, count: int, after: int) -> datetime:
    job.done += count
    job.total = max(job.total, job.done)
    job.text = f"已核算 {job.done} 项"
    job.result = {"after": after}
    job.lease_until = clock.now() + LEASE
    job.save(update_fields=["done", "total", "text", "result", "lease_until"])
    return job.lease_until


def _end(recount: Recount, job: Job, status: str, text: str) -> None:
    """Over, one way or the other: those concerned are told in the same transaction."""
    job.status, job.text, job.finished_at, job.lease_until = status, text, clock.now(), None
    if status == Job.Status.DONE:
        job.total = job.done
    job.save(update_fields=["status", "text", "total", "finished_at", "lease_until"])
    _close(recount)


def _close(recount: Recount) -> None:
    """告知: one merged line for each person whose deadlines moved; then the recount is done."""
    lines = DeadlineRecount.objects.filter(recount=recount, told_at=None)
    counts = dict(lines.order_by().values_list("deadline__responsible").annotate(Count("pk")))
    watchers = Watcher.objects.filter(deadline__recounts__in=lines).exclude(user=F("deadline__responsible"))
    for person, number in watchers.order_by().values_list("user").annotate(Count("pk")):
        counts[person] = counts.get(person, 0) + number
    people = User.objects.filter(pk__in=counts)
    Notification.objects.deliver_many([_message(recount, person, counts[person.pk]) for person in people])
    lines.update(told_at=clock.now())
    recount.done_at = clock.now()
    recount.save(update_fields=["done_at"])


def _message(recount: Recount, person: User, number: int) -> Message:
    return Message(
        recipients=(person,),
        key=f"recount-{recount.pk}-{person.pk}",
        title=f"期限有变动：{number} 项到期日改变，见“期限变动”",
        url=reverse("deadlines:changes", args=[recount.pk]),
        topic=Topic.DEADLINE,
    )


def job_of(recount_id: int) -> JobQuerySet:
    """The job behind a recount, to be locked or updated."""
    return Job.objects.filter(pk__in=Recount.objects.filter(pk=recount_id).values("job"))
