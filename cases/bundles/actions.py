"""The verbs of bundles: 批量生成、生成案卷、取消、删除文件. One transaction each; the work follows after commit."""

import hashlib
import json
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from cases import journal
from cases.bundles import keeping, policy, tasks, work
from cases.bundles.checking import Check, check
from cases.models import Bundle, BundlePart, Case
from cases.models.bundle import RUNNING
from cases.paperwork.catalogue import Volume
from cases.paperwork.known import Known
from cases.paperwork.known_file import Thing
from cases.workflow import Act
from core.refusals import Refused
from documents import wordings
from documents.facts import to_json
from documents.models import Attachment
from jobs.models import Job

VOLUMES = {Bundle.Kind.MAIN_FILE: Volume.MAIN, Bundle.Kind.INTERNAL_FILE: Volume.INNER}
EMPTY = {
    Volume.MAIN: "签发文书、登记证据以后再生成。",
    Volume.INNER: "审查报告、审批表等内部文书定稿以后再生成。",
}
MOST_PARTS = 3_000


@transaction.atomic
def batch(
    case: Case,
    *,
    papers: Collection[str],
    who: str,
    claimants: Collection[int],
    by: User,
    leave_out: bool = False,
    as_written: bool = False,
    on_new_sheet: bool = False,
) -> Bundle:
    """批量生成: the facts of every worker's paper are frozen now. The same batch asked for twice is one."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_batch(case, by):
        raise Refused(reason)
    found = check(case, by, papers, who, claimants)
    if reason := found.why_not(leave_out=leave_out, as_written=as_written):
        raise Refused(reason)
    sheets = found.ready if leave_out else found.sheets
    plan = {
        "papers": sorted({each.declared.key for each in sheets}),
        "claimants": sorted({each.worker.claimant.pk for each in sheets}),
        "left_out": found.held_back if leave_out else 0,
        "on_new_sheet": on_new_sheet,
    }
    bundle, is_new = _begin(case, Bundle.Kind.BATCH, plan, len(sheets), by)
    if is_new:
        BundlePart.objects.bulk_create(_papers(bundle, found, sheets))
        heads = len({each.worker.number for each in sheets})
        titles = "、".join(dict.fromkeys(each.title for each in sheets))
        text = f"批量生成{titles}，{heads} 人，{len(sheets)} 份"
        journal.note(case, Act.DOCUMENT, by=by, text=text)
    return bundle


@transaction.atomic
def file(case: Case, *, kind: str, by: User) -> Bundle:
    """生成案卷: 正卷 or 副卷, with what lies in it now."""
    case = Case.objects.lock(case)
    if reason := policy.why_not(kind, case, by):
        raise Refused(reason)
    volume = VOLUMES[Bundle.Kind(kind)]
    things = Known(case).things(volume)
    if not things:
        raise Refused(f"{volume.value}里还没有材料。{EMPTY[volume]}")
    parts = [part for thing in things for part in _parts(thing)]
    bundle, is_new = _begin(case, kind, {"things": len(things)}, len(parts), by)
    if is_new:
        for position, part in enumerate(parts):
            part.bundle, part.position = bundle, position
        BundlePart.objects.bulk_create(parts)
    return bundle


@transaction.atomic
def cancel(bundle: Bundle, *, by: User) -> Job:
    """取消: stops within one paper; nothing of it is to be seen."""
    if reason := policy.why_not(bundle.kind, bundle.case, by):
        raise Refused(reason)
    job = Job.objects.select_for_update(of=("self",)).get(pk=bundle.job_id)
    if job.finished_at:
        raise Refused(f"这次生成{job.get_status_display()}，不能取消。")
    work.end(bundle, job, Job.Status.CANCELLED, f"{by} 取消了生成，没有留下文件。")
    transaction.on_commit(partial(keeping.forget_parts, bundle.pk))
    return job


@transaction.atomic
def remove(bundle: Bundle, *, by: User) -> Bundle:
    """删除文件: before its time; that it was made, by whom and from what stays on record."""
    if reason := policy.why_not(bundle.kind, bundle.case, by):
        raise Refused(reason)
    if not keeping.remove(bundle):
        raise Refused("文件已经删除。需要时重新生成。")
    record(by, Verb.EXPORT, str(bundle), bundle.pk, detail="删除文件")
    return bundle


def _begin(case: Case, kind: str, plan: dict[str, Any], total: int, by: User) -> tuple[Bundle, bool]:
    """The new bundle, or the one that is running for the same plan. The case is locked: nobody comes in between."""
    if total > MOST_PARTS:
        raise Refused(f"一次最多生成 {MOST_PARTS:,} 件，现在有 {total:,} 件。请分几次。")
    digest = hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()
    running = Bundle.objects.unfinished().filter(case=case, kind=kind).select_related("job__requested_by")
    if found := running.first():
        if found.plan_hash == digest:
            return found, False
        raise Refused(f"{found.job.requested_by} 发起的还没完成。{RUNNING}")
    job = Job.objects.create(
        kind=f"bundle-{kind}", organisation=case.organisation, requested_by=by, total=total
    )
    bundle = Bundle.objects.create(case=case, kind=kind, plan=plan, plan_hash=digest, job=job)
    tasks.make.delay_on_commit(str(bundle.pk))
    return bundle, True


def _papers(bundle: Bundle, found: Check, sheets: Iterable[Any]) -> list[BundlePart]:
    versions = {
        each.key: wordings.current(each.paper, bundle.case.organisation)[1] for each in found.declared
    }
    return [
        BundlePart(
            bundle=bundle,
            position=position,
            title=each.title,
            paper=each.declared.key,
            number=each.worker.number,
            claimant=each.worker.claimant,
            facts_json=to_json(each.facts),
            template_version=versions[each.declared.key],
        )
        for position, each in enumerate(sheets)
    ]


def _parts(thing: Thing) -> list[BundlePart]:
    """One for each file of the thing, at least one; the first carries its line of the list."""
    title = thing.filed.title
    files: list[Attachment | None] = [*thing.attachments] or [None]
    return [
        BundlePart(
            title=title if len(files) == 1 else f"{title}（{n}）",
            document=thing.document,
            evidence=thing.evidence,
            attachment=attachment,
            facts_json=to_json(thing.filed) if n == 1 else "",
        )
        for n, attachment in enumerate(files, start=1)
    ]
