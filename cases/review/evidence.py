"""证据: items with what they prove, and their files. Nothing is deleted: what leaves the list keeps its reason."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal
from cases.models import Case, Evidence, EvidenceFile
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
    claimant = facts.get("claimant")
    if claimant is not None and claimant.case_id != case.pk:
        raise Refused("所属申请人不在本案，请重新选择。")
    item = Evidence.objects.create(case=case, recorded_by=by, **facts)
    _attach(item, files, by)
    journal.note(case, Act.EVIDENCE, by=by, text=item.get_kind_display())
    return item


def _attach(item: Evidence, files: Iterable[Attachment], by: User) -> None:
    for attachment in files:
        EvidenceFile.objects.create(evidence=item, attachment=attachment, recorded_by=by)


@transaction.atomic
def add_files(item: Evidence, *, files: Iterable[Attachment], by: User) -> Evidence:
    """补充证据文件."""
    case = Case.objects.lock(item.case)
    if reason := policy.why_not_add_evidence(case, by):
        raise Refused(reason)
    if item.removed_at:
        raise Refused("这项证据已移出清单，不能再补充文件。")
    _attach(item, files, by)
    journal.note(case, Act.EVIDENCE, by=by, text=f"{item.get_kind_display()}补充文件")
    return item


@transaction.atomic
def remove(item: Evidence, *, reason: str, by: User) -> Evidence:
    """移出证据清单: stays visible with its reason."""
    case = Case.objects.lock(item.case)
    if refusal := policy.why_not_add_evidence(case, by):
        raise Refused(refusal)
    if item.removed_at:
        raise Refused("这项证据已移出清单。")
    if not reason.strip():
        raise Refused("还没填移出原因。")
    item.removed_at, item.removed_reason = clock.now(), reason
    item.save(update_fields=["removed_at", "removed_reason"])
    journal.note(case, Act.EVIDENCE, by=by, text=f"移出{item.get_kind_display()}：{reason}")
    return item
