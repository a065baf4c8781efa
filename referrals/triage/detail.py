"""The office's page of one lead: what came in, masked, what speaks for a duplicate, what may be done now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from core import clock
from core.masking import mask_id, mask_phone
from referrals import clocks, policy
from referrals.models import Referral, ReferralWorker
from referrals.portal.own import facts_lines
from referrals.triage import hints
from referrals.workflow import Act

HIDDEN_HERE = {"经办人", "联系电话", "用人单位电话"}


@dataclass(frozen=True)
class Door:
    """One act of triage as the page offers it."""

    act: Act
    label: str
    name: str


DOORS = [
    Door(Act.CONVERT, "接收并转为申请", "conversion"),
    Door(Act.RETURN, "退回补正", "return"),
    Door(Act.REDIRECT, "引导其他途径", "redirection"),
    Door(Act.CONSULT, "仅咨询", "consultation"),
    Door(Act.UNWILLING, "当事人不愿", "unwillingness"),
    Door(Act.INVALIDATE, "重复或无效", "invalidation"),
    Door(Act.TRANSFER, "移送他院", "transfer"),
]


def context(referral: Referral, user: User) -> dict[str, Any]:
    """Context of the lead's page and of the inbox's right pane."""
    checks = hints.completeness(referral)
    return {
        "referral": referral,
        "facts": [line for line in facts_lines(referral) if line[0] not in HIDDEN_HERE],
        "workers": [_worker(referral, worker, user) for worker in referral.workers.all()],
        "total": referral.workers.aggregate(total=Sum("owed"))["total"],
        "contact": _contact(referral, user),
        "files": referral.attachments.filter(removed_at=None).select_related("attachment"),
        "duplicates": hints.duplicates(referral),
        "checks": checks,
        "lacking": [what for what, is_there in checks if not is_there],
        "complete": sum(done for _, done in checks),
        "jurisdiction": hints.jurisdiction(referral),
        "clock": next(iter(clocks.running(referral)), None),
        "return_notes": referral.return_notes.select_related("made_by"),
        "outcome": getattr(referral, "outcome", None),
        "doors": doors(referral, user),
        "events": timeline(referral),
        "may_note": user.may(Permission.REFERRAL_TRIAGE),
        "may_feed_back": not policy.why_not_feed_back(referral, user),
        "may_supplement": not policy.why_not_supplement(referral, user),
    }


def doors(referral: Referral, user: User) -> list[tuple[Door, str]]:
    """The acts that are open to this user now, with their addresses."""
    return [
        (door, reverse(f"referrals:{door.name}", args=[referral.code]))
        for door in DOORS
        if not policy.why_not_triage(referral, user, door.act)
    ]


def timeline(referral: Referral) -> list[dict[str, Any]]:
    """Everything that happened, with names and internal notes, newest first."""
    rows = referral.events.select_related("actor").order_by("-pk")
    return [
        {
            "title": "登记"
            if event.kind == Act.SUBMIT and not referral.unit_id
            else event.get_kind_display(),
            "text": event.note or event.told,
            "at": event.happened_at.astimezone(clock.SHANGHAI),
            "by": event.actor,
            "tone": "sys" if event.kind == Act.NOTE else "",
            "url": "",
        }
        for event in rows
    ]


def _worker(referral: Referral, worker: ReferralWorker, user: User) -> dict[str, Any]:
    def reveal(field: str, value: str) -> str:
        if not value or not user.may(Permission.REVEAL):
            return ""
        return reverse("referrals:worker_reveal", args=[referral.code, worker.pk, field])

    return {
        "row": worker,
        "id_masked": mask_id(worker.id_number),
        "id_url": reveal("id", worker.id_number),
        "phone_masked": mask_phone(worker.phone),
        "phone_url": reveal("phone", worker.phone),
    }


def _contact(referral: Referral, user: User) -> list[tuple[str, str, str, str]]:
    """经办人 and 用人单位: (who, name, masked phone, address of the reveal)."""
    contact = "经办人" if referral.unit_id else "来访、来电人"
    found = []
    for field, who, name, phone in [
        ("contact", contact, referral.contact_name, referral.contact_phone),
        ("employer", "用人单位", referral.employer_name, referral.employer_phone),
    ]:
        may = phone and user.may(Permission.REVEAL)
        url = reverse("referrals:phone_reveal", args=[referral.code, field]) if may else ""
        if phone or (field == "contact" and name):
            found.append((who, name, mask_phone(phone), url))
    return found
