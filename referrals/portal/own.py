"""The partner's page of one lead: its own words back, masked, and `progress`. No field of the office is passed on."""

from typing import Any

from django.db.models import Sum

from accounts.models import User
from core import clock
from core.masking import mask_id, mask_phone
from referrals import clocks, policy
from referrals.models import Referral, ReferralWorker
from referrals.portal.progress import progress
from referrals.workflow import TOLD, Status

Line = tuple[str, ...]


def own_page(referral: Referral, user: User) -> dict[str, Any]:
    """Context of the partner's pages of a lead."""
    workers = list(referral.workers.all())
    return {
        "referral": referral,
        "progress": progress(referral),
        "facts": facts_lines(referral),
        "workers": [worker_line(worker) for worker in workers],
        "total": referral.workers.aggregate(total=Sum("owed"))["total"],
        "files": referral.attachments.filter(removed_at=None).select_related("attachment"),
        "return_note": referral.return_notes.filter(supplemented_at=None).first(),
        "clock": next(iter(clocks.running(referral, clocks.SUPPLEMENT)), None),
        "events": told(referral),
        "outcome": getattr(referral, "outcome", None),
        "may_supplement": not policy.why_not_supplement(referral, user),
        "may_attach": not policy.why_not_attach(referral, user),
    }


def worker_line(worker: ReferralWorker) -> dict[str, Any]:
    """务工人员 as the portal shows them: numbers masked."""
    return {
        "position": worker.position,
        "name": worker.name,
        "id_number": mask_id(worker.id_number),
        "phone": mask_phone(worker.phone),
        "job": worker.job,
        "worked_from": worker.worked_from,
        "worked_to": worker.worked_to,
        "owed": worker.owed,
        "remark": worker.remark,
    }


def facts_lines(referral: Referral) -> list[Line]:
    """What was handed in, as lines of a description list; what was left empty is left out."""
    return [line for line in _lines(referral) if line[1]]


def _lines(referral: Referral) -> list[Line]:
    period = [f"{day}" for day in (referral.worked_from, referral.worked_to) if day]
    return [
        ("经办人", referral.contact_name),
        ("联系电话", mask_phone(referral.contact_phone)),
        ("本单位编号", referral.unit_number),
        (referral.get_employer_position_display(), referral.employer_name, "w2"),
        ("统一社会信用代码", referral.employer_uscc),
        ("法定代表人", referral.employer_legal_representative),
        ("住所地", referral.employer_address),
        ("用人单位电话", mask_phone(referral.employer_phone)),
        ("工程项目", referral.project_name),
        ("项目地点", referral.project_place),
        ("务工期间", " 至 ".join(period)),
        ("约定标准", referral.wage_standard),
        ("行业领域", referral.get_industry_display()),
        ("已有处理", referral.prior_handling),
        ("绿色通道", "、".join(referral.urgencies)),
        ("用工和催要经过", referral.facts, "w3"),
        ("诉求", referral.request, "w3"),
        ("暂无材料的原因", referral.no_material_reason, "w3"),
    ]


def told(referral: Referral) -> list[dict[str, Any]]:
    """The timeline for the partner: which act, when, by which unit; never a name of the office or a note."""
    rows = referral.events.filter(kind__in=TOLD).select_related("actor__organisation").order_by("-pk")
    return [
        {
            "title": event.get_kind_display(),
            "text": event.told,
            "at": event.happened_at.astimezone(clock.SHANGHAI),
            "by": event.actor.organisation,
            "tone": "",
            "url": "",
        }
        for event in rows
    ]


def receipt_steps(referral: Referral) -> list[tuple[str, str]]:
    """接下来 with dates: the receipt clock is the office's promise."""
    due = next((deadline.due_on for deadline in clocks.running(referral, clocks.RECEIPT)), None)
    office = referral.organisation
    if referral.status not in (Status.SUBMITTED, Status.RETURNED):
        return [("已处理", "结果见“我的移送”。")]
    until = f"{due:%Y-%m-%d} 前" if due else "尽快"
    return [
        (f"{office}接收并核对", f"{until}答复：接收，或者告知要补正什么"),
        ("转为支持起诉申请", "检察院联系务工人员，核实意愿和材料"),
        ("决定是否受理", "一般在材料齐备后 7 日内，结果会显示在“我的移送”"),
    ]
