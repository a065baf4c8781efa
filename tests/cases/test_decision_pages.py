"""提出处理意见: the page, its refusals, its panel."""

import pytest
from django.urls import reverse

from cases.models import Proposal
from cases.paperwork import drafting
from cases.workflow import Stage
from documents.models import Document
from tests.cases.deciding import submitted, supportable
from tests.cases.factories import CaseFactory, case_of_office
from tests.cases.test_paper_keeping import filled_in
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


def url_of(case, matter=""):
    return reverse("cases:decision", args=[case.code]) + (f"?matter={matter}" if matter else "")


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    return supportable(cast)


@pytest.mark.parametrize("matter", ["support", "decline", "terminate", "transfer"])
def test_the_panel_of_each_matter_is_part_of_its_page(browser, case, matter):
    assert_panel_is_part_of_page(browser, url_of(case), matter=matter)


@pytest.mark.parametrize("stage", ["supported", "filed", "trial"])
def test_in_court_the_page_is_about_withdrawing_support(cast, browser, stage):
    page = browser.get(url_of(case_of_office(cast, **{stage: True})))

    assert "撤回事由" in page.text


def test_what_support_lacks_is_listed_with_the_page_to_do_it_on(cast, browser):
    page = browser.get(url_of(case_of_office(cast, review=True)))

    assert "支持起诉还差" in page.text
    assert "还没认定法律关系" in page.text
    assert "提交审批</button>" not in page.text


def test_submitting_support_leads_to_the_approval_page(browser, case):
    answer = browser.post(url_of(case, "support"), {"court": "集宁区人民法院", "reasons": "确有必要。"})

    assert (answer.status_code, answer.url) == (302, reverse("cases:approval", args=[case.code]))
    case.refresh_from_db()
    assert case.stage == Stage.APPROVAL


def test_a_form_with_errors_is_422_and_leaves_no_trace(browser, case):
    answer = browser.post(url_of(case, "decline"), {"reasons": "理由。"})

    assert answer.status_code == 422
    assert "还没选" in answer.text
    assert Proposal.objects.count() == 0


def test_sending_one_form_twice_drafts_once_and_submits_once(browser, case):
    data = {"ground": "facts", "reasons": "理由。", "submission_key": "7d7b5f0c-1b1e-4b65-9f6e-0a1b2c3d4e5f"}
    first, second = (browser.post(url_of(case, "decline"), data) for _ in range(2))
    assert (first.status_code, Document.objects.filter(kind="decline_decision").count()) == (302, 1)
    assert second.status_code in (302, 422)
    assert Proposal.objects.count() == 0

    data = {"submission_key": "7d7b5f0c-1b1e-4b65-9f6e-0a1b2c3d4e60", "expected_n": 1}
    first, second = (browser.post(url_of(case, "decline"), data) for _ in range(2))
    assert (first.status_code, Proposal.objects.count()) == (302, 1)
    assert second.status_code in (302, 422)


@pytest.mark.parametrize(
    ("matter", "key", "ground"),
    [("decline", "decline_decision", "not_liable"), ("terminate", "terminate_decision", "withdrawn")],
)
def test_ground_and_reasons_are_written_once_and_stand_in_paper_and_proposal(
    browser, case, matter, key, ground
):
    drafted = browser.post(url_of(case, matter), {"ground": ground, "reasons": "雇主另有其人。"})
    paper = Document.objects.get(kind=key)
    assert drafted.url == reverse("cases:document", args=[case.code, paper.pk])
    assert "雇主另有其人。" in paper.latest.body
    editor = browser.get(drafted.url).text
    assert f"/decision/?matter={matter}" in editor
    assert "/issue/" not in editor

    page = browser.get(url_of(case, matter)).text
    assert "雇主另有其人。" in page
    assert "提交审批</button>" in page
    assert 'name="expected_n" value="1"' in page
    browser.post(url_of(case, matter), {"expected_n": 1})

    proposal = case.proposals.get()
    assert (proposal.ground, proposal.reasons, proposal.document) == (ground, "雇主另有其人。", paper)


def test_what_the_paper_lacks_is_listed_with_its_link_and_stops_the_submission(cast, browser, case):
    browser.post(url_of(case, "decline"), {"ground": "facts", "reasons": "理由。"})
    paper = Document.objects.get(kind="decline_decision")
    drafting.revise(case, paper, by=cast.prosecutor, expected_n=1, advice="", ground="")

    page = browser.get(url_of(case, "decline")).text
    assert "不支持起诉决定书：还有 1 处待填：其他途径。" in page
    assert reverse("cases:document", args=[case.code, paper.pk]) in page
    assert "提交审批</button>" not in page
    answer = browser.post(url_of(case, "decline"), {"expected_n": 2})
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    drafting.revise(case, paper, by=cast.prosecutor, expected_n=2, advice="可以申请法律援助。")
    assert "还没选事由" in browser.get(url_of(case, "decline")).text


def test_what_somebody_changed_meanwhile_is_not_submitted_unseen(cast, browser, case):
    browser.post(url_of(case, "decline"), {"ground": "facts", "reasons": "理由。"})
    paper = Document.objects.get(kind="decline_decision")
    drafting.revise(case, paper, by=cast.assistant, expected_n=1, reasons="助理的理由。")

    answer = browser.post(url_of(case, "decline"), {"expected_n": 1})

    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert "王助理刚把不支持起诉决定书改成第 2 稿，请核对后再提交。" in answer.text


def test_while_a_round_runs_the_page_says_so(cast, browser, case):
    submitted(cast, case=case)

    page = browser.get(url_of(case))

    assert "处于“审批中”阶段" in page.text


def test_the_opinions_of_a_returned_round_stand_beside_the_new_form(cast, browser, case):
    proposal = submitted(cast, case=case)
    client_for(cast.head).post(
        reverse("cases:approval", args=[case.code]),
        {
            "act": "send_back",
            "opinion": "补充证据分析",
            "reason": "evidence",
            "step": proposal.round.current_step.pk,
        },
    )

    assert "补充证据分析" in browser.get(url_of(case, "decline")).text


@pytest.mark.parametrize("stage", ["", "enforcement", "closed"])
def test_the_page_has_an_answer_at_any_stage(cast, browser, stage):
    case = CaseFactory(handler=cast.prosecutor, **({stage: True} if stage else {}))

    page = browser.get(url_of(case))

    assert page.status_code == 200
    assert "阶段" in page.text


def test_a_stranger_gets_404_and_the_chief_may_not_submit(cast, case):
    assert client_for(cast.other).get(url_of(case)).status_code == 404
    assert client_for(cast.chief).post(url_of(case)).status_code == 403


def test_what_is_typed_and_not_saved_does_not_stay_behind_unseen(cast, browser, case):
    browser.post(url_of(case, "decline"), {"ground": "facts", "reasons": "理由。"})
    paper = Document.objects.get(kind="decline_decision")
    url = reverse("cases:paper_preview", args=[case.code, paper.pk])
    browser.post(url, filled_in(paper, reasons="还没保存的理由。"), headers={"HX-Request": "true"})

    answer = browser.post(url_of(case, "decline"), {"expected_n": 1})

    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert "还有没保存成稿的修改" in answer.text
