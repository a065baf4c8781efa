"""当事人与诉求: who applies and for what; consent and withdrawal are each person's own."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal, stale
from cases.intake import parties, register
from cases.intake.actions import refuse_future
from cases.intake.facts import ClaimantFacts
from cases.limitation.watching import watch
from cases.models import Case, Claimant, ClaimItem, Consent, Person, Respondent
from cases.review import policy
from cases.search import refresh
from cases.workflow import IN_COURT, Act
from core.masking import group_title, mask_address, mask_card, mask_id, mask_phone
from core.refusals import Conflict, Refused

ITEM = ("kind", "period_from", "period_to", "due", "paid", "formula")
SEALED = {"id_number": mask_id, "phone": mask_phone, "bank_account": mask_card, "address": mask_address}


def lock_for_change(case: Case, by: User) -> Case:
    """The case, locked, for somebody who may change its parties now; Refused otherwise."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_change_parties(case, by):
        raise Refused(reason)
    return case


def _lock_claimant(claimant: Claimant, act: str) -> Claimant:
    claimant = Claimant.objects.select_for_update(of=("self",)).select_related("person").get(pk=claimant.pk)
    if claimant.withdrawn_on:
        raise Refused(f"{claimant} 已于 {claimant.withdrawn_on} 撤回，不能{act}。")
    return claimant


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
    case = lock_for_change(case, by)
    claimant = register.add_claimant(case, facts, by=by)
    journal.note(case, Act.CLAIMANT_ADDED, by=by)
    retitle(case)
    watch(case, by=by)
    return claimant


@transaction.atomic
def change(claimant: Claimant, *, version: int, by: User, **facts: Any) -> Claimant:
    """修改申请人 (work, period, wage, representative, remark). Conflict when somebody saved first."""
    case = lock_for_change(claimant.case, by)
    claimant = _lock_claimant(claimant, "修改")
    stale.guard(claimant, version, facts, "同事")
    stale.save(claimant, facts)
    journal.note(case, Act.CLAIM_CHANGED, by=by)
    retitle(case)
    watch(case, by=by)
    return claimant


@transaction.atomic
def change_person(
    claimant: Claimant | Respondent, *, version: int, by: User, **facts: Any
) -> Claimant | Respondent:
    """修改身份信息 of a claimant or respondent. Encrypted columns given as blank stay as they are."""
    case = lock_for_change(claimant.case, by)
    assert claimant.person is not None, "a company has no identity card"
    person = Person.objects.select_for_update().get(pk=claimant.person.pk)
    facts = {name: value for name, value in facts.items() if value or name not in SEALED}
    if person.version != version:
        _compare_person(person, facts)
    parties.rewrite(person, facts)
    journal.note(case, Act.CLAIM_CHANGED, by=by, text="修改身份信息")
    retitle(case)
    return claimant


def _compare_person(person: Person, facts: dict[str, Any]) -> None:
    """Conflict with what differs. Of a sealed column the comparison shows the mask, and 'theirs' means: leave it."""
    theirs = {name: (value, getattr(person, name)) for name, value in facts.items()}
    differing = {name: pair for name, pair in theirs.items() if pair[0] != pair[1]}
    for name in differing.keys() & SEALED.keys():
        mine, stored = differing[name]
        differing[name] = (mine, stale.Untouched(SEALED[name](stored) or "（空）"))
    if differing:
        raise Conflict(stale.SOMEBODY_WAS_FIRST, current=person, fields=differing)


@transaction.atomic
def set_items(claimant: Claimant, *, items: list[dict[str, Any]], version: int, by: User) -> Claimant:
    """修改诉求明细: the rows as a whole replace those before; at least one stays. Money in yuan."""
    case = lock_for_change(claimant.case, by)
    claimant = _lock_claimant(claimant, "修改诉求")
    if claimant.version != version:
        _compare_items(claimant, items)
    if not items:
        raise Refused("至少要留一项诉求。申请人不再主张的，请登记撤回。")
    for item in items:
        if item["paid"] > item["due"]:
            raise Refused("已付大于应付，请核对两个金额。")
    claimant.items.all().delete()
    ClaimItem.objects.bulk_create(ClaimItem(claimant=claimant, recorded_by=by, **item) for item in items)
    stale.save(claimant, {})
    journal.note(case, Act.CLAIM_CHANGED, by=by, text=f"诉求 {len(items)} 项")
    watch(case, by=by)
    return claimant


def _compare_items(claimant: Claimant, items: list[dict[str, Any]]) -> None:
    """Conflict cell by cell: `due-0` is the sum of the first row, as the form calls it."""
    stored = list(claimant.items.values(*ITEM))
    blank = dict.fromkeys(ITEM)
    differing = {}
    for n in range(max(len(items), len(stored))):
        mine, theirs = ((rows[n] if n < len(rows) else blank) for rows in (items, stored))
        for name in ITEM:
            if (mine[name] or None) != (theirs[name] or None):
                differing[f"{name}-{n}"] = (mine[name], theirs[name])
    if differing:
        raise Conflict(stale.SOMEBODY_WAS_FIRST, current=claimant, fields=differing)


@transaction.atomic
def consent(claimant: Claimant, *, kind: str, given_on: date, by: User) -> Consent:
    """登记自愿申请 or its revocation: a new row each time, the latest counts (trap 4)."""
    case = Case.objects.lock(claimant.case)
    if reason := policy.why_not_consent(case, by):
        raise Refused(reason)
    claimant = _lock_claimant(claimant, "再登记自愿申请")
    refuse_future("日期", given_on)
    later = claimant.consents.filter(given_on__gt=given_on).order_by("given_on", "pk").last()
    if kind == Consent.Kind.REVOKED and later:
        raise Refused(f"撤回同意的日期 {given_on} 早于已登记的“{later}”，不起作用。请核对日期。")
    record = Consent.objects.create(claimant=claimant, kind=kind, given_on=given_on, recorded_by=by)
    journal.note(case, Act.CONSENT, by=by, text=f"{claimant}：{record.get_kind_display()}")
    return record


@transaction.atomic
def withdraw(claimant: Claimant, *, withdrawn_on: date, reason: str, by: User) -> Claimant:
    """申请人撤回: ends this claimant's part; the others stay. The last one cannot leave this way (trap 4)."""
    case = Case.objects.lock(claimant.case)
    if refusal := policy.why_not_withdraw_claimant(case, by):
        raise Refused(refusal)
    claimant = _lock_claimant(claimant, "再撤回")
    refuse_future("撤回日期", withdrawn_on)
    if not reason.strip():
        raise Refused("还没填撤回原因。")
    if case.claimants.standing().count() == 1:
        raise Refused("这是最后一名申请人。全部撤回请在“处理意见”里提出终结审查或者撤回支持起诉。")
    claimant.withdrawn_on, claimant.withdrawn_by, claimant.withdrawal_reason = withdrawn_on, by, reason
    claimant.version += 1
    claimant.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_reason", "version"])
    told = "（支持起诉后撤回，请告知法院）" if case.stage in IN_COURT else ""
    journal.note(case, Act.CLAIMANT_WITHDRAWN, by=by, text=f"{claimant}：{reason}{told}")
    retitle(case)
    watch(case, by=by)
    return claimant
