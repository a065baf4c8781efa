"""Makes the pictures of the README from a running demo: `make run` in one window, `scripts/screenshots.py` in another.

Usage: python scripts/screenshots.py [http://127.0.0.1:8000]
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "Zhichi-Demo-2026"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SIZE = {"width": 1440, "height": 900}
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"


def signed_in(browser: Browser, base: str, username: str) -> Page:
    page = browser.new_context(viewport=SIZE, locale="zh-CN", color_scheme="light").new_page()
    page.goto(f"{base}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def shoot(page: Page, base: str, path: str, name: str) -> None:
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"  {name}.png  {path}")


def a_case(page: Page, base: str) -> str:
    """The first case of the list that stands in review."""
    page.goto(f"{base}/cases/?view=mine&stage=review")
    return str(page.locator("#list tbody a.id, #rows tbody a.id, table a.id").first.get_attribute("href"))


def a_paper(page: Page, base: str, case: str) -> str:
    """The letter of support of this case; drafted when it has none."""
    page.goto(f"{base}{case}documents/")
    drafted = page.get_by_role("link", name="支持起诉书", exact=True)
    if not drafted.count():
        page.get_by_role("button", name="起草支持起诉书").first.click()
        page.wait_for_url("**/documents/*/")
        return page.url.removeprefix(base)
    return str(drafted.first.get_attribute("href"))


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        prosecutor = signed_in(browser, base, "prosecutor")
        shoot(prosecutor, base, "/desk/", "desk")
        shoot(prosecutor, base, "/cases/?view=all", "cases")
        case = a_case(prosecutor, base)
        shoot(prosecutor, base, case, "case")
        shoot(prosecutor, base, a_paper(prosecutor, base, case), "paper")
        shoot(signed_in(browser, base, "head"), base, "/dashboard/", "dashboard")
        shoot(signed_in(browser, base, "legalaid"), base, "/partner/referrals/new/", "referral")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
