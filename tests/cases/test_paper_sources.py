"""What papers take from court, money, mediation and file: sums per worker, results without reasons, volumes apart."""

import dataclasses
from decimal import Decimal

import pytest

from cases.models import ClaimItem
from cases.paperwork import drafting, filling
from cases.paperwork.applicant_suit import LabourComplaint
from cases.paperwork.catalogue import paper_by
from cases.paperwork.known import Known
from cases.recovery import actions as money
from documents import papers, wordings
from documents.facts import missing
from tests.cases.court import enforced_case, paid
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import CaseFactory, ClaimItemFactory, EvidenceFactory, case_of_office
from tests.mediation.factories import (
    AgreementFactory,
    AgreementShareFactory,
    MediationFactory,
    MediatorFactory,
)


def printed(key, case):
    declared = paper_by(key)
    facts = filling.filled(declared.paper.facts, case)
    words = wordings.shipped(declared.paper.template)
    return facts, wordings.composed(words, declared.paper.title, facts)


def labels(facts):
    return {field.name: field.metadata["label"] for field in dataclasses.fields(facts)}


def test_enforcement_asks_for_what_each_worker_still_waits_for(cast):
    case = enforced_case(cast)
    first, second = case.claimants.order_by("pk")
    paid(case, cast, 12000, 1500)
    facts, text = printed("enforcement_request", case)
    assert [(each.name, each.left) for each in facts.awards] == [(second.person.name, Decimal("6500.00"))]
    assert ("6,500.00" in text, "陆仟伍佰元整" in text) == (True, True)
    assert first.person.name not in text


def test_the_form_of_a_labour_complaint_has_every_sum_of_the_case_once(cast):
    case = CaseFactory(handler=cast.prosecutor, reviewed=True)
    claimant = case_of_office(cast, reviewed=True).claimants.first()
    for n, kind in enumerate(ClaimItem.Kind, start=1):
        ClaimItemFactory(claimant=claimant, kind=kind, due=n, paid=0)
    facts = filling.filled(LabourComplaint, claimant.case)
    assert sum((each.amount or Decimal(0)) for each in facts.demands) == facts.owed
    empty = filling.filled(LabourComplaint, case)
    assert {each.raised for each in empty.demands} == {"□是　☑否"}


@pytest.mark.parametrize(("kind", "body"), [("peoples", "集宁区人民调解委员会"), ("procuratorial", "")])
def test_an_agreement_gives_its_sums_and_a_body_only_where_one_mediated(cast, kind, body):
    case = case_of_office(cast, reviewed=True)
    _, text = printed("settlement", case)
    assert "协议合计" not in text
    assert text.count('class="gap"') > 4
    mediator = MediatorFactory(organisation__name="集宁区人民调解委员会")
    agreement = AgreementFactory(mediation=MediationFactory(case=case, kind=kind, mediator=mediator))
    for claimant, amount in zip(case.claimants.order_by("pk"), (11000, 7000), strict=True):
        AgreementShareFactory(agreement=agreement, claimant=claimant, amount=amount, due_on=agreement.made_on)
    facts, text = printed("mediation_agreement", case)
    assert (facts.total, facts.body) == (Decimal(18000), body)
    assert "壹万捌仟元整" in text
    confirmation = drafting.draft(case, paper_by("confirmation"), by=cast.prosecutor)
    assert ("待填：调解组织" in confirmation.latest.body) == (not body)


def test_money_that_was_taken_back_is_not_confirmed(cast):
    case = enforced_case(cast)
    wrong = paid(case, cast, 5000, 0)
    paid(case, cast, 0, 800)
    back = money.reverse(wrong, reason="入错案件", by=cast.clerk)
    money.verify(back, by=cast.prosecutor)
    assert [each.amount for each in Known(case).payments] == [Decimal(800)]


def test_a_partner_is_told_the_result_and_nothing_of_how_it_was_reached(cast):
    proposal = submitted(cast, reasons="证据之间互相矛盾。")
    assert Known(proposal.case).result_words == "本院已经受理，正在审查"
    case = agree_all(cast, proposal)
    _, text = printed("feedback_letter", case)
    assert "本院决定不支持起诉" in text
    assert "互相矛盾" not in text


def test_the_list_of_the_main_file_names_nothing_of_the_inner_one(cast):
    case = case_of_office(cast, reviewed=True)
    EvidenceFactory(case=case, name="工资欠条")
    for key in ("accept_notice", "review_report", "file_note"):
        document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
        facts = papers.facts_of(document.latest)
        blank = {name: "已核对" for name in labels(facts) if labels(facts)[name] in missing(facts)}
        drafting.revise(case, document, by=cast.prosecutor, expected_n=1, **blank)
        drafting.issue(case, document, by=cast.prosecutor)
    known = Known(case)
    assert [each.title for each in known.filed_papers] == ["受理通知书", "工资欠条"]
    assert [each.title for each in known.inner_papers] == ["审查终结报告"]
