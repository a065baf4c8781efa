"""The partner on a phone: typed into cards, corrected, followed, supplemented; and once without any script."""

import pytest
from playwright.sync_api import expect

from referrals.models import Referral
from tests.journeys.hands import fill, follow, hears, is_no_wider_than_the_screen, press, sign_in_by_hand
from tests.journeys.steps_inbox import return_for_supplement
from tests.journeys.steps_referral import describe, open_form, progress, receipt, write_worker
from tests.journeys.story import FIFTEEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
FIRST, SECOND = FIFTEEN[:2]


@pytest.fixture
def phone(browser_context, legalaid, clerk):
    return browser_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def test_a_lead_is_typed_corrected_followed_and_supplemented(phone, people):
    phone.goto("/partner/")
    sign_in_by_hand(phone, "legalaid")
    assert is_no_wider_than_the_screen(phone)
    code = refer_with_a_wrong_number(phone)
    assert "待接收" in progress(phone, code)
    assert is_no_wider_than_the_screen(phone)

    return_for_supplement(people.clerk, code, "务工人员或经办人联系电话")
    assert "退回补正" in progress(phone, code)
    supplement(phone)

    assert "待接收" in progress(phone, code)
    lead = Referral.objects.get(code=code)
    assert [worker.phone for worker in lead.workers.all()] == [FIRST.phone, ""]
    assert [worker.id_number for worker in lead.workers.all()] == [FIRST.id_number, SECOND.id_number]


def refer_with_a_wrong_number(page):
    """The wrong one stands in the summary, and leads to its card."""
    open_form(page)
    write_worker(page, 1, FIRST)
    write_worker(page, 2, SECOND)
    wrong = SECOND.id_number[:-1] + ("1" if SECOND.id_number[-1] != "1" else "2")
    page.get_by_label("第 2 行 身份证号").fill(wrong)
    describe(page)
    assert is_no_wider_than_the_screen(page)
    press(page, "提交线索")
    follow(page, "第 2 行身份证号校验位不对，请对照身份证原件核对。")
    expect(page.get_by_label("第 2 行 身份证号")).to_be_focused()
    assert is_no_wider_than_the_screen(page)
    page.get_by_label("第 2 行 身份证号").fill(SECOND.id_number)
    press(page, "提交线索")
    code = receipt(page)
    assert is_no_wider_than_the_screen(page)
    return code


def supplement(page):
    """From 待补正 on the first page to the receipt; numbers submitted before stay masked."""
    page.goto("/partner/")
    assert is_no_wider_than_the_screen(page)
    follow(page, "去补正")
    hears(page, "前补正")
    assert FIRST.id_number not in page.content()
    page.get_by_label("第 1 行 手机").fill(FIRST.phone)
    fill(page, {"已告知当事人将向检察院移送其姓名、身份证号和联系方式，并取得同意": True})
    assert is_no_wider_than_the_screen(page)
    press(page, "提交补正")
    receipt(page)


def test_without_any_script_the_same_form_reaches_its_receipt(browser_context, legalaid, clerk):
    page = browser_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/partner/")
    sign_in_by_hand(page, "legalaid")
    open_form(page)
    write_worker(page, 1, FIRST)
    write_worker(page, 2, SECOND)
    describe(page)
    press(page, "提交线索")

    assert receipt(page) == Referral.objects.get().code
    assert [worker.name for worker in Referral.objects.get().workers.all()] == [FIRST.name, SECOND.name]
