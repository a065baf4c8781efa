"""成批文件的生成: part by part; killed anywhere, it goes on from there.

A part is made outside any transaction, then the job moves on by one, if this claim still is its latest: so a cancel
waits for nobody and stops within one part. Nothing is to be seen before all is done: the files are written in the
transaction that ends the job. `job.result` keeps which claim it is (`turn`), the pages so far, how often it failed,
and which parts are sheets that stand for something (`instead`).
"""

import hashlib
import logging
import time
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from cases.bundles import joining, keeping, making, pdf_pages, policy, telling
from cases.models import Bundle, BundlePart
from core import clock
from jobs import leases
from jobs.models import Job, JobQuerySet

LEASE = timedelta(seconds=45)
RENEW_EVERY = 15  # seconds
TURN = 20  # seconds in one go, so that the worker's other tasks get their turn
MOST_TRIES = 3  # of one part

logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """The job is over, cancelled, or somebody else's by now."""


def sweep() -> int:
    """Go on with what was left behind: nudges that got lost, workers that died. How many bundles were worked on."""
    free = Q(job__lease_until=None) | Q(job__lease_until__lt=clock.now())
    left = list(
        Bundle.objects.unfinished().filter(free).order_by("requested_at").values_list("pk", flat=True)
    )
    for bundle_id in left:
        work(str(bundle_id))
    return len(left)


def work(bundle_id: str) -> bool:
    """Work on one bundle for a while; True when more is to be done."""
    bundle = Bundle.objects.select_related("job", "case__organisation", "case__handler").get(pk=bundle_id)
    turn = _claim(bundle)
    if not turn:
        return False
    began, more = time.monotonic(), True
    try:
        with leases.renewed(partial(_ours, bundle, turn), lease=LEASE, every=RENEW_EVERY):
            while more and time.monotonic() - began < TURN:
                more = _step(bundle, turn)
    except Overtaken:
        return False
    except Exception as error:
        # the text may be in the message: only the kind of error is kept and logged
        logger.error("成批文件 %s 有一件没有完成：%s", bundle.pk, type(error).__name__)
        _tried(bundle, turn, type(error).__name__)
        return False
    return more and bool(_ours(bundle, turn).update(lease_until=None))


@transaction.atomic
def _claim(bundle: Bundle) -> int:
    """Which claim this is; 0 when somebody else has it or it is over. Rights are asked anew: they may have changed."""
    jobs = Job.objects.select_for_update(skip_locked=True, of=("self",)).select_related("requested_by")
    job = jobs.filter(pk=bundle.job_id).first()
    if job is None or job.finished_at or (job.lease_until and job.lease_until > clock.now()):
        return 0
    by = job.requested_by
    if not by.is_active or policy.why_not(bundle.kind, bundle.case, by):
        end(bundle, job, Job.Status.FAILED, "发起人已不能办理本案，没有生成。")
        return 0
    turn: int = job.result.get("turn", 0) + 1
    job.status, job.lease_until, job.result = (
        Job.Status.RUNNING,
        clock.now() + LEASE,
        job.result | {"turn": turn},
    )
    job.save(update_fields=["status", "lease_until", "result"])
    return turn


def _ours(bundle: Bundle, turn: int) -> JobQuerySet:
    """The job, while this claim is its latest and nobody has ended it."""
    return Job.objects.filter(pk=bundle.job_id, finished_at=None, result__turn=turn)


def _step(bundle: Bundle, turn: int) -> bool:
    """One part, or the end; whether more is to be done."""
    job = _ours(bundle, turn).first()
    if job is None:
        raise Overtaken
    part = bundle.parts.filter(position=job.done).select_related("attachment", "bundle__case__organisation")
    found = part.first()
    if found is None:
        return _finish(bundle, turn)
    content = making.MAKERS[Bundle.Kind(bundle.kind)](found)
    pages, before = pdf_pages.count(content), job.result.get("pages", 0)
    if bundle.kind != Bundle.Kind.BATCH:
        content = pdf_pages.numbered(content, before + 1, joining.mark_of(bundle))
    keeping.put_part(bundle.pk, found.position, content)
    _move_on(bundle, turn, found, before + 1, pages, content)
    return True


@transaction.atomic
def _move_on(bundle: Bundle, turn: int, part: BundlePart, first: int, pages: int, content: bytes) -> None:
    """The part is made: the job stands before the next one."""
    job = _ours(bundle, turn).select_for_update(of=("self",)).first()
    if job is None or job.done != part.position:
        raise Overtaken
    bundle.parts.filter(pk=part.pk).update(
        first_page=first,
        pages=pages,
        content_hash=part.content_hash,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    result = job.result | {"pages": first + pages - 1, "tries": 0}
    if part.is_instead:
        result["instead"] = [*result.get("instead", ()), part.position]
    job.done, job.result = job.done + 1, result
    job.text = "正在合并成一个文件" if job.done + 1 == job.total else f"已生成 {job.done} 件"
    job.save(update_fields=["done", "result", "text"])


def _finish(bundle: Bundle, turn: int) -> bool:
    """Join and seal outside, then files, pages and the end in one transaction."""
    try:
        with joining.joined(bundle) as made:
            _end_well(bundle, turn, made)
    except FileNotFoundError:
        # the folder of the parts was lost (a restored backup): they are made again
        begun = {"done": 0, "text": "重新生成", "result": {"turn": turn}}
        return bool(_ours(bundle, turn).update(**begun))
    keeping.forget_parts(bundle.pk)
    return False


@transaction.atomic
def _end_well(bundle: Bundle, turn: int, made: joining.Made) -> None:
    job = _ours(bundle, turn).select_for_update(of=("self",)).select_related("requested_by").first()
    if job is None:
        raise Overtaken
    for each in made.files:
        keeping.store(bundle, each)
    bundle.pages = made.pages
    bundle.save(update_fields=["pages"])
    job.done = job.total
    end(bundle, job, Job.Status.DONE, made.text)
    telling.done(bundle, job.requested_by)


def end(bundle: Bundle, job: Job, status: str, text: str) -> None:
    """Over, one way or the other; the caller holds the job's row."""
    job.status, job.text, job.finished_at, job.lease_until = status, text, clock.now(), None
    job.save(update_fields=["status", "text", "done", "finished_at", "lease_until"])
    Bundle.objects.filter(pk=bundle.pk).update(ended_at=job.finished_at)


@transaction.atomic
def _tried(bundle: Bundle, turn: int, what: str) -> None:
    """A failure is tried again by the sweep; after three tries of one part the job says so and ends."""
    job = _ours(bundle, turn).select_for_update(of=("self",)).select_related("requested_by").first()
    if job is None:
        return
    tries = job.result.get("tries", 0) + 1
    if tries >= MOST_TRIES:
        end(
            bundle,
            job,
            Job.Status.FAILED,
            f"第 {job.done + 1} 件没有完成（{what}），请把这句话告诉系统管理员。",
        )
        transaction.on_commit(partial(keeping.forget_parts, bundle.pk))
        return
    job.result, job.lease_until = job.result | {"tries": tries}, None
    job.text = f"第 {job.done + 1} 件没有完成（{what}），稍后自动再试。"
    job.save(update_fields=["result", "lease_until", "text"])
