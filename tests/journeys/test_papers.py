"""A paper's way in a real browser: 起草、填写、检查、送审、读完、同意签发、送达、核验, by the two people it takes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cases.workflow import Stage
from core import clock
from documents.models import Document
from tests.cases.events import reviewed_case
from tests.journeys.hands import fill, hears, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNIT = "集宁区住房和城乡建设局"


def draft(page, code):
    """The list of all papers, group by group."""
    page.goto(f"/cases/{code}/documents/")
    page.get_by_text("受理和审查，").click()
    press(page, "起草调取证据通知书")
    page.wait_for_url("**/documents/*/")
    expect(page.get_by_role("heading", name="调取证据通知书").first).to_be_visible()


def test_a_notice_from_its_draft_to_its_service(people, cast):
    case = reviewed_case(cast)
    page, head = people.prosecutor, people.head

    draft(page, case.code)
    expect(page.locator("#sheet")).to_contain_text("【待填：被调取单位】")
    press(page, "提交审批")
    hears(page, "不能送审")
    written = {
        "被调取单位": UNIT,
        "调取的材料": "农民工工资专用账户流水\n总包单位工资保证金缴存记录",
        "提供期限": (clock.today() + timedelta(days=7)).isoformat(),
        "调取人": "李检察官\n王助理",
    }
    fill(page, written)
    expect(page.locator("#sheet")).to_contain_text(UNIT)  # before anything is saved
    press(page, "保存")
    hears(page, "已保存")
    expect(page.locator("#sheet")).not_to_contain_text("待填")
    press(page, "提交审批")
    hears(page, "已提交审批")
    assert Document.objects.get().status == Document.Status.IN_APPROVAL

    head.goto("/approvals/")
    head.get_by_role("main").get_by_role("link", name=re.compile("调取证据通知书")).click()
    expect(head.locator("#sheet")).to_contain_text(UNIT)
    press(head, "同意")
    hears(head, "也没读到文末，请读完再同意")
    head.get_by_text("全文完").scroll_into_view_if_needed()
    expect(head.get_by_text("已读到文末")).to_be_visible()
    fill(head, {"意见": "同意调取。"})
    press(head, "同意")
    head.wait_for_url("**/approvals/")
    paper = Document.objects.get()
    assert (paper.status, paper.issue.version.content_hash) == (
        Document.Status.ISSUED,
        paper.versions.order_by("n")[1].content_hash,
    )

    page.goto(f"/cases/{case.code}/documents/{paper.pk}/service/")
    expect(page.locator("#panel")).to_contain_text(f"还没送达：{UNIT}")
    page.get_by_text("登记送出").click()
    page.get_by_role("link", name="直接送达").click()
    page.wait_for_url("**/direct/")
    fill(page, {"签收日期": clock.today().isoformat(), "签收人": "收发室", "签收人身份": "单位收件人"})
    press(page.locator("#panel"), "登记")
    hears(page, "已全部送达")

    page.goto(f"/verify/{paper.issue.version_id}/")
    shown = page.locator("body").inner_text()
    assert paper.issue.number in shown
    assert "有效" in shown
    assert UNIT not in shown
    case.refresh_from_db()
    assert case.stage == Stage.REVIEW
