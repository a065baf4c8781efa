"""编辑页: where each fact is taken from, what differs at the field itself, drafts side by side, little work."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Review
from cases.paperwork import drafting, filling
from cases.paperwork.catalogue import all_papers, paper_by
from cases.paperwork.sources import PLACES, place_of
from documents import papers
from documents.wording.writing import closed_up
from tests.cases.factories import CaseFactory, ClaimantFactory, case_of_office
from tests.cases.test_paper_keeping import filled_in
from tests.cast import client_for


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


def opened(case, document, by, query=""):
    return client_for(by).get(reverse("cases:document", args=[case.code, document.pk]) + query).text


def test_every_source_of_every_paper_says_where_it_is_changed(case):
    sources = {
        field.metadata["source"]
        for each in all_papers()
        for field in dataclasses.fields(each.paper.facts)
        if field.metadata.get("source")
    }
    assert sorted(sources - set(PLACES)) == []
    assert all(place_of(each).url(case) or place_of(each).label.startswith("单位信息") for each in sources)


def test_each_fact_links_to_the_page_where_it_is_changed(case, prosecutor):
    page = opened(case, drafting.draft(case, paper_by("application"), by=prosecutor), prosecutor)
    for view, label in (("cases:claims", "诉求表"), ("cases:detail", "案件")):
        assert f'取自<a href="{reverse(view, args=[case.code])}">{label}</a>' in page


def test_a_sum_that_differs_is_said_at_its_field_with_both_numbers_and_a_jump(case, prosecutor):
    document = drafting.draft(case, paper_by("application"), by=prosecutor)
    before = papers.facts_of(document.latest).owed
    item = case.claimants.first().items.get()
    item.due += 1000
    item.save(update_fields=["due"])
    page = opened(case, document, prosecutor)
    assert f"合计 {before:,.2f} 元”，案件现在是“合计 {before + 1000:,.2f} 元" in page
    assert "用案件金额替换</button>" in page
    assert '<a href="#item-workers">申请人与案件不一致</a>' in page


def test_a_long_text_that_differs_is_only_said(case, prosecutor):
    document = drafting.draft(case, paper_by("review_report"), by=prosecutor)
    Review.objects.filter(case=case).update(facts_found="后来查明的事实。")
    facts = papers.facts_of(document.latest)
    assert "查明的事实" not in {each.label for each in filling.differences(facts, case)}
    page = opened(case, document, prosecutor)
    assert ("与案件记录不同" in page, 'href="#item-facts_found"' in page) == (True, False)
    drafting.take_over(case, document, by=prosecutor)
    assert papers.facts_of(document.latest).facts_found == facts.facts_found
    drafting.take_over(case, document, by=prosecutor, names=["facts_found"])
    assert papers.facts_of(document.latest).facts_found == "后来查明的事实。"


def test_a_line_written_by_hand_is_not_marked_as_the_cases(case, prosecutor):
    document = drafting.draft(case, paper_by("review_report"), by=prosecutor)
    found = papers.facts_of(document.latest).facts_found
    typed = filled_in(document, facts_found=f"{found}\n后来手写的一句。")
    url = reverse("cases:document", args=[case.code, document.pk])
    browser = client_for(prosecutor)
    seen = browser.post(url + "preview/", typed, headers={"HX-Request": "true"}).text
    drafting.revise(case, document, by=prosecutor, expected_n=1, facts_found=f"{found}\n后来手写的一句。")
    for page in (seen, browser.get(url).text):
        assert "后来手写的一句。" in page
        assert "<mark>后来手写的一句。</mark>" not in page
        assert f"<mark>{closed_up(found).splitlines()[0]}</mark>" in page


def test_what_is_left_to_do_follows_what_is_typed(case, prosecutor):
    document = drafting.draft(case, paper_by("application"), by=prosecutor)
    browser, url = client_for(prosecutor), reverse("cases:document", args=[case.code, document.pk])

    def said(**typed):
        return browser.post(
            url + "preview/", filled_in(document, **typed), headers={"HX-Request": "true"}
        ).text

    assert "1 处要处理</span>" in said(against="写错的名字", inability="不识字。")
    assert "已填齐</span>" in said(inability="不识字。")
    assert 'href="#item-facts">待填' in said(facts="", inability="不识字。")


def test_taking_over_nothing_new_and_restoring_what_stands_make_no_draft(case, prosecutor):
    document = drafting.draft(case, paper_by("application"), by=prosecutor)
    drafting.take_over(case, document, by=prosecutor)
    drafting.restore(case, document, n=1, by=prosecutor)
    assert document.versions.count() == 1


def test_any_two_drafts_are_compared_and_who_made_them_is_said(case, prosecutor, assistant):
    document = drafting.draft(case, paper_by("application"), by=prosecutor)
    for n, words in enumerate(("第一种写法。", "第二种写法。", "第三种写法。"), start=1):
        drafting.revise(case, document, by=assistant, expected_n=n, inability=words)
    page = opened(case, document, prosecutor, "?n=2&to=3&changes=1")
    assert ("<del>第一种写法。</del>" in page, "<ins>第二种写法。</ins>" in page) == (True, True)
    assert "<ins>第三种写法。</ins>" not in page
    assert page.count(f"{assistant} 20") == 4  # three drafts and the head of the page
    backwards = opened(case, document, prosecutor, "?n=4&to=2&changes=1")
    assert ("<del>第三种写法。</del>" in backwards, "<ins>第一种写法。</ins>" in backwards) == (True, True)
    assert "A4 预览" in opened(case, document, prosecutor, "?n=99&to=x&changes=1")


def test_the_zoom_that_was_chosen_comes_back_with_the_next_page(case, prosecutor):
    document = drafting.draft(case, paper_by("application"), by=prosecutor)
    browser = client_for(prosecutor)
    url = reverse("cases:document", args=[case.code, document.pk])
    assert 'id="zoom-62" checked' in browser.get(url).text
    browser.cookies["zoom"] = "100"
    assert 'id="zoom-100" checked' in browser.get(url).text
    browser.cookies["zoom"] = '"><script>'
    assert 'id="zoom-62" checked' in browser.get(url).text


def work_of(cast, workers, key, does):
    """How many statements it takes, for a case of so many workers."""
    case = CaseFactory(handler=cast.prosecutor, reviewed=True)
    for n in range(workers):
        ClaimantFactory(case=case, claim=f"{1000 + n}.05")
    document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
    browser = client_for(cast.prosecutor)
    browser.get(reverse("cases:detail", args=[case.code]))  # the first page of a session writes when it began
    with CaptureQueriesContext(connection) as queries:
        does(browser, reverse("cases:document", args=[case.code, document.pk]), document)
    return len(queries)


def opens(browser, url, document):
    assert browser.get(url).status_code == 200


def types(browser, url, document):
    sent = filled_in(document, facts="改过的事实。")
    with CaptureQueriesContext(connection):
        answer = browser.post(url + "preview/", sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["application", "complaint_labour", "complaint_service"])
def test_opening_the_editor_takes_the_same_little_work_for_one_worker_and_for_sixty(cast, key):
    one, sixty = (work_of(cast, n, key, opens) for n in (1, 60))
    assert one == sixty
    assert one <= 20


def test_the_preview_takes_the_same_little_work_for_one_worker_and_for_sixty(cast):
    one, sixty = (work_of(cast, n, "complaint_labour", types) for n in (1, 60))
    assert one == sixty
    assert one <= 20
