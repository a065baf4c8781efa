from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Conflict, Refused
from deadlines import tasks
from deadlines.models import Recount
from deadlines.recounts import counting, listing, work
from deadlines.terms.policy import why_not_change
from jobs.models import Job

KIND = "deadline-recount"
CHANGED_SINCE = "列出之后规则或节假日又有改动，已重新列出，请核对后再重算。"


@transaction.atomic
def apply(*, cause: str, basis: str, reason: str, by: User) -> Recount:
    """重算期限: what was listed is to be done. The work itself follows after commit, in batches."""
    if reason_not := why_not_change(by):
        raise Refused(reason_not)
    organisation = listing.scope(cause, by.organisation)
    now = counting.basis(cause, organisation)
    if basis != now.fingerprint:
        raise Conflict(CHANGED_SINCE, current=now)
    if Recount.objects.unfinished().filter(cause=cause, organisation=organisation).exists():
        raise Refused("同样的重算正在进行，请等它完成。")
    total = now.candidates.count()
    if not total:
        raise Refused("没有需要重算的期限。")
    job = Job.objects.create(kind=KIND, organisation=by.organisation, requested_by=by, total=total)
    made = Recount.objects.create(
        organisation=organisation, cause=cause, reason=reason.strip(), basis=basis, job=job, requested_by=by
    )
    record(by, Verb.SETTING_CHANGED, f"期限重算 {made}", str(made.pk), detail=f"{total} 项。{reason.strip()}")
    tasks.recount.delay_on_commit(made.pk)
    return made


@transaction.atomic
def cancel(recount: Recount, *, by: User) -> Job:
    """取消重算: what has been recounted stays so and is told; the rest keeps its days."""
    if reason_not := why_not_change(by):
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
