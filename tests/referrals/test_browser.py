"""The portal in a real browser: on a small phone without script, and pasted from Excel on a desktop."""

import re

import pytest

from referrals.models import Referral
from tests.cases.factories import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_the_rest(page) -> None:
    page.get_by_label("联系电话").fill("13900001111")
    page.get_by_label("用人单位或包工头").fill("示例建设工程有限公司")
    page.get_by_label("用工和催要经过").fill("2025年4月起做木工，多次催要未付。")
    page.get_by_label(re.compile("已告知当事人")).check()


def test_on_a_small_phone_without_script_a_lead_reaches_its_receipt(
    browser_context, sign_in, legalaid, clerk
):
    page = browser_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    sign_in(page, legalaid)
    page.goto("/partner/")
    page.get_by_role("main").get_by_role("link", name="移送线索").first.click()
    page.get_by_role("button", name="加 5 行").click()
    page.get_by_label("第 7 行 姓名").fill("王建国")
    page.get_by_label("第 7 行 身份证号").fill(id_number(7))
    page.get_by_label("第 7 行 欠薪（元）").fill("2.4万")
    fill_the_rest(page)
    page.get_by_role("button", name="提交线索").click()

    lead = Referral.objects.get()
    assert page.locator("#receipt-number").inner_text() == lead.code
    assert str(lead.workers.get().owed) == "24000.00"


@pytest.mark.parametrize("width", [360, 390])
def test_no_page_of_the_portal_is_wider_than_a_phone(browser_context, sign_in, legalaid, clerk, width):
    page = browser_context(viewport={"width": width, "height": 780}).new_page()
    sign_in(page, legalaid)
    page.goto("/partner/referrals/new/")
    page.get_by_label("第 1 行 姓名").fill("王建国")
    page.get_by_label("第 1 行 身份证号").fill(id_number(7))
    page.get_by_label("第 1 行 欠薪（元）").fill("24000")
    fill_the_rest(page)
    page.get_by_role("button", name="提交线索").click()
    page.wait_for_url("**/receipt/")
    receipt = page.url

    for url in ("/partner/", "/partner/referrals/new/", receipt, receipt.removesuffix("receipt/")):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_fifteen_workers_are_pasted_with_shuffled_columns_corrected_and_submitted(
    browser_context, sign_in, legalaid, clerk
):
    page = browser_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, legalaid)
    page.goto("/partner/referrals/new/")
    lines = ["欠薪金额（元）\t身份证号码\t姓名"]
    lines += [f"{n},000\t{id_number(800 + n)}\t王示例{n}" for n in range(1, 16)]
    lines[3] = lines[3].replace(id_number(803), "1.5E+17")
    page.get_by_label("第 1 行 姓名").focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); }""",
        "\n".join(lines),
    )
    fill_the_rest(page)
    page.get_by_role("button", name="提交线索").click()
    page.get_by_role("link", name=re.compile("第 3 行身份证号被 Excel")).click()
    page.get_by_label("第 3 行 身份证号").fill(id_number(900))
    page.get_by_role("button", name="提交线索").click()
    page.wait_for_url("**/receipt/")

    lead = Referral.objects.get()
    assert lead.workers.count() == 15
    assert sum(worker.owed for worker in lead.workers.all()) == 120_000
