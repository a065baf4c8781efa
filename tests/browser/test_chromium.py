"""The browser that the other tests trust: does it hear what a page complains of?"""

import pytest

from tests.chromium import Complaints

pytestmark = [pytest.mark.browser]
INLINE = "const s = document.createElement('script'); s.textContent = '1'; document.head.append(s)"


def test_the_sign_in_page_complains_of_nothing(browser_page):
    browser_page.goto("/login/")

    assert browser_page.locator("form").count() >= 1


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        (INLINE, "Content Security Policy"),
        ("console.error('broken')", "broken"),
        ("location = 'http://127.0.0.1:9/'", "向外部地址请求"),
        ("setTimeout(() => { throw new Error('crash') })", "crash"),
    ],
)
def test_complaints_are_heard(chromium, live_server, deed, complaint):
    page = chromium.new_page()
    complaints = Complaints(live_server.url)
    complaints.watch(page)
    page.goto(f"{live_server.url}/login/")

    page.evaluate(f"() => {{ {deed} }}")
    page.wait_for_timeout(200)
    page.close()

    assert complaint in "\n".join(complaints)


def test_a_session_may_be_given_without_walking_through_the_form(browser_page, sign_in, prosecutor):
    sign_in(browser_page, prosecutor)

    browser_page.goto("/login/")

    assert browser_page.context.cookies()[0]["name"] == "sessionid"
