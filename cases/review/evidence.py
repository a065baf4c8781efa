"""证据: items with what they prove, and their files. Nothing is deleted: what leaves the list keeps its reason."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal, stale
from cases.models import Case, Claimant, Evidence, EvidenceFile
from cases.review import policy
from cases.workflow import Act
from core import clock
from core.refusals import Refused
from documents.models import Attachment


@transaction.atomic
def add(case: Case, *, by: User, files: Iterable[Attachment] = (), **facts: Any) -> Evidence:
    """登记证据 with its uploads."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_add_evidence(case, by):
        raise Refused(reason)
    _refuse_foreign(case, facts.get("claimant"))
    item = Evidence.objects.create(case=case, recorded_by=by, **facts)
    _attach(item, files, by)
    journal.note(case, Act.EVIDENCE, by=by, text=item.get_kind_display())
    return item


def _open(item: Evidence, by: User, act: str) -> tuple[Case, Evidence]:
    """Case and item, locked, for somebody who may write evidence; what has left the list is not touched again."""
    case = Case.objects.lock(item.case)
    if reason := policy.why_not_add_evidence(case, by):
        raise Refused(reason)
    item = Evidence.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.removed_at:
        raise Refused(f"这项证据已移出清单，不能再{act}。")
    return case, item


def _refuse_foreign(case: Case, claimant: Claimant | None) -> None:
    if claimant is not None and claimant.case_id != case.pk:
        raise Refused("所属申请人不在本案，请重新选择。")


def _attach(item: Evidence, files: Iterable[Attachment], by: User) -> None:
    for attachment in files:
        EvidenceFile.objects.create(evidence=item, attachment=attachment, recorded_by=by)


@transaction.atomic
def change(item: Evidence, *, version: int, by: User, **facts: Any) -> Evidence:
    """修改证据 (what it proves, whose it is, whether the original was seen). Conflict when somebody saved first."""
    case, item = _open(item, by, "修改")
    _refuse_foreign(case, facts.get("claimant"))
    stale.guard(item, version, facts, "同事")
    stale.save(item, facts)
    journal.note(case, Act.EVIDENCE, by=by, text=f"修改{item.get_kind_display()}")
    return item


@transaction.atomic
def add_files(item: Evidence, *, files: Iterable[Attachment], by: User) -> Evidence:
    """补充证据文件."""
    case, item = _open(item, by, "补充文件")
    _attach(item, files, by)
    journal.note(case, Act.EVIDENCE, by=by, text=f"{item.get_kind_display()}补充文件")
    return item


@transaction.atomic
def remove(item: Evidence, *, reason: str, by: User) -> Evidence:
    """移出证据清单: stays visible with its reason."""
    case, item = _open(item, by, "移出")
    if not reason.strip():
        raise Refused("还没填移出原因。")
    item.removed_at, item.removed_reason = clock.now(), reason
    item.version += 1
    item.save(update_fields=["removed_at", "removed_reason", "version"])
    journal.note(case, Act.EVIDENCE, by=by, text=f"移出{item.get_kind_display()}：{reason}")
    return item
