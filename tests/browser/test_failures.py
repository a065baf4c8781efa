"""What somebody at a browser sees when the server has no answer: the number stays in sight, nothing typed is lost."""

import psycopg
import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from dashboard import ledger_pages
from deadlines.holidays import views
from tests.deadlines.test_holidays import PASTED

pytestmark = [pytest.mark.browser]


@pytest.fixture
def page(chromium, live_server):
    """A page that may complain: the browser notes every answer of 500."""
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def _away(*args):
    try:
        raise psycopg.OperationalError
    except psycopg.Error as error:
        raise OperationalError from error


def test_a_search_that_fails_says_its_number_and_leaves_list_and_address_alone(
    page, sign_in, prosecutor, monkeypatch
):
    sign_in(page, prosecutor)
    page.goto("/ledger/")
    address, rows = page.url, page.locator("#list").inner_text()
    monkeypatch.setattr(ledger_pages.ledger, "summary", _away)

    page.click("form.filters button:has-text('查询')")

    notice = page.locator("#toasts #failure")
    expect(notice).to_contain_text("系统维护中，数据库暂时没有应答。没有办成，本页没有变。错误编号")
    assert page.locator(".toast").count() == 0
    assert (page.url, page.locator("#list").inner_text()) == (address, rows)
    notice.get_by_role("button", name="知道了").click()
    expect(notice).to_be_hidden()


def test_what_was_typed_is_sent_again_from_the_error_page(page, sign_in, sysadmin, monkeypatch):
    sign_in(page, sysadmin)
    page.goto("/settings/holidays/import/")
    page.fill("[name=year]", "2027")
    page.fill("[name=notice]", "通知")
    page.fill("[name=text]", PASTED)
    with monkeypatch.context() as patch:
        patch.setattr(views, "_found", lambda facts: 1 / 0)
        page.click("button.primary")
        expect(page.locator("h1")).to_have_text("没有保存成功，你填的内容还在")

    page.get_by_role("button", name="再试一次").click()

    expect(page.locator("h1")).to_have_text("核对 2027 年放假安排")
