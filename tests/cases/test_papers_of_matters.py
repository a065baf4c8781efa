"""报批文书: written before the approval, approved as a text, issued in the transaction of the last approver."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.approval import actions as approval
from cases.decision import actions
from cases.decision import papers as matters
from cases.decision.actions import begin, propose
from cases.models import Case, Decision, Proposal
from cases.paperwork import approving, drafting
from cases.paperwork.catalogue import Signed, paper_by
from cases.paperwork.decisions import DECLINING
from cases.paperwork.grounds import in_a_sentence, read_grounds
from cases.suspension.actions import resume
from cases.workflow import MATTER_STAGES, PAPER_OF, Matter, Stage
from core import clock
from core.refusals import Refused
from documents import papers
from documents.models import Document, Issue, Rendition
from tests.cases.deciding import agree_all, prepared, submitted
from tests.cases.factories import case_of_office
from tests.cast import client_for

OF_REVIEW = [
    (Matter.DECLINE, {"ground": "facts"}, Stage.DECLINED),
    (Matter.TERMINATE, {"ground": "withdrawn"}, Stage.TERMINATED),
    (Matter.SUSPEND, {"ground": "other_case", "starts_on": clock.today()}, Stage.REVIEW),
]
EVERY = [*OF_REVIEW, (Matter.WITHDRAW_SUPPORT, {"ground": "fraud"}, Stage.WITHDRAWN)]


def a_case(cast, matter):
    trait = {"filed": True} if matter == Matter.WITHDRAW_SUPPORT else {"reviewed": True}
    return case_of_office(cast, **trait)


def up(cast, matter, fields, **more):
    return submitted(cast, matter, a_case(cast, matter), **fields, **more)


def status(document):
    return Document.objects.get(pk=document.pk).status


def submitted_without_paper(cast):
    """A proposal as it was written before papers went up with it."""
    case = a_case(cast, Matter.DECLINE)
    _approvers = cast.head, cast.chief
    proposal = Proposal(case=case, matter=Matter.DECLINE, ground="facts", reasons="理由充分。")
    proposal.recorded_by, proposal.round = cast.prosecutor, actions._open_round(proposal, cast.prosecutor)
    proposal.save()
    actions._go(proposal, cast.prosecutor)
    return proposal


@pytest.mark.parametrize(("matter", "key"), PAPER_OF.items())
def test_every_paper_of_a_matter_is_sealed_numbered_and_offered_where_the_matter_is_proposed(matter, key):
    declared = paper_by(key)

    assert (declared.signed, declared.paper.number_kind) == (Signed.SEAL, "case")
    assert MATTER_STAGES[matter] <= declared.stages


@pytest.mark.parametrize(("matter", "fields", "stage"), EVERY)
def test_the_paper_goes_up_closed_and_is_issued_with_the_decision_under_its_day(cast, matter, fields, stage):
    proposal = up(cast, matter, fields)
    paper, approved = proposal.document, proposal.document.latest
    assert (status(paper), approved.body.count("理由充分。")) == ("in_approval", 1)
    with pytest.raises(Refused, match="审批中，不能修改"):
        drafting.revise(proposal.case, paper, by=cast.prosecutor, expected_n=approved.n, reasons="别的理由。")

    case = agree_all(cast, proposal)

    issue = Issue.objects.get(document=paper)
    assert (case.stage, status(paper)) == (stage, "issued")
    assert (issue.number, issue.issued_by, issue.issued_on) == (
        case.official_number,
        cast.chief,
        clock.today(),
    )
    assert (issue.version.content_hash, issue.version.facts_json) == (
        approved.content_hash,
        approved.facts_json,
    )
    assert case.official_number in issue.version.body
    assert sorted(Rendition.objects.filter(version=issue.version).values_list("kind", flat=True)) == [
        "docx",
        "pdf",
    ]


def test_the_paper_bears_the_day_that_the_last_approver_states(cast):
    proposal = up(cast, Matter.DECLINE, {"ground": "facts"})
    day = clock.today() - timedelta(days=1)
    type(proposal.round).objects.filter(pk=proposal.round_id).update(
        submitted_at=clock.now() - timedelta(days=2)
    )
    approval.approve(proposal.case, by=cast.head, read=True)
    approval.approve(proposal.case, by=cast.chief, decided_on=day, read=True)

    assert (Decision.objects.get().decided_on, proposal.document.issue.issued_on) == (day, day)


@pytest.mark.parametrize(("matter", "fields", "stage"), EVERY)
@pytest.mark.parametrize("back", ["returned", "cancelled"])
def test_a_paper_that_comes_back_is_open_to_changes_and_goes_up_again(cast, matter, fields, stage, back):
    proposal = up(cast, matter, fields)
    case, paper = proposal.case, proposal.document
    if back == "returned":
        approval.send_back(case, opinion="请补充。", by=cast.head)
    else:
        approval.cancel(case, by=cast.prosecutor)
    assert status(paper) == "draft"

    paper.refresh_from_db()
    drafting.revise(case, paper, by=cast.prosecutor, expected_n=paper.latest.n, reasons="补充后的理由。")
    again = propose(case, matter=matter, by=cast.prosecutor)

    assert (again.document, again.reasons, status(paper)) == (paper, "补充后的理由。", "in_approval")


@pytest.mark.parametrize(("matter", "fields", "stage"), EVERY)
def test_what_changed_under_the_approvers_is_not_agreed(cast, matter, fields, stage):
    proposal = up(cast, matter, fields)
    Document.objects.filter(pk=proposal.document_id).update(status="draft")
    paper = Document.objects.get(pk=proposal.document_id)
    drafting.revise(
        proposal.case, paper, by=cast.assistant, expected_n=paper.latest.n, reasons="偷换的理由。"
    )
    Document.objects.filter(pk=paper.pk).update(status="in_approval")

    with pytest.raises(Refused, match="送审内容在提交后有改动"):
        approval.approve(proposal.case, by=cast.head, read=True)


@pytest.mark.parametrize(("matter", "fields", "stage"), EVERY)
def test_decision_and_paper_happen_together_or_not_at_all(cast, matter, fields, stage, monkeypatch):
    proposal = up(cast, matter, fields)
    case = proposal.case
    before = Case.objects.get(pk=case.pk).stage
    approval.approve(case, by=cast.head, read=True)
    monkeypatch.setattr(matters.papers, "issue", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        approval.approve(case, by=cast.chief, read=True)

    assert Case.objects.get(pk=case.pk).stage == before
    assert (Decision.objects.count(), Issue.objects.count(), status(proposal.document)) == (
        0,
        0,
        "in_approval",
    )
    assert Proposal.objects.get().round.status == "open"


def test_the_approver_reads_the_paper_as_a_sheet_with_persons_masked(cast):
    proposal = up(cast, Matter.TERMINATE, {"ground": "withdrawn"}, reasons="三名工人已经领到工资。")

    page = client_for(cast.head).get(reverse("cases:approval", args=[proposal.case.code])).text

    assert "终结审查决定书" in page
    assert page.count("三名工人已经领到工资。") == 2  # on the sheet, and as the reasons of the proposal
    assert 'class="sheet' in page


def test_a_round_that_was_opened_before_papers_went_up_is_decided_and_its_paper_is_written_after(cast):
    proposal = submitted_without_paper(cast)

    case = agree_all(cast, proposal)
    document = drafting.draft(case, paper_by("decline_decision"), by=cast.prosecutor)

    assert papers.facts_of(document.latest).reasons == "理由充分。"
    approving.submit(case, document, by=cast.prosecutor)
    for approver in (cast.head, cast.chief):
        approving.approve(case, document, by=approver, read=True)
    assert Issue.objects.get(document=document).number == case.official_number


def test_before_the_decision_taking_over_the_case_keeps_what_was_written(cast):
    case = prepared(
        a_case(cast, Matter.DECLINE),
        Matter.DECLINE,
        cast.prosecutor,
        ground="not_liable",
        reasons="另有雇主。",
    )
    paper = matters.paper_of(case, Matter.DECLINE)
    drafting.revise(case, paper, by=cast.prosecutor, expected_n=1, facts_found="承办人自己写的事实。")

    drafting.take_over(case, paper, by=cast.prosecutor)
    facts = papers.facts_of(paper.latest)
    assert (facts.reasons, facts.ground) == ("另有雇主。", "被申请人不承担责任")
    assert facts.facts_found == "承办人自己写的事实。"  # long texts are taken over by name
    drafting.take_over(case, paper, by=cast.prosecutor, names=["reasons", "ground", "facts_found"])
    facts = papers.facts_of(paper.latest)
    assert (facts.reasons, facts.ground) == ("另有雇主。", "被申请人不承担责任")
    assert facts.facts_found == case.review.facts_found


def test_a_second_suspension_has_a_paper_of_its_own(cast):
    case = agree_all(cast, up(cast, Matter.SUSPEND, {"ground": "mediation", "starts_on": clock.today()}))
    resume(case, on=clock.today(), by=cast.prosecutor)
    assert matters.paper_of(case, Matter.SUSPEND) is None

    terms = {"ground": "other_case", "starts_on": clock.today(), "reasons": "等待刑事案件。"}
    second = begin(case, matter=Matter.SUSPEND, by=cast.prosecutor, **terms)

    assert papers.facts_of(second.latest).ground == "须等待另案结果（仲裁、刑事、破产等）"
    assert "须等待另案结果。等待刑事案件。" in second.latest.body.replace("<mark>", "").replace("</mark>", "")


def test_a_text_that_still_shows_a_gap_does_not_go_up_though_its_facts_are_there(cast):
    """A wording that names what nobody knows (any more), or a Word file with the red words left in it."""
    case = prepared(
        a_case(cast, Matter.DECLINE), Matter.DECLINE, cast.prosecutor, ground="facts", reasons="理由。"
    )
    paper = matters.paper_of(case, Matter.DECLINE)
    papers.retype(
        paper, body=paper.latest.body + "<p>【待填：决定日期】</p>", by=cast.prosecutor, expected_n=1
    )

    with pytest.raises(Refused, match="1 处待填：决定日期"):
        propose(case, matter=Matter.DECLINE, by=cast.prosecutor)
    with pytest.raises(Refused, match="文书还有待填：决定日期"):
        papers.submit(paper, by=cast.prosecutor)


def test_a_ground_is_chosen_by_its_full_words_and_said_without_its_remark():
    read = read_grounds(DECLINING)

    assert in_a_sentence("没有支持必要（其他机关正在解决）") == "没有支持必要"
    assert in_a_sentence("其他情形") == ""
    assert read({"ground": "没有支持必要"}) == {"ground": "没有支持必要（其他机关正在解决）"}
    assert read({"ground": ""}) == {"ground": ""}


def test_the_editor_offers_the_grounds_to_choose_from(cast):
    case = prepared(
        a_case(cast, Matter.DECLINE), Matter.DECLINE, cast.prosecutor, ground="facts", reasons="理由。"
    )
    paper = matters.paper_of(case, Matter.DECLINE)

    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, paper.pk])).text

    assert '<option value="虚假陈述或者虚假请求">' in page
    assert '<option value="事实不能认定或者证据明显不足" selected>' in page


def test_a_case_that_everybody_left_can_still_be_terminated_by_a_paper_for_them(cast):
    case = a_case(cast, Matter.TERMINATE)
    case.claimants.update(
        withdrawn_on=clock.today(), withdrawn_by=cast.clerk, withdrawal_reason="全部撤回申请"
    )
    case.respondents.update(is_defendant=False)

    proposal = submitted(cast, Matter.TERMINATE, case, ground="withdrawn")

    for claimant in case.claimants.all():
        assert claimant.person.name in proposal.document.latest.body
    assert case.respondents.get().name in proposal.document.latest.body
