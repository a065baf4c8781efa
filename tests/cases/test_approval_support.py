"""支持起诉: the letter goes out with the decision, or neither does."""

from decimal import Decimal

import pytest

from cases import clocks
from cases.approval import actions as approval
from cases.models import Claimant, Consent
from cases.workflow import Matter, Stage
from core import clock
from core.refusals import Refused
from documents.models import Document, Rendition
from tests.cases.deciding import agree_all, submitted, supportable


@pytest.fixture
def case(cast):
    case = supportable(cast)
    for code in ("P6a", "P6b"):
        clocks.start(case, code, on=case.accepted_on, by=cast.prosecutor)
    return case


def test_support_issues_the_letter_under_the_case_number_and_orders_its_files(cast, case):
    case = agree_all(cast, submitted(cast, Matter.SUPPORT, case))

    letter = Document.objects.get(case_link__case=case)
    assert (letter.status, letter.issue.number) == ("issued", case.official_number)
    assert letter.issue.issued_on == clock.today()
    assert case.official_number in letter.latest.body
    ordered = Rendition.objects.filter(version=letter.issue.version).values_list("kind", flat=True)
    assert sorted(ordered) == ["docx", "pdf"]


def test_support_decides_the_case_and_turns_the_clocks(cast, case):
    case = agree_all(cast, submitted(cast, Matter.SUPPORT, case))

    assert (case.stage, case.decided_on) == (Stage.SUPPORTED, clock.today())
    assert (case.decision.claimed_amount, case.decision.claimant_count) == (Decimal("20000.00"), 2)
    assert (case.decision.court, case.intended_court) == ("集宁区人民法院", "集宁区人民法院")
    assert [deadline.term.code for deadline in clocks.running(case)] == ["P7"]


def test_submission_closes_the_letter_and_a_return_opens_it(cast, case):
    proposal = submitted(cast, Matter.SUPPORT, case)
    assert Document.objects.get(pk=proposal.document_id).status == "in_approval"

    approval.send_back(case, opinion="请补充证据分析。", by=cast.head)

    assert Document.objects.get(pk=proposal.document_id).status == "draft"


def test_consent_revoked_while_waiting_stops_the_last_agreement_and_issues_nothing(cast, case):
    submitted(cast, Matter.SUPPORT, case)
    approval.approve(case, by=cast.head, read=True)
    Consent.objects.create(
        claimant=case.claimants.first(), kind="revoked", given_on=clock.today(), recorded_by=cast.clerk
    )

    with pytest.raises(Refused, match="送审内容在提交后有改动"):
        approval.approve(case, by=cast.chief, read=True)

    case.refresh_from_db()
    assert (case.stage, Rendition.objects.count()) == (Stage.APPROVAL, 0)


def test_a_claimant_who_withdraws_while_waiting_changes_what_was_submitted(cast, case):
    submitted(cast, Matter.SUPPORT, case)
    Claimant.objects.filter(pk=case.claimants.first().pk).update(
        withdrawn_on=clock.today(), withdrawn_by=cast.clerk, withdrawal_reason="已领到工资"
    )

    with pytest.raises(Refused, match="送审内容在提交后有改动"):
        approval.approve(case, by=cast.head, read=True)
