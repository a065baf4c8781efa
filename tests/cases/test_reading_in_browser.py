"""读到文末 in a real browser: half a long sheet does not count, its end does; without scripts the tick."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from approvals.models import Reading
from cases.workflow import Matter
from tests.cases.deciding import submitted, supportable
from tests.journeys.hands import fill, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal(cast):
    """A letter of many pages: its head, its text and the list of forty workers."""
    return submitted(cast, Matter.SUPPORT, supportable(cast, workers=40))


def opened(browser_context, sign_in, proposal, by, **options):
    page = browser_context(viewport={"width": 1366, "height": 768}, **options).new_page()
    sign_in(page, by)
    page.goto(reverse("cases:approval", args=[proposal.case.code]))
    return page


def test_half_a_long_sheet_does_not_count_and_its_end_does(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head)
    box = page.locator(".sheetwrap")
    box.scroll_into_view_if_needed()
    box.evaluate("e => { e.scrollTop = (e.scrollHeight - e.clientHeight) / 2 }")
    page.wait_for_timeout(700)
    expect(page.get_by_label("我已阅读全文")).to_be_visible()
    assert Reading.objects.count() == 0

    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()
    assert [(r.reader, r.how) for r in Reading.objects.all()] == [(cast.head, "scrolled")]
    press(page, "同意")
    page.wait_for_url("**/approvals/")


def test_without_scripts_the_tick_is_what_counts(cast, proposal, browser_context, sign_in):
    page = opened(browser_context, sign_in, proposal, cast.head, java_script_enabled=False)
    press(page, "同意")
    expect(page.get_by_role("alert").first).to_contain_text("还没勾选“我已阅读全文”")

    fill(page, {"我已阅读全文": True})
    press(page, "同意")
    page.wait_for_url("**/approvals/")
    assert [(r.reader, r.how) for r in Reading.objects.all()] == [(cast.head, "ticked")]
