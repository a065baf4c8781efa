"""当事人与诉求: consent, withdrawal of one, changes of claimants, claim items and respondents."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal, stale
from cases.intake import register
from cases.intake.actions import refuse_future
from cases.intake.facts import ClaimantFacts, RespondentFacts
from cases.models import Case, Claimant, ClaimItem, Consent, Respondent
from cases.review import policy
from cases.search import refresh
from cases.workflow import OPEN_STAGES, Act
from core.masking import group_title
from core.refusals import Refused


def _lock_for_change(case: Case, by: User) -> Case:
    case = Case.objects.lock(case)
    if reason := policy.why_not_change_parties(case, by):
        raise Refused(reason)
    return case


def retitle(case: Case) -> None:
    """案件名称 follows the standing claimants; search terms follow it."""
    names = list(
        case.claimants.standing().order_by("-is_representative", "pk").values_list("person__name", flat=True)
    )
    _, separator, rest = case.title.partition("诉")
    if names and separator:
        case.title = f"{group_title(names[0], len(names))}诉{rest}"[:160]
        case.save(update_fields=["title"])
    refresh(case)


@transaction.atomic
def add(case: Case, *, facts: ClaimantFacts, by: User) -> Claimant:
    """增加申请人."""
    case = _lock_for_change(case, by)
    claimant = register.add_claimant(case, facts, by=by)
    journal.note(case, Act.CLAIMANT_ADDED, by=by)
    retitle(case)
    return claimant


@transaction.atomic
def change(claimant: Claimant, *, version: int, by: User, **facts: Any) -> Claimant:
    """修改申请人 (work, period, wage, representative, remark). Conflict when somebody saved first."""
    case = _lock_for_change(claimant.case, by)
    claimant = Claimant.objects.select_for_update(of=("self",)).get(pk=claimant.pk)
    stale.guard(claimant, version, facts, "同事")
    stale.save(claimant, facts)
    journal.note(case, Act.CLAIM_CHANGED, by=by)
    retitle(case)
    return claimant


@transaction.atomic
def set_items(claimant: Claimant, *, items: list[dict[str, Any]], version: int, by: User) -> Claimant:
    """修改诉求明细: the rows as a whole replace those before; at least one stays. Money in yuan."""
    case = _lock_for_change(claimant.case, by)
    claimant = Claimant.objects.select_for_update(of=("self",)).get(pk=claimant.pk)
    stale.guard(claimant, version, {}, "同事")
    if not items:
        raise Refused("至少要留一项诉求。申请人不再主张的，请登记撤回。")
    for item in items:
        if item["paid"] > item["due"]:
            raise Refused("已付大于应付，请核对两个金额。")
    claimant.items.all().delete()
    ClaimItem.objects.bulk_create(ClaimItem(claimant=claimant, recorded_by=by, **item) for item in items)
    stale.save(claimant, {})
    journal.note(case, Act.CLAIM_CHANGED, by=by, text=f"诉求 {len(items)} 项")
    return claimant


@transaction.atomic
def consent(claimant: Claimant, *, kind: str, given_on: date, by: User) -> Consent:
    """登记自愿申请 or its revocation: a new row each time, the latest counts (trap 4)."""
    case = Case.objects.lock(claimant.case)
    if reason := policy.why_not_at(case, by, frozenset(OPEN_STAGES), "登记自愿申请"):
        raise Refused(reason)
    refuse_future("日期", given_on)
    record = Consent.objects.create(claimant=claimant, kind=kind, given_on=given_on, recorded_by=by)
    journal.note(case, Act.CONSENT, by=by, text=record.get_kind_display())
    return record


@transaction.atomic
def withdraw(claimant: Claimant, *, withdrawn_on: date, reason: str, by: User) -> Claimant:
    """申请人撤回: ends this claimant's part; the others stay. The last one cannot leave this way (trap 4)."""
    case = Case.objects.lock(claimant.case)
    if refusal := policy.why_not_withdraw_claimant(case, by):
        raise Refused(refusal)
    claimant = Claimant.objects.select_for_update(of=("self",)).get(pk=claimant.pk)
    if claimant.withdrawn_on:
        raise Refused(f"{claimant} 已于 {claimant.withdrawn_on} 撤回。")
    refuse_future("撤回日期", withdrawn_on)
    if not reason.strip():
        raise Refused("还没填撤回原因。")
    if case.claimants.standing().count() == 1:
        raise Refused("这是最后一名申请人。全部撤回请在“处理意见”里提出终结审查或者撤回支持起诉。")
    claimant.withdrawn_on, claimant.withdrawn_by, claimant.withdrawal_reason = withdrawn_on, by, reason
    claimant.version += 1
    claimant.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_reason", "version"])
    journal.note(case, Act.CLAIMANT_WITHDRAWN, by=by, text=reason)
    retitle(case)
    return claimant


@transaction.atomic
def add_respondent(case: Case, *, facts: RespondentFacts, by: User) -> Respondent:
    """增加被申请人."""
    case = _lock_for_change(case, by)
    respondent = register.add_respondent(case, facts, by=by)
    journal.note(case, Act.RESPONDENT_CHANGED, by=by)
    refresh(case)
    return respondent


@transaction.atomic
def change_respondent(respondent: Respondent, *, version: int, by: User, **facts: Any) -> Respondent:
    """修改被申请人: position, place in the liability chain, basis, whether sued."""
    case = _lock_for_change(respondent.case, by)
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    above = facts.get("above")
    if above is not None and (above.case_id != case.pk or above.pk == respondent.pk):
        raise Refused("上一手要选本案的另一个被申请人。")
    stale.guard(respondent, version, facts, "同事")
    stale.save(respondent, facts)
    journal.note(case, Act.RESPONDENT_CHANGED, by=by)
    return respondent
