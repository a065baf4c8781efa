"""应用重算: the batches of a recount (see `leases`). Memory stays that of one batch, however many deadlines there are.

A batch takes the rows that nobody holds and counts them as they are now; what a verb holds just then is remembered in
`job.result["left"]` and taken at the end, so that a recount and a verb never wait for one another in a circle.
"""

from functools import partial

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import User
from core import clock
from deadlines.models import Deadline, DeadlineRecount, Recount, RecountHearer
from deadlines.recounts import concerned, counting, leases
from deadlines.recounts.counting import FIELDS, Basis, Outcome
from jobs.models import Job, JobQuerySet
from notifications.models import Message, Notification, Topic

BATCH = 500
OVERTAKEN = "重算期间规则或节假日又有改动，已停下。请重新列出后再重算。"


def sweep() -> int:
    """Go on with what was left behind: nudges that got lost, workers that died. How many recounts were worked on."""
    free = Q(job__lease_until=None) | Q(job__lease_until__lt=clock.now())
    left = list(Recount.objects.unfinished().filter(free).order_by("pk").values_list("pk", flat=True))
    for recount_id in left:
        work(recount_id)
    return len(left)


def work(recount_id: int) -> bool:
    """Work on one recount for a while; True when more is to be done."""
    if _is_over(recount_id):
        return False
    job_id = job_of(recount_id).values_list("pk", flat=True).first()
    return job_id is not None and leases.work(job_id, partial(_step, recount_id))


@transaction.atomic
def _is_over(recount_id: int) -> bool:
    """A cancelled one is brought to its end here."""
    job = job_of(recount_id).select_for_update(skip_locked=True, of=("self",)).first()
    recount = Recount.objects.unfinished().filter(pk=recount_id).first()
    if recount and job and job.finished_at:
        _close(recount)
        return True
    return recount is None or job is None


def _step(recount_id: int, job: Job) -> bool:
    """One batch; whether more can be done now."""
    recount = Recount.objects.select_related("organisation").get(pk=recount_id)
    now = counting.basis(recount.cause, recount.organisation)
    if now.fingerprint != recount.basis:
        return _end(recount, job, Job.Status.FAILED, OVERTAKEN)
    after, left = job.result.get("after", 0), job.result.get("left", [])
    asked = _first(now, Q(pk__gt=after))
    at_the_end = not asked
    if at_the_end and not (asked := _first(now, Q(pk__in=left))):
        return _end(recount, job, Job.Status.DONE, _told(recount))
    batch = _claimed(now, asked)
    held = sorted({*left, *asked} - {each.pk for each in batch})
    recount.changed = F("changed") + _write(recount, batch, now)
    recount.save(update_fields=["changed"])
    leases.progressed(job, len(batch), after=after if at_the_end else asked[-1], left=held)
    return bool(batch) or not at_the_end


def _first(now: Basis, where: Q) -> list[int]:
    return list(now.candidates.filter(where).order_by("pk").values_list("pk", flat=True)[:BATCH])


def _claimed(now: Basis, asked: list[int]) -> list[Deadline]:
    """Those of them that nobody holds, locked, and still to be counted: a row that a verb has just met is left out."""
    rows = now.candidates.filter(pk__in=asked).order_by("pk").select_related("responsible")
    free = rows.select_for_update(of=("self",), skip_locked=True)
    return list(free.prefetch_related("pauses", "extensions"))


def _write(recount: Recount, batch: list[Deadline], now: Basis) -> int:
    """Save a batch; how many due days moved. Whatever only has a newer calendar costs one statement for all."""
    outcomes: list[tuple[Deadline, Outcome]] = [(each, counting.recount(each, now)) for each in batch]
    touched = [deadline for deadline, outcome in outcomes if outcome.touched]
    plain = [deadline.pk for deadline, outcome in outcomes if not outcome.touched]
    if plain:
        Deadline.objects.filter(pk__in=plain).update(calendar_version=batch[0].calendar_version)
    _save(touched)
    lines = [_line(recount, deadline, outcome) for deadline, outcome in outcomes if outcome.moved]
    DeadlineRecount.objects.bulk_create(lines)
    RecountHearer.objects.bulk_create(concerned.hearers(lines, clock.today()))
    return len(lines)


def _save(touched: list[Deadline]) -> None:
    """All of them in one statement: the rows are there and locked, so each meets itself and is brought up to date."""
    Deadline.objects.bulk_create(
        touched, update_conflicts=True, unique_fields=["id"], update_fields=[*FIELDS]
    )


def _line(recount: Recount, deadline: Deadline, outcome: Outcome) -> DeadlineRecount:
    return DeadlineRecount(
        recount=recount,
        deadline=deadline,
        old_due=outcome.old_due,
        new_due=outcome.new_due,
        old_basis=outcome.old_basis,
        new_basis=outcome.new_basis,
    )


def _told(recount: Recount) -> str:
    """What came of it, beside what the list had said: meanwhile some were met, begun or moved."""
    text = f"已重算，{recount.changed} 项到期日改变"
    if recount.foreseen is None or recount.foreseen == recount.changed:
        return f"{text}。"
    return f"{text}（列出时 {recount.foreseen} 项，其间办结、改动的按现状重算）。"


def _end(recount: Recount, job: Job, status: str, text: str) -> bool:
    """Over, one way or the other: those concerned are told in the same transaction."""
    leases.finish(job, status, text)
    _close(recount)
    return False


def _close(recount: Recount) -> None:
    """告知: one merged line for each person who is concerned; then the recount is done."""
    lines = DeadlineRecount.objects.filter(recount=recount, told_at=None)
    heard = RecountHearer.objects.filter(line__in=lines).order_by().values("user")
    nearer = Q(line__new_due__lt=F("line__old_due")) | Q(line__new_due__lt=clock.today())
    counted = heard.annotate(number=Count("pk"), urgent=Count("pk", filter=nearer))
    counts = {row["user"]: (row["number"], row["urgent"]) for row in counted}
    people = User.objects.active().filter(pk__in=counts)
    Notification.objects.deliver_many([_message(recount, person, *counts[person.pk]) for person in people])
    lines.update(told_at=clock.now())
    recount.done_at = clock.now()
    recount.save(update_fields=["done_at"])


def _message(recount: Recount, person: User, number: int, urgent: int) -> Message:
    nearer = f"，其中 {urgent} 项提前或者已超期" if urgent else ""
    return Message(
        recipients=(person,),
        key=f"recount-{recount.pk}-{person.pk}",
        title=f"期限有变动：{number} 项到期日改变{nearer}，见“期限变动”",
        url=reverse("deadlines:changes", args=[recount.pk]),
        topic=Topic.DEADLINE,
    )


def job_of(recount_id: int) -> JobQuerySet:
    """The job behind a recount, to be locked or updated."""
    return Job.objects.filter(pk__in=Recount.objects.filter(pk=recount_id).values("job"))
