"""已作废的文书 on every page that shows it; a deed that was refused leaves the page whole."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.paperwork import correcting, drafting, keeping
from cases.paperwork.catalogue import paper_by
from cases.paperwork.forms import form_of, initial_of
from documents import papers
from tests.cases.factories import case_of_office
from tests.cases.serving import accepted
from tests.cast import client_for


@pytest.fixture
def served(cast):
    """受理通知书, issued, served on nobody yet."""
    return accepted(cast)


@pytest.fixture
def browser(cast):
    return client_for(cast.prosecutor)


def url_of(case, document, name="cases:document"):
    return reverse(name, args=[case.code, document.pk])


def test_a_refused_void_stays_open_and_keeps_what_belongs_to_the_issued_paper(browser, served):
    case, document = served
    before = browser.get(url_of(case, document)).text

    answer = browser.post(url_of(case, document, "cases:paper_void"), {"reason": ""})

    assert answer.status_code == 422
    assert '<details class="body" open>' in answer.text
    for said in (document.issue.number, "未送达 0/2", 'id="rendition"'):
        assert (said in before, said in answer.text) == (True, True)


def test_a_void_paper_says_why_who_and_when_and_waits_for_nobody(cast, browser, served):
    case, document = served
    number = document.issue.number
    document = drafting.void(case, document, reason="姓名写错", by=cast.prosecutor)
    pages = {
        "paper": browser.get(url_of(case, document)).text,
        "list": browser.get(reverse("cases:documents", args=[case.code])).text,
        "case": browser.get(case.get_absolute_url()).text,
        "service": browser.get(url_of(case, document, "cases:paper_service")).text,
    }
    for page in pages.values():
        assert (number in page, "未送达 0/" in page, "还没送达" in page) == (True, False, False)
    for name in ("paper", "list"):
        for said in ("姓名写错", str(cast.prosecutor), f"{document.voided_at:%Y-%m}"):
            assert said in pages[name]
    assert "姓名写错" in pages["case"]


def test_a_correction_of_a_paper_that_was_voided_says_so_before_it_goes_up(cast, browser, served):
    case, document = served
    made = correcting.draft(case, document, by=cast.prosecutor)
    said = "受理通知书已经作废，不能再补正。"
    assert said not in browser.get(url_of(case, made)).text

    drafting.void(case, document, reason="发错了", by=cast.prosecutor)

    assert said in browser.get(url_of(case, made)).text


@pytest.mark.parametrize(
    ("key", "deed", "name"), [("fetch_notice", "submission", "unit"), ("application", "issue", "inability")]
)
def test_what_was_typed_and_not_saved_stands_on_the_page_that_refuses(cast, browser, key, deed, name):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
    facts = papers.facts_of(document.latest)
    form_class = form_of(type(facts))
    saved = form_class(initial=initial_of(facts))
    names = [each for each in saved.fields if each not in saved.HELPERS]
    values = {each: "" if (value := saved[each].value()) is None else str(value) for each in names}
    form = form_class(values | {"version": 1, "page": str(uuid4()), "copy": "", name: "还没有保存的话。"})
    form.is_valid()
    keeping.keep(case, document, form, by=cast.prosecutor)

    answer = browser.post(url_of(case, document, f"cases:paper_{deed}"))

    assert (answer.status_code, "没有保存成稿的修改" in answer.text) == (422, True)
    field = answer.text.index(f'name="{name}"')
    assert "还没有保存的话。" in answer.text[field : field + 500]
    assert "放弃，回到第 1 稿</button>" in answer.text
