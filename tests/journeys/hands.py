"""What a person's hands do on any page: fill in by label, press, paste, read what the page says."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.accounts.factories import PASSWORD

PASTE = """text => { const data = new DataTransfer(); data.setData("text/plain", text);
const paste = {clipboardData: data, bubbles: true, cancelable: true};
document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste)) }"""


def labelled(page: Page | Locator, label: str) -> Locator:
    """The input with exactly this label; the mark of optional ones does not count."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（选填）)?\s*$"))


def fill(page: Page | Locator, values: dict[str, Any]) -> None:
    """Fill in by label: text, choice, radio, tick or file, whatever the input is."""
    for label, value in values.items():
        _put(labelled(page, label), value)


def _put(field: Locator, value: Any) -> None:
    kind = field.evaluate("e => e.localName === 'input' ? e.type : e.localName")
    if kind == "select":
        field.select_option(label=value)
    elif kind == "checkbox":
        field.set_checked(value)
    elif kind == "file":
        field.set_input_files(value)
    elif kind == "div":  # a group of choices
        field.get_by_label(value, exact=True).check()
    else:
        field.fill(str(value))


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page | Locator, name: str) -> None:
    """Go where a link of the page's content leads."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def paste(page: Page, field: str, text: str) -> None:
    """Ctrl+V of a block of cells into the input with this label."""
    page.get_by_label(field, exact=True).focus()
    page.evaluate(PASTE, text)


def hears(page: Page, sentence: str) -> None:
    """The page says this, as a toast, an alert or in its text."""
    expect(page.get_by_text(sentence).first).to_be_visible()


def figure(page: Page, name: str) -> str:
    """The raw value of a figure of the contract."""
    return page.locator(f'[data-figure="{name}"]').first.get_attribute("value") or ""


def is_no_wider_than_the_screen(page: Page) -> bool:
    """`innerWidth` would not do: a phone zooms out until everything fits into it."""
    return page.evaluate("document.documentElement.scrollWidth <= screen.width")


def sign_in_by_hand(page: Page, username: str) -> None:
    """On the sign-in page, which leads back to where one wanted to go."""
    fill(page, {"用户名": username, "密码": PASSWORD})
    press(page, "登录")
    page.wait_for_url(lambda url: "/login/" not in url)


def take(page: Page, code: str, act: str) -> None:
    """Open the case and take one of the acts its head offers: the primary button, or one under 更多."""
    page.goto(f"/cases/{code}/")
    head = page.locator(".idbar .acts")
    if not head.get_by_role("link", name=act, exact=True).is_visible():
        head.get_by_text("更多").click()
    head.get_by_role("link", name=act, exact=True).click()


def hand_in(page: Page, values: dict[str, Any], button: str, done: str) -> None:
    """Fill in the form of this page, press its button, and hear that it is done."""
    fill(page, values)
    press(page, button)
    hears(page, done)


def stage(page: Page) -> str:
    """The stage in the head of the case page that is open."""
    return page.locator(".idbar h1 [data-stage]").inner_text()


def milestones(page: Page, code: str) -> list[str]:
    """阶段变化 of the timeline, oldest first."""
    page.goto(f"/cases/{code}/log/?kind=moves")
    return page.get_by_role("main").locator(".tl li b").all_inner_texts()[::-1]


def clocks_on(page: Page, address: str) -> set[str]:
    """The days on the clock chips of a page."""
    page.goto(address)
    chips = page.get_by_role("main").locator("time[data-clock]")
    return {chip.get_attribute("datetime") or "" for chip in chips.all()}
