"""A case that is known through and through leaves nothing to fill in but what only a writer can know."""

import dataclasses
from datetime import date

import pytest

from cases.models import Filing, Hearing
from cases.paperwork import filling
from cases.paperwork.catalogue import all_papers, paper_by
from cases.paperwork.known import Known
from core import clock
from documents import body, wordings
from documents.facts import is_blank
from tests.cases.court import enforced_case, fresh, paid
from tests.cases.factories import (
    AcceptanceFactory,
    AcceptanceReviewFactory,
    ArbitrationFactory,
    EvidenceFactory,
    InquiryFactory,
    ProjectFactory,
    SupplementFactory,
)
from tests.mediation.factories import (
    AgreementFactory,
    AgreementShareFactory,
    MediationFactory,
    MediatorFactory,
)

# what no case knows that went to judgment: it was neither refused, suspended, ended nor taken back
OF_OTHER_ENDS = {
    "suspended_on", "suspending_on", "suspending_reasons", "resumed_on", "decline_reasons", "termination_reasons",
    "support_withdrawal_reasons", "rejected_on", "rejection_advice",
}  # fmt: skip
# decisions are made by approvals, and papers lie in the file once they are issued: tests/cases ask for these
BY_APPROVAL = {
    "proposed_matter", "proposed_reasons", "proposed_by", "proposed_on", "approval_steps", "approval_status",
    "concluding_matter", "concluding_reasons", "support_number", "supported_on", "issued_papers", "inner_papers",
}  # fmt: skip


@pytest.fixture
def case(cast):
    case = enforced_case(cast)
    case.project = ProjectFactory(organisation=case.organisation, name="农村还建房二期工程")
    case.source_unit, case.source_number, case.request = (
        cast.labour_brigade,
        "集劳监〔2026〕5号",
        "请求支持起诉。",
    )
    case.save(update_fields=["project", "source_unit", "source_number", "request"])
    case.claimants.update(is_representative=True, wage_standard="每日300元")
    company = case.respondents.get().company
    company.uscc, company.address, company.legal_representative = "91150902MA0EXAMPLE", "建设路1号", "赵六"
    company.save(update_fields=["uscc", "address", "legal_representative"])
    EvidenceFactory(case=case, name="王某的工资欠条")
    AcceptanceReviewFactory(case=case, recorded_by=cast.prosecutor)
    AcceptanceFactory(case=case, examined_by=cast.prosecutor, recorded_by=cast.head)
    ArbitrationFactory(case=case, recorded_by=cast.prosecutor)
    InquiryFactory(case=case, recorded_by=cast.prosecutor)
    SupplementFactory(case=case, recorded_by=cast.prosecutor)
    filing = Filing.objects.get(case=case)
    Hearing.objects.create(filing=filing, held_at=clock.now(), place="第一法庭", recorded_by=cast.prosecutor)
    mediation = MediationFactory(case=case, kind="peoples", mediator=MediatorFactory())
    agreement = AgreementFactory(mediation=mediation)
    for claimant in case.claimants.order_by("pk"):
        AgreementShareFactory(agreement=agreement, claimant=claimant, amount=5000, due_on=date(2026, 12, 1))
    paid(case, cast, 1000, 500)
    return fresh(case)


def blanks_of(kind, case):
    """Sources of required facts that the case leaves empty."""
    facts = filling.filled(kind, case)
    return {
        field.metadata["source"]
        for field in dataclasses.fields(kind)
        if field.metadata["required"] and field.metadata["source"] and is_blank(getattr(facts, field.name))
    }


def test_no_paper_asks_for_what_the_case_knows(case):
    lacking = {
        each.key: blanks_of(each.paper.facts, case) - OF_OTHER_ENDS - BY_APPROVAL for each in all_papers()
    }

    assert {key: names for key, names in lacking.items() if names} == {}


def test_no_exception_is_kept_that_no_paper_needs(case):
    found = set().union(*(blanks_of(each.paper.facts, case) for each in all_papers()))

    assert found == OF_OTHER_ENDS | BY_APPROVAL


def test_minutes_and_suggestion_begin_with_what_the_case_knows_and_name_no_worker(case):
    for key in ("joint_minutes", "suggestion_letter"):
        declared = paper_by(key)
        facts = filling.filled(declared.paper.facts, case)
        words = wordings.shipped(declared.paper.template)
        text = "\n".join(body.lines(wordings.composed(words, declared.paper.title, facts)))
        assert "2名劳动者" in text
        assert "20,000.00元" in text
        assert [each.name for each in Known(case).workers if each.name in text] == []
    assert "在农村还建房二期工程务工" in text
    assert "有工资欠条等证据证实" in text
    assert "王某" not in text


def test_a_suggestion_is_addressed_to_the_one_company_or_to_whom_somebody_writes(case, cast):
    company = case.respondents.get().company
    assert Known(case).addressed_unit == company.name
    case.respondents.update(is_defendant=False)
    assert (Known(case).addressed_unit, Known(case).problem_source, Known(case).meeting_topics) == (
        "",
        "",
        (),
    )
