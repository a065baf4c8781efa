"""A real browser for tests: Debian's Chromium, driven by Playwright, strict about complaints."""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST = 30_000  # milliseconds: what a page, or a part of it, may take on a busy machine before it is called broken
expect.set_options(timeout=LONGEST)

# A refused form answers 422, a stale one 409, a stranger's page 404: the browser notes it, nothing is wrong.
EXPECTED = re.compile(r"the server responded with a status of (403|404|409|422)|Response Status Error Code")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "没有找到 Chromium。Debian：apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Complaints(list[str]):
    """What a page complained of: console errors, broken rules of the CSP, crashes, foreign hosts."""

    def __init__(self, home: str) -> None:
        super().__init__()
        self.home = home

    def watch(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.append(f"脚本出错：{error}"))
        page.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            self.append(f"{message.text}（{message.location.get('url', '')}）")

    def see(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.append(f"向外部地址请求：{request.url}")


@pytest.fixture
def browser_context(chromium, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Make browsers: each call is another person's, with its own cookies; options as Playwright's."""
    complaints, opened = Complaints(live_server.url), []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(LONGEST)
        context.on("page", complaints.watch)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def browser_page(browser_context) -> Page:
    """One desktop page. The test fails when the page breaks the CSP, logs an error or asks a foreign host."""
    return browser_context(viewport={"width": 1366, "height": 768}).new_page()


@pytest.fixture
def sign_in(live_server) -> Callable[..., None]:
    """`sign_in(page, user)`: give the page's browser a session, without walking through the form."""

    def give(page: Page, user: object) -> None:
        client = Client()
        client.force_login(user, backend="accounts.backend.Backend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return give
