"""读到文末 in a real browser: half a long sheet does not count, its end does; without scripts the tick."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from approvals.models import Reading
from cases.approval.passing import countersign
from cases.workflow import Matter
from tests.cases.deciding import submitted, supportable
from tests.journeys.hands import fill, labelled, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal(cast):
    """A letter of many pages: its head, its text and the list of forty workers."""
    return submitted(cast, Matter.SUPPORT, supportable(cast, workers=40))


def opened(browser_context, sign_in, proposal, by, **options):
    page = browser_context(viewport={"width": 1366, "height": 768}, **options).new_page()
    sign_in(page, by)
    page.goto(reverse("cases:approval", args=[proposal.case.code]))
    return page


def test_half_a_long_sheet_does_not_count_and_its_end_does(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head)
    box = page.locator(".sheetwrap")
    box.scroll_into_view_if_needed()
    box.evaluate("e => { e.scrollTop = (e.scrollHeight - e.clientHeight) / 2 }")
    page.wait_for_timeout(700)
    expect(page.get_by_label("我已阅读全文")).to_be_visible()
    assert Reading.objects.count() == 0

    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()
    assert [(r.reader, r.how) for r in Reading.objects.all()] == [(cast.head, "scrolled")]
    press(page, "同意")
    page.wait_for_url("**/approvals/")


def test_without_scripts_the_tick_is_what_counts(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head, java_script_enabled=False)
    press(page, "同意")
    expect(page.get_by_role("alert").first).to_contain_text("还没勾选“我已阅读全文”")

    fill(page, {"我已阅读全文": True})
    press(page, "同意")
    page.wait_for_url("**/approvals/")
    assert [(r.reader, r.how) for r in Reading.objects.all()] == [(cast.head, "ticked")]


def test_sending_back_by_mouse_after_reading_is_no_agreement(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head)
    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()

    press(page, "退回修改")
    expect(page.get_by_role("alert").first).to_contain_text("还没说明改哪里")
    assert not proposal.round.steps.exclude(acted_at=None).exists()
    page.get_by_label("证据不足").check()
    fill(page, {"意见": "请补充考勤记录。"})
    press(page, "退回修改")
    page.wait_for_url("**/approvals/")

    step = proposal.round.steps.get(actor=cast.head)
    assert (step.result, step.opinion) == ("return", "请补充考勤记录。")


def test_the_keyboard_alone_never_agrees(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head)
    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()
    fill(page, {"意见": "名称要写全称"})

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert").first).to_contain_text("还没选怎么处理")
    expect(labelled(page, "意见")).to_have_value("名称要写全称")
    assert not proposal.round.steps.exclude(acted_at=None).exists()


def test_a_colleague_who_does_not_agree_is_recorded_so(cast, proposal, browser_context, sign_in):
    countersign(proposal.case, round=proposal.round, of=cast.assistant, question="金额对吗？", by=cast.head)
    page = opened(browser_context, sign_in, proposal, cast.assistant)
    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()
    fill(page, {"意见": "第三人的金额与结算单不一致。"})

    press(page, "不同意")
    page.wait_for_url("**/approvals/")

    assert proposal.round.steps.get(actor=cast.assistant).result == "disagree"
