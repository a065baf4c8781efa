from django.db import IntegrityError, transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Conflict, Refused
from deadlines import tasks
from deadlines.models import Recount, RecountList
from deadlines.models.recount import RUNNING
from deadlines.recounts import counting, listing, policy, work
from jobs.models import Job

KIND, LIST_KIND = "deadline-recount", "deadline-recount-list"
CHANGED_SINCE = "列出之后规则或节假日又有改动，已重新列出，请核对后再重算。"
NOT_LISTED = "要重算的期限较多，请先在后台列出，核对后再重算。"


@transaction.atomic
def list_all(*, cause: str, by: User) -> RecountList:
    """列出变动: what a recount would change, worked out after commit, in batches. The same list is not made twice."""
    if reason_not := policy.why_not_recount(by, cause):
        raise Refused(reason_not)
    now = counting.basis(cause, listing.scope(cause, by.organisation))
    lists = RecountList.objects.filter(cause=cause, organisation=now.organisation, basis=now.fingerprint)
    if running := lists.unfinished().first():
        return running
    job = _job(LIST_KIND, now.candidates.count(), by)
    made = RecountList.objects.create(
        cause=cause, organisation=now.organisation, basis=now.fingerprint, job=job, requested_by=by
    )
    tasks.list_changes.delay_on_commit(made.pk)
    return made


@transaction.atomic
def apply(*, cause: str, basis: str, reason: str, by: User, foreseen: int | None = None) -> Recount:
    """重算期限: what was listed is to be done. The work itself follows after commit, in batches."""
    if reason_not := policy.why_not_recount(by, cause):
        raise Refused(reason_not)
    organisation = listing.scope(cause, by.organisation)
    now = counting.basis(cause, organisation)
    if basis != now.fingerprint:
        raise Conflict(CHANGED_SINCE, current=now)
    total = now.candidates.count()
    if not total:
        raise Refused("没有需要重算的期限。")
    if total > listing.AT_SIGHT and listing.stored(now) is None:
        raise Refused(NOT_LISTED)
    made = _begin(
        Recount(
            organisation=organisation,
            cause=cause,
            reason=reason.strip(),
            basis=basis,
            foreseen=foreseen,
            job=_job(KIND, total, by),
            requested_by=by,
        )
    )
    record(by, Verb.SETTING_CHANGED, f"期限重算 {made}", str(made.pk), detail=f"{total} 项。{reason.strip()}")
    tasks.recount.delay_on_commit(made.pk)
    return made


def _job(kind: str, total: int, by: User) -> Job:
    return Job.objects.create(kind=kind, organisation=by.organisation, requested_by=by, total=total)


def _begin(recount: Recount) -> Recount:
    """One at a time for a cause and an office: of two who ask at once the second waits here and is refused."""
    try:
        with transaction.atomic():
            recount.save(force_insert=True)
    except IntegrityError as broken:
        raise Refused(RUNNING) from broken
    return recount


@transaction.atomic
def cancel(recount: Recount, *, by: User) -> Job:
    """取消重算: what has been recounted stays so and is told; the rest keeps its days."""
    if reason_not := policy.why_not_recount(by, recount.cause):
        raise Refused(reason_not)
    job = work.job_of(recount.pk).select_for_update(of=("self",)).get()
    if job.finished_at:
        raise Refused("这次重算已经结束，不能取消。")
    job.status, job.finished_at, job.lease_until = Job.Status.CANCELLED, clock.now(), None
    job.text = f"{by} 取消了重算。"
    job.save(update_fields=["status", "finished_at", "lease_until", "text"])
    record(by, Verb.SETTING_CHANGED, f"期限重算 {recount}", str(recount.pk), detail="取消")
    tasks.recount.delay_on_commit(recount.pk)
    return job
