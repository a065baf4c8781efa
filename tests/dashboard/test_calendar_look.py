"""日程 in a real browser: on paper, on a phone, by keyboard."""

from datetime import date, timedelta

import pypdfium2
import pytest

from core import clock
from tests.deadlines.factories import DeadlineFactory, TaskFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A4_LANDSCAPE = (842, 595)


def crowded(user):
    today = clock.today()
    for day in range(5):
        starts = today - timedelta(days=20 - day)
        DeadlineFactory(responsible=user, title=f"集检民支〔2026〕{day}号", starts_on=starts)
        DeadlineFactory(responsible=user, title="150902-2026-0016", starts_on=today)
        TaskFactory(assigned_to=user, due_on=today, title="整理卷宗" * 12)


def test_the_week_on_paper_is_a4_across_without_navigation(browser_page, sign_in, prosecutor):
    crowded(prosecutor)
    sign_in(browser_page, prosecutor)
    browser_page.goto("/calendar/?view=week&print=1")

    paper = pypdfium2.PdfDocument(browser_page.pdf(prefer_css_page_size=True))

    text = "".join(page.get_textpage().get_text_bounded() for page in paper)
    assert {tuple(round(side) for side in page.get_size()) for page in paper} == {A4_LANDSCAPE}
    assert "集宁区人民检察院 一周日程" in text
    assert "打印人 李检察官" in text
    assert "工作台" not in text
    assert "返回日程" not in text


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("query", ["", "?view=week", "?view=week&print=1", "?on=2031-02-01"])
def test_nothing_is_wider_than_the_screen(browser_page, sign_in, prosecutor, width, query):
    crowded(prosecutor)
    sign_in(browser_page, prosecutor)
    browser_page.set_viewport_size({"width": width, "height": 844})

    browser_page.goto(f"/calendar/{query}")

    assert browser_page.evaluate("document.documentElement.scrollWidth") == width


def test_a_phone_lists_only_the_days_of_the_month_that_hold_something(browser_page, sign_in, prosecutor):
    TaskFactory(assigned_to=prosecutor, due_on=date(2031, 2, 5))
    sign_in(browser_page, prosecutor)
    browser_page.set_viewport_size({"width": 390, "height": 844})

    browser_page.goto("/calendar/?on=2031-02-01")

    shown = browser_page.locator(".cal td:visible time").all_text_contents()
    assert shown == ["2月5日 周三"]
    assert browser_page.get_by_role("table").get_by_role("cell").count() == 1


def test_the_keyboard_goes_from_the_month_to_the_next_and_back(browser_page, sign_in, prosecutor):
    sign_in(browser_page, prosecutor)
    browser_page.goto("/calendar/?on=2026-12-31")

    browser_page.get_by_role("link", name="下月").focus()
    browser_page.keyboard.press("Enter")

    browser_page.get_by_role("heading", name="2027年1月").wait_for()
    browser_page.get_by_role("link", name="上月").press("Enter")
    browser_page.get_by_role("heading", name="2026年12月").wait_for()


def test_a_new_address_is_copied_with_one_click(browser_context, sign_in, prosecutor):
    context = browser_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, prosecutor)
    page.goto("/calendar/feeds/")
    page.get_by_label("用途").fill("办公电脑")
    page.get_by_role("button", name="开通订阅").click()

    page.get_by_role("button", name="复制地址").click()

    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#address").text_content()
    assert "/calendar/feed/" in copied
    assert "/calendar/feed/" not in page.url
