"""The clerk's part: the inbox."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import fill, follow, hears, press


def open_lead(page: Page, code: str) -> None:
    page.goto("/referrals/")
    page.get_by_role("listitem").filter(has_text=code).get_by_role("link").click()
    expect(page.locator("#lead-title")).to_contain_text(code)


def return_for_supplement(page: Page, code: str, item: str) -> None:
    open_lead(page, code)
    follow(page, "退回补正")
    fill(page, {"需要补正的内容": item})
    press(page, "退回补正")
    hears(page, "已退回补正")


def convert(page: Page, code: str, handler: str) -> str:
    """接收并转为申请; the code of the case."""
    open_lead(page, code)
    follow(page, "接收并转为申请")
    fill(page, {"承办人": handler, "案由": "劳务合同纠纷"})
    press(page, "接收并转为申请")
    hears(page, "已接收，转为申请")
    return page.url.rstrip("/").rsplit("/", 1)[-1]
