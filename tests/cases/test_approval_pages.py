"""审批: the page, what it asks for, where it leads."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.workflow import Matter, Stage
from core import clock
from tests.cases.deciding import submitted
from tests.cases.factories import CaseFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


def url_of(case):
    return reverse("cases:approval", args=[case.code])


@pytest.fixture
def proposal(cast):
    return submitted(cast, Matter.SUPPORT)


@pytest.fixture
def case(proposal):
    return proposal.case


def form(proposal, **fields):
    step = proposal.round.current_step
    return {"act": "approve", "step": step and step.pk, "read": "on", "opinion": "同意。", **fields}


def stage(case):
    return Case.objects.get(pk=case.pk).stage


@pytest.mark.parametrize("who", ["prosecutor", "head", "chief", "clerk"])
def test_the_panel_is_part_of_the_page_for_everybody_of_the_office(cast, case, who):
    assert_panel_is_part_of_page(client_for(getattr(cast, who)), url_of(case))


def test_the_letter_the_sums_and_the_checklist_stand_on_the_page(cast, case):
    page = client_for(cast.head).get(url_of(case)).text

    assert "依照《中华人民共和国民事诉讼法》第十五条的规定" in page
    assert "20,000.00 元" in page
    assert "申请人是适格原告" in page


def test_agreeing_asks_for_the_tick_that_the_text_was_read(cast, proposal, case):
    answer = client_for(cast.head).post(url_of(case), form(proposal, read=""))

    assert answer.status_code == 422
    assert "还没勾选“我已阅读全文”" in answer.text
    assert proposal.round.steps.exclude(acted_at=None).count() == 0


def test_only_the_last_step_is_asked_for_the_day(cast, proposal, case):
    first = client_for(cast.head).get(url_of(case)).text
    client_for(cast.head).post(url_of(case), form(proposal))
    last = client_for(cast.chief).get(url_of(case)).text

    assert ("决定日期" in first, "决定日期" in last) == (False, True)


def test_the_last_agreement_decides_and_leads_back_to_the_list(cast, proposal, case):
    client_for(cast.head).post(url_of(case), form(proposal))
    answer = client_for(cast.chief).post(url_of(case), form(proposal, decided_on=clock.today().isoformat()))

    assert (answer.status_code, answer.url) == (302, reverse("approvals:list"))
    assert stage(case) == Stage.SUPPORTED


def test_after_acting_the_next_thing_that_waits_comes_up(cast, proposal, case):
    following = submitted(cast, case=case_of_office(cast, reviewed=True))

    answer = client_for(cast.head).post(url_of(case), form(proposal))

    assert answer.url == url_of(following.case)


def test_sending_back_asks_for_an_opinion_and_not_for_the_tick(cast, proposal, case):
    browser = client_for(cast.head)
    empty = browser.post(url_of(case), form(proposal, act="send_back", opinion="", read=""))
    sent = browser.post(
        url_of(case), form(proposal, act="send_back", opinion="补充时效意见。", reason="law", read="")
    )

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "还没填意见" in empty.text
    assert stage(case) == Stage.REVIEW


def test_whoever_comes_second_is_told_who_was_first(cast, proposal, case):
    data = form(proposal)
    client_for(cast.head).post(url_of(case), data)

    answer = client_for(cast.head).post(url_of(case), data)

    assert answer.status_code == 422
    assert "已由 赵主任 同意，不用再处理。" in answer.text


def test_the_submitter_takes_it_back_and_nobody_else_does(cast, proposal, case):
    head = client_for(cast.head).post(url_of(case), {"act": "cancel"})
    assert (head.status_code, stage(case)) == (422, Stage.APPROVAL)

    answer = client_for(cast.prosecutor).post(url_of(case), {"act": "cancel"})

    assert (answer.status_code, stage(case)) == (302, Stage.REVIEW)


@pytest.mark.parametrize("made", ["", "review", "closed"])
def test_the_page_has_an_answer_when_nothing_was_submitted(cast, made):
    case = CaseFactory(handler=cast.prosecutor, **({made: True} if made else {}))
    browser = client_for(cast.chief)

    assert "没有提交审批的事项" in browser.get(url_of(case)).text
    assert browser.post(url_of(case)).status_code == 422


def test_a_stranger_gets_404(cast, case):
    assert client_for(cast.other_chief).get(url_of(case)).status_code == 404
    assert client_for(cast.other_chief).post(url_of(case)).status_code == 404


@pytest.mark.parametrize("act", [{}, {"act": ""}, {"act": "aprove"}])
def test_what_no_button_sent_decides_nothing_and_keeps_the_words(cast, proposal, case, act):
    data = form(proposal, opinion="名称要写全称")
    del data["act"]

    answer = client_for(cast.head).post(url_of(case), data | act)

    assert answer.status_code == 422
    assert "还没选怎么处理" in answer.text
    assert "名称要写全称" in answer.text
    assert not proposal.round.steps.exclude(acted_at=None).exists()


def test_who_submitted_reads_that_it_waits_and_not_that_they_may_not(cast, case):
    page = client_for(cast.prosecutor).get(url_of(case)).text

    assert "已提交审批，正在等审批人办理。" in page
    assert "拟稿人不能审批" not in page
