"""支持起诉书的要素 from the case: parties and sums from the claim table, text from the review."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from cases.models import Case, Claimant, ClaimItem, Evidence, Respondent, Review
from cases.papers import Applicant, Arrears, RespondentParty, SupportLetterFacts
from core.masking import mask_address, mask_id, mask_phone

Party = TypeVar("Party", Applicant, RespondentParty)
TYPED = ("court", "origin", "found", "evidence", "opinion", "basis", "enclosures")


def support_letter_facts(case: Case) -> SupportLetterFacts:
    """The first draft, prefilled with everything that the case knows; what it does not know stays 待填."""
    review = Review.objects.filter(case=case).first() or Review()
    facts = SupportLetterFacts(
        office=case.organisation.name,
        court=case.intended_court,
        applicants=[],
        respondents=[],
        origin="",
        found=review.facts_found or case.facts,
        evidence=_evidence(case),
        opinion="\n".join(text for text in (review.legal_opinion, review.necessity) if text),
        enclosures=["支持起诉申请书", "民事起诉状", "证据材料目录"],
    )
    facts = with_claim_table(case, facts)
    return replace(facts, origin=_origin(case, facts.who if facts.applicants else ""))


def with_claim_table(case: Case, facts: SupportLetterFacts) -> SupportLetterFacts:
    """The same letter with parties and sums as the claim table has them now."""
    claimants = _standing(case)
    defendants = case.respondents.filter(is_defendant=True).select_related("company", "person")
    return replace(
        facts,
        applicants=[_applicant(each) for each in claimants],
        respondents=[_party(each) for each in defendants.order_by("pk")],
        arrears=[_arrears(each) for each in claimants],
    )


def with_text(facts: SupportLetterFacts, typed: dict[str, Any]) -> SupportLetterFacts:
    """The same letter with what the writer typed."""
    return replace(facts, **{name: typed[name] for name in TYPED if name in typed})


def for_screen(facts: SupportLetterFacts) -> SupportLetterFacts:
    """The same letter with numbers of persons masked: pages show no more than they need, the PDF is on record."""
    return replace(
        facts,
        applicants=[_masked(each) for each in facts.applicants],
        respondents=[each if each.is_company else _masked(each) for each in facts.respondents],
    )


def _masked(party: Party) -> Party:
    return replace(
        party,
        id_number=mask_id(party.id_number),
        phone=mask_phone(party.phone),
        address=mask_address(party.address),
    )


def _standing(case: Case) -> list[Claimant]:
    found = case.claimants.standing().select_related("person").prefetch_related("items")
    return list(found.order_by("pk"))


def _applicant(claimant: Claimant) -> Applicant:
    person = claimant.person
    return Applicant(
        name=person.name,
        sex=person.sex,
        born=person.born_on,
        ethnicity=person.ethnicity,
        address=person.address,
        id_number=person.id_number,
        phone=person.phone,
    )


def _party(respondent: Respondent) -> RespondentParty:
    if company := respondent.company:
        return RespondentParty(
            name=company.name,
            address=company.address,
            uscc=company.uscc,
            representative=company.legal_representative,
            phone=company.phone,
        )
    person = respondent.person
    assert person is not None  # constraint respondent_is_one_kind
    return RespondentParty(
        name=person.name,
        is_company=False,
        address=person.address,
        sex=person.sex,
        born=person.born_on,
        ethnicity=person.ethnicity,
        id_number=person.id_number,
        phone=person.phone,
    )


def _arrears(claimant: Claimant) -> Arrears:
    items = list(claimant.items.all())
    return Arrears(
        name=claimant.person.name,
        period=period_of(claimant, items),
        due=sum((item.due for item in items), Decimal(0)),
        paid=sum((item.paid for item in items), Decimal(0)),
        owed=sum((item.owed for item in items), Decimal(0)),
    )


def period_of(claimant: Claimant, items: list[ClaimItem]) -> str:
    """2025年4月至2025年11月, over all items; the time of work when they have none."""
    starts = [item.period_from for item in items if item.period_from]
    ends = [item.period_to for item in items if item.period_to]
    first, last = min(starts, default=claimant.worked_from), max(ends, default=claimant.worked_to)
    return f"{_month(first)}至{_month(last)}" if first and last else ""


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _origin(case: Case, who: str) -> str:
    """Who applied when, accepted when."""
    if not who or not case.accepted_on:
        return ""
    return (
        f"{who}因追索劳动报酬，于{_day(case.received_on)}向本院申请支持起诉。"
        f"本院于{_day(case.accepted_on)}受理后，依法进行了审查，现已审查终结。"
    )


def _evidence(case: Case) -> str:
    """以上事实有…等证据证实, from the evidence list."""
    found = Evidence.objects.filter(case=case, removed_at=None).order_by("pk")
    names = list(dict.fromkeys(found.values_list("name", flat=True)))
    return f"以上事实，有{'、'.join(names)}等证据证实。" if names else ""
