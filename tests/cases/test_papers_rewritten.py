"""决定文书 written anew after the decision: what leaves the house is what was approved; a void one is not forgotten."""

import re

import pytest
from django.urls import reverse

from cases.approval import actions as approval
from cases.models import Case
from cases.paperwork import approving, chains, drafting, policy
from cases.paperwork.catalogue import paper_by
from cases.paperwork.standing import lacking
from cases.suspension.actions import resume
from cases.workflow import PAPER_OF, Matter
from core import clock
from core.refusals import Refused
from documents import papers
from documents.models import Document, Issue
from tests.cases.deciding import agree_all, submitted, supportable
from tests.cases.factories import case_of_office
from tests.cast import client_for

WITH_REASONS = [
    (Matter.DECLINE, {"ground": "facts"}),
    (Matter.TERMINATE, {"ground": "withdrawn"}),
    (Matter.SUSPEND, {"ground": "other_case", "starts_on": clock.today()}),
    (Matter.WITHDRAW_SUPPORT, {"ground": "fraud"}),
]
EVERY = [*WITH_REASONS, (Matter.SUPPORT, {})]


def decided(cast, matter, fields):
    """The case, decided, and the paper that was issued with the decision."""
    if matter == Matter.SUPPORT:
        case = supportable(cast)
    else:
        case = case_of_office(cast, **{"filed" if matter == Matter.WITHDRAW_SUPPORT else "reviewed": True})
    proposal = submitted(cast, matter, case, **fields)
    return agree_all(cast, proposal), Document.objects.get(pk=proposal.document_id)


def voided(cast, matter, fields):
    """The case, whose paper the head has voided."""
    case, first = decided(cast, matter, fields)
    drafting.void(case, first, reason="当事人姓名写错", by=cast.head)
    return case


def rewritten(cast, matter, fields):
    """The case and its second paper, complete."""
    case = voided(cast, matter, fields)
    second = drafting.draft(case, paper_by(PAPER_OF[matter]), by=cast.prosecutor)
    if matter == Matter.WITHDRAW_SUPPORT:  # the letter of this case is no row of it
        letter = {"support_number": case.official_number, "supported_on": case.decided_on}
        drafting.revise(case, second, by=cast.prosecutor, expected_n=1, **letter)
    return case, second


def read(case, user, name="cases:detail", *args):
    return client_for(user).get(reverse(name, args=[case.code, *args])).text


@pytest.mark.parametrize(("matter", "fields"), EVERY)
def test_the_handler_does_not_void_what_was_approved(cast, matter, fields):
    case, first = decided(cast, matter, fields)
    with pytest.raises(Refused, match="已签发，不能再起草。需要重写的，先作废。"):
        drafting.draft(case, paper_by(first.kind), by=cast.prosecutor)
    for person in (cast.prosecutor, cast.assistant, cast.clerk):
        with pytest.raises(Refused, match=f"{first}经审批签发，由部门负责人作废。"):
            drafting.void(case, first, reason="写错", by=person)

    page = read(case, cast.prosecutor, "cases:document", first.pk)
    assert ("由部门负责人作废" in page, "作废原因" in page) == (True, False)
    assert "作废原因" in read(case, cast.head, "cases:document", first.pk)
    assert drafting.void(case, first, reason="写错", by=cast.head).status == "void"


@pytest.mark.parametrize(("matter", "fields"), EVERY)
def test_the_rewritten_paper_goes_up_the_chain_of_its_matter(cast, matter, fields):
    case, second = rewritten(cast, matter, fields)
    with pytest.raises(Refused, match="要先审批，请提交审批"):
        drafting.issue(case, second, by=cast.prosecutor)

    round = approving.submit(case, second, by=cast.prosecutor)
    approved = second.latest
    assert [step.capacity for step in round.steps.all()] == ["department_head", "chief"]
    approving.approve(case, second, by=cast.head, read=True)
    assert not Issue.objects.filter(document=second).exists()
    approving.approve(case, second, by=cast.chief, read=True)

    issue = Issue.objects.get(document=second)
    assert (issue.number, issue.issued_by) == (case.official_number, cast.chief)
    assert (issue.version.content_hash, issue.version.facts_json) == (
        round.content_hash,
        approved.facts_json,
    )


def test_what_changed_under_the_approvers_of_the_rewritten_paper_is_not_agreed(cast):
    case, second = rewritten(cast, Matter.DECLINE, {"ground": "facts"})
    approving.submit(case, second, by=cast.prosecutor)
    Document.objects.filter(pk=second.pk).update(status="draft")
    drafting.revise(
        case, second, by=cast.assistant, expected_n=second.latest.n, facts_found="偷换的查明的事实。"
    )
    Document.objects.filter(pk=second.pk).update(status="in_approval")

    with pytest.raises(Refused, match="送审内容在提交后有改动"):
        approving.approve(case, second, by=cast.head, read=True)


@pytest.mark.parametrize(("matter", "fields"), WITH_REASONS)
def test_reasons_that_were_decided_are_listed_and_taken_over(cast, matter, fields):
    case, second = rewritten(cast, matter, fields)
    drafting.revise(case, second, by=cast.prosecutor, expected_n=second.latest.n, reasons="另一个理由。")

    with pytest.raises(Refused, match="写的是“另一个理由。”，案件现在是“理由充分。”"):
        approving.submit(case, second, by=cast.prosecutor)
    page = read(case, cast.prosecutor, "cases:document", second.pk)
    assert 'href="#item-reasons"' in page  # 要处理
    drafting.take_over(case, second, by=cast.prosecutor)  # 不一致的全部取案件数据

    assert papers.facts_of(second.latest).reasons == "理由充分。"
    approving.submit(case, second, by=cast.prosecutor)


def test_before_the_decision_the_paper_goes_up_with_its_matter_alone(cast):
    case = supportable(cast)
    letter = Document.objects.get(kind="support_letter")

    with pytest.raises(Refused, match="随处理意见一起送审"):
        approving.submit(case, letter, by=cast.prosecutor)
    assert not chains.goes_up(case, letter)
    url = reverse("cases:paper_submission", args=[case.code, letter.pk])
    assert client_for(cast.prosecutor).post(url).status_code == 404


def test_a_suspension_that_was_lifted_meanwhile_gets_no_paper(cast):
    case, second = rewritten(cast, Matter.SUSPEND, {"ground": "mediation", "starts_on": clock.today()})
    approving.submit(case, second, by=cast.prosecutor)
    resume(case, on=clock.today(), by=cast.prosecutor)
    case = Case.objects.get(pk=case.pk)

    assert "不能再签发" in chains.why_not_approve(case, second, cast.head)
    approving.send_back(case, second, opinion="已恢复审查。", by=cast.head)


@pytest.mark.parametrize(("matter", "fields"), EVERY)
def test_the_case_says_that_it_has_no_valid_paper_until_the_second_is_issued(cast, matter, fields):
    case, first = decided(cast, matter, fields)
    banner = f"本案现在没有有效的{first}"
    assert banner not in read(case, cast.prosecutor)
    drafting.void(case, first, reason="写错", by=cast.head)

    assert lacking(case, Document.objects.filter(case_link__case=case)) == [first.kind]
    assert banner in read(case, cast.prosecutor)
    assert first.kind in [each.key for each in policy.offered(case, cast.prosecutor)]
    second = drafting.draft(case, paper_by(first.kind), by=cast.prosecutor)
    assert banner in read(case, cast.prosecutor)
    Document.objects.filter(pk=second.pk).update(status="issued")
    assert lacking(case, Document.objects.filter(case_link__case=case)) == []


def test_the_return_of_a_decision_stands_where_it_is_repaired(cast):
    proposal = submitted(cast)
    case, paper = proposal.case, proposal.document
    approval.send_back(case, opinion="请补写工作时间。", quote="双方没有签订合同", by=cast.head)

    editor = read(case, cast.prosecutor, "cases:document", paper.pk)
    proposing = client_for(cast.prosecutor).get(
        reverse("cases:decision", args=[case.code]) + "?matter=decline"
    )
    for page in (editor, proposing.text):
        assert "请补写工作时间。" in page
        assert re.search("spot.*双方没有签订合同|引用原文：“双方没有签订合同”", page)


def test_an_issued_decision_leads_to_its_approval(cast):
    case, first = decided(cast, Matter.DECLINE, {"ground": "facts"})

    page = read(case, cast.prosecutor, "cases:document", first.pk)

    assert "历次审批" in page
    assert f'href="{reverse("cases:approval", args=[case.code])}">查看审批' in page
