"""The editor as a prosecutor uses it, in a real browser: kept while typing, gone on with later, a phrase put in."""

import pytest
from django.urls import reverse

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from documents import papers
from documents.models import WorkingCopy
from tests.cases.factories import case_of_office

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_survive_a_closed_browser_and_a_phrase_comes_to_their_end(cast, browser_context, sign_in):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    address = reverse("cases:document", args=[case.code, document.pk])
    first = browser_context(viewport={"width": 1440, "height": 900})
    page = first.new_page()
    sign_in(page, cast.prosecutor)
    page.goto(address)
    page.locator("textarea[name=inability]").fill("申请人不识字。")
    page.locator("#kept", has_text="已自动保存").wait_for(timeout=8_000)
    page.locator("#sheet", has_text="申请人不识字。").wait_for()
    first.close()

    page = browser_context(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, cast.prosecutor)
    page.goto(address)
    page.locator("textarea[name=inability]", has_text="申请人不识字。").wait_for()
    assert page.get_by_text("自动保存、还没有保存成稿的修改").is_visible()
    page.locator("#item-inability summary").click()
    page.get_by_role("button", name="诉讼能力不足").click()
    page.locator("textarea[name=inability]", has_text="缺乏法律知识").wait_for()
    assert not page.locator("#sheet").is_visible()
    page.get_by_text("A4 预览", exact=True).click()
    page.locator("#sheet", has_text="缺乏法律知识").wait_for()
    page.get_by_text("填写", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()

    said = papers.facts_of(document.latest).inability
    assert (said.startswith("申请人不识字。\n"), "缺乏法律知识" in said, document.latest.n) == (True, True, 2)
    assert not WorkingCopy.objects.exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
