"""申请登记 (S1): the verb that makes a case. Referrals call it when a lead is converted."""

from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases import clocks, journal
from cases.causes import CAUSES
from cases.intake import parties
from cases.intake.actions import refuse_future
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts, RespondentFacts
from cases.limitation import watching
from cases.models import Case, Claimant, ClaimItem, Consent, Respondent
from cases.search import refresh
from cases.workflow import STARTS, Act
from core import clock
from core.masking import group_title
from core.refusals import Refused
from documents import numbers

PLACE = ("position", "above", "link", "liability_basis", "is_defendant")


def why_not_register(office: Organisation, user: User) -> str:
    """The first reason why this user may not register an application with this office; empty when they may."""
    if not user.may(Permission.CASE_HANDLE) or user.organisation_id != office.pk:
        return "只有本院办案人员可以登记申请。"
    return ""


def title_of(facts: CaseFacts) -> str:
    """案件名称, e.g. 王建国等 15 人诉某建设工程有限公司追索劳动报酬纠纷."""
    names = [claimant.person.name for claimant in facts.claimants]
    against = facts.respondents[0].name if facts.respondents else "待查"
    return f"{group_title(names[0], len(names))}诉{against}{CAUSES.get(facts.cause, '')}"[:160]


@transaction.atomic
def register(office: Organisation, *, facts: CaseFacts, handler: User | None, by: User) -> Case:
    """申请登记: case, persons, claimants with their first claim item, respondents; starts the P3 clock."""
    if reason := why_not_register(office, by):
        raise Refused(reason)
    if not facts.claimants:
        raise Refused("还没填申请人，至少要有一名。")
    refuse_future("收到日期", facts.received_on)
    if handler and not User.objects.handlers_of(office).filter(pk=handler.pk).exists():
        raise Refused(f"{handler} 不能承办本院案件，请在列表里另选一位。")
    case = Case.objects.create(
        organisation=office,
        code=numbers.take_code(office, "", facts.received_on.year),
        title=title_of(facts),
        category=facts.category,
        cause=facts.cause,
        cause_name=CAUSES.get(facts.cause, ""),
        handler=handler,
        source=facts.source,
        source_unit=facts.source_unit,
        source_number=facts.source_number,
        received_on=facts.received_on,
        project=parties.project_for(office, facts.project_name, facts.project_place, facts.region_code),
        facts=facts.facts,
        request=facts.request,
        intended_court=facts.intended_court,
        green_channel=facts.green_channel,
        created_by=by,
        created_at=clock.now(),
    )
    for claimant in facts.claimants:
        add_claimant(case, claimant, by=by)
    for respondent in facts.respondents:
        add_respondent(case, respondent, by=by)
    journal.note(case, Act.REGISTER, by=by, text=case.get_source_display())
    for code in STARTS[Act.REGISTER]:
        clocks.start(case, code, on=facts.received_on, by=by, rests_on="received_on")
    watching.watch(case, by=by)
    refresh(case)
    return case


def add_claimant(case: Case, facts: ClaimantFacts, *, by: User) -> Claimant:
    """One applicant of a case with their first claim item; Refused when already there."""
    person = parties.person_for(case.organisation, facts.person)
    if case.claimants.filter(person=person).exists():
        raise Refused(f"{person.name} 已是本案申请人，请删去重复的一行。")
    claimant = Claimant.objects.create(
        case=case,
        person=person,
        job=facts.job,
        worked_from=facts.worked_from,
        worked_to=facts.worked_to,
        wage_standard=facts.wage_standard,
        weakness=facts.weakness,
        remark=facts.remark,
        recorded_by=by,
    )
    if facts.due:
        ClaimItem.objects.create(
            claimant=claimant,
            kind=facts.kind,
            due=facts.due,
            paid=facts.paid,
            period_from=facts.worked_from,
            period_to=facts.worked_to,
            recorded_by=by,
        )
    if facts.consented_on:
        Consent.objects.create(
            claimant=claimant, kind=Consent.Kind.SIGNED, given_on=facts.consented_on, recorded_by=by
        )
    return claimant


def add_respondent(case: Case, facts: RespondentFacts, *, by: User) -> Respondent:
    """One debtor of a case: the office's company row, or a natural person."""
    party: dict[str, Any] = {}
    if facts.is_company:
        party["company"] = parties.company_for(case.organisation, facts)
    else:
        known = PersonFacts(
            name=facts.name, id_number=facts.id_number, phone=facts.phone, address=facts.address
        )
        party["person"] = parties.person_for(case.organisation, known)
    place = {name: getattr(facts, name) for name in PLACE}
    return Respondent.objects.create(case=case, recorded_by=by, **party, **place)
