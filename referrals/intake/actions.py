"""移送、补正、草稿: the verbs of whoever hands in a lead, partner or staff."""

import json
from typing import Any

from django.db import transaction

from accounts.models import Organisation, OrganisationKind, User
from cases.models import Source
from core import clock
from core.refusals import Conflict, Refused
from documents import numbers
from referrals import clocks, journal, policy
from referrals.facts import ReferralFacts
from referrals.intake.content import fill
from referrals.intake.material import discard
from referrals.models import Referral
from referrals.workflow import Act, Status

MOST_WORKERS = 300
SOURCES = {
    OrganisationKind.LEGAL_AID: Source.LEGAL_AID,
    OrganisationKind.LABOUR_INSPECTION: Source.LABOUR_INSPECTION,
    OrganisationKind.SOCIAL_INSURANCE: Source.SOCIAL_INSURANCE,
    OrganisationKind.TRADE_UNION: Source.TRADE_UNION,
    OrganisationKind.WOMENS_FEDERATION: Source.WOMENS_FEDERATION,
    OrganisationKind.PETITION_OFFICE: Source.PETITION_OFFICE,
    OrganisationKind.STREET_OFFICE: Source.STREET_OFFICE,
}


def office_of(unit: Organisation) -> Organisation:
    """接收院: the nearest procuratorate above the partner in the tree; Refused when there is none."""
    above = unit.parent
    while above is not None and not above.is_procuratorate:
        above = above.parent
    if above is None:
        raise Refused("你的单位还没有对应的检察院，请联系检察院在“单位”里设置。")
    return above


@transaction.atomic
def save_draft(
    office: Organisation,
    *,
    typed: dict[str, Any],
    unit: Organisation | None,
    by: User,
    draft: Referral | None = None,
    version: int | None = None,
) -> Referral:
    """存草稿: keep what stands in the form, right or wrong. Also for a returned lead that is being supplemented.

    Conflict when somebody of the unit, or another tab, kept this draft after `version` was shown.
    """
    if draft is not None:
        draft = Referral.objects.lock(draft)
        _refuse(policy.why_not_own(draft, by) or _why_not_editable(draft))
        _refuse_stale(draft, version)
    else:
        _refuse(policy.why_not_send(office, unit, by))
        draft = Referral(organisation=office, unit=unit, created_by=by, source=source_of(unit))
    draft.typed = json.dumps(typed, ensure_ascii=False)
    if draft.status == Status.DRAFT:
        draft.employer_name = str(typed.get("form", {}).get("employer_name", ""))[:120]
        draft.version += 1
    draft.updated_at = clock.now()
    draft.save()
    return draft


@transaction.atomic
def delete_draft(draft: Referral, *, by: User) -> None:
    """删除草稿: nothing of it was ever submitted, so nothing of it is kept, its files neither."""
    draft = Referral.objects.lock(draft)
    _refuse(policy.why_not_own(draft, by))
    if draft.status != Status.DRAFT:
        raise Refused(f"线索已是“{draft.get_status_display()}”，不能删除。")
    for link in draft.attachments.select_related("attachment"):
        link.delete()
        discard(link.attachment)
    draft.delete()


@transaction.atomic
def submit(
    office: Organisation,
    *,
    facts: ReferralFacts,
    unit: Organisation | None,
    by: User,
    draft: Referral | None = None,
    version: int | None = None,
) -> Referral:
    """移送线索 (L1): take the code, keep what was submitted as it stands, start the P1 clock.

    `unit` is the partner; None for leads that staff of the office register themselves. `version` is that of
    the draft when the page was made.
    """
    _refuse(policy.why_not_send(office, unit, by) or why_not_complete(facts, unit))
    referral = (
        Referral.objects.lock(draft) if draft else Referral(organisation=office, unit=unit, created_by=by)
    )
    if draft:
        _refuse(policy.why_not_own(referral, by))
    _refuse(journal.why_not_move(referral, Act.SUBMIT))
    _refuse_stale(referral, version)
    received_on = facts.received_on or clock.today()
    referral.source = source_of(unit) if unit else facts.source
    referral.code = numbers.take_code(office, "XS", received_on.year)
    referral.received_on = received_on
    fill(referral, facts, act=Act.SUBMIT, by=by)
    clocks.start_receipt(referral, on=received_on, by=by)
    return referral


@transaction.atomic
def supplement(referral: Referral, *, facts: ReferralFacts, by: User, version: int | None = None) -> Referral:
    """补正: the sender hands in the whole lead again; what it was before stays in its submissions."""
    referral = Referral.objects.lock(referral)
    _refuse(policy.why_not_supplement(referral, by) or why_not_complete(facts, referral.unit))
    if version not in (None, referral.version):
        raise Conflict("线索在你打开之后有变化，请核对后再提交。", current=referral)
    today = clock.today()
    for note in referral.return_notes.filter(supplemented_at=None):
        note.supplemented_at, note.supplemented_by = clock.now(), by
        note.save(update_fields=["supplemented_at", "supplemented_by"])
    clocks.meet(referral, clocks.SUPPLEMENT, on=today, by=by)
    fill(referral, facts, act=Act.SUPPLEMENT, by=by)
    clocks.start_receipt(referral, on=today, by=by)
    return referral


def source_of(unit: Organisation | None) -> str:
    """来源 by the kind of the partner."""
    return SOURCES.get(OrganisationKind(unit.kind), Source.OTHER) if unit else Source.WALK_IN


def why_not_complete(facts: ReferralFacts, unit: Organisation | None) -> str:
    """What form and grid have checked already, asked once more of whoever calls the verb directly."""
    if not facts.workers:
        return "还没填务工人员，至少要有一名。"
    if len(facts.workers) > MOST_WORKERS:
        return f"名单有 {len(facts.workers)} 人，最多 {MOST_WORKERS} 人。请分两次移送。"
    if unit is not None and not facts.is_consented:
        return "还没勾选“已告知当事人并取得同意”。"
    if facts.received_on and facts.received_on > clock.today():
        return f"收到日期不能晚于今天（{clock.today()}），请核对。"
    return ""


def _why_not_editable(referral: Referral) -> str:
    if referral.status in (Status.DRAFT, Status.RETURNED):
        return ""
    return f"线索已是“{referral.get_status_display()}”，不能再改。"


def _refuse_stale(draft: Referral, version: int | None) -> None:
    if draft.status == Status.DRAFT and version not in (None, draft.version):
        at = draft.updated_at.astimezone(clock.SHANGHAI)
        raise Conflict(
            f"这份草稿 {at:%H:%M} 在另一处存过。你填的还在本页，再存或提交一次，就以本页为准。",
            current=draft,
        )


def _refuse(reason: str) -> None:
    if reason:
        raise Refused(reason)
