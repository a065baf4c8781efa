"""案件文书: list, first draft, editor, versions, PDF."""

import pytest
from django.urls import reverse

from audit.models import Entry
from cases.paperwork import drafting
from cases.paperwork.forms import initial_of
from cases.workflow import Matter
from core.refusals import Refused
from documents import papers
from documents.models import Document
from tests.cases.deciding import agree_all, letter_of, submitted, supportable
from tests.cases.factories import CaseFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

PAGES = ["cases:document", "cases:document_pdf", "cases:document_status"]


@pytest.fixture
def case(cast):
    return supportable(cast)


@pytest.fixture
def letter(case):
    return letter_of(case)


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url_of(case, letter=None, name="cases:document"):
    return (
        reverse(name, args=[case.code, letter.pk]) if letter else reverse("cases:documents", args=[case.code])
    )


def typed(letter, **fields):
    """What the editor's form posts: every field as it stands, the lists line by line."""
    latest = letter.latest
    standing = {
        name: "\n".join(v) if isinstance(v, tuple) else v for name, v in initial_of(facts_of(letter)).items()
    }
    return {**standing, "version": latest.n, **fields}


def facts_of(letter):
    return papers.facts_of(letter.latest)


def test_the_list_makes_the_first_draft_from_the_case(cast, browser):
    case = case_of_office(cast, reviewed=True)

    answer = browser.post(reverse("cases:paper_start", args=[case.code, "support_letter"]), {})

    letter = letter_of(case)
    assert (answer.status_code, answer.url) == (302, url_of(case, letter))
    facts = facts_of(letter)
    assert [row.owed for row in facts.workers] == [12000, 8000]
    assert (facts.court, len(facts.workers), len(facts.respondents)) == ("集宁区人民法院", 2, 1)


def test_the_letter_is_offered_in_review_once(cast, browser):
    case = case_of_office(cast, reviewed=True)
    assert 'aria-label="起草支持起诉书"' in browser.get(url_of(case)).text
    start = reverse("cases:paper_start", args=[case.code, "support_letter"])
    browser.post(start, {})

    assert 'aria-label="起草支持起诉书"' not in browser.get(url_of(case)).text
    again = browser.post(start, {})
    assert (again.status_code, "支持起诉书已经起草，请打开修改。" in again.text) == (422, True)
    browser.post(url_of(case, letter_of(case), "cases:paper_void"), {"reason": "写错"})
    assert browser.post(start, {}).status_code == 302
    assert [each.status for each in Document.objects.order_by("pk")] == ["void", "draft"]


def test_the_letter_leaves_with_its_approval_alone(browser, case, letter):
    answer = browser.post(url_of(case, letter, "cases:paper_issue"), {})

    assert (answer.status_code, "支持起诉书要经审批。" in answer.text) == (422, True)
    letter.refresh_from_db()
    assert letter.status == "draft"


def test_a_letter_in_approval_is_not_voided_under_the_approvers(cast, browser, case, letter):
    submitted(cast, Matter.SUPPORT, case)

    answer = browser.post(url_of(case, letter, "cases:paper_void"), {"reason": "写错"})

    assert answer.status_code == 422
    with pytest.raises(Refused, match="支持起诉书正在审批，不能作废。"):
        drafting.void(case, letter, reason="写错", by=cast.prosecutor)


def test_list_and_document_answer_page_and_panel(browser, case, letter):
    assert_panel_is_part_of_page(browser, url_of(case))
    assert_panel_is_part_of_page(browser, url_of(case, letter))


def test_saving_makes_a_new_version_and_keeps_the_old_one(browser, case, letter):
    answer = browser.post(url_of(case, letter), typed(letter, opinion="付出劳动，依法应得报酬。"))

    assert answer.status_code == 302
    assert [version.n for version in letter.versions.all()] == [1, 2]
    assert facts_of(letter).opinion == "付出劳动，依法应得报酬。"
    assert "付出劳动后依法享有" in browser.get(url_of(case, letter), {"n": 1}).text


def test_one_press_takes_sums_and_names_from_the_claim_table_anew(cast, browser, case, letter):
    item = case.claimants.first().items.get()
    item.due = 15000
    item.save(update_fields=["due"])

    page = browser.get(url_of(case, letter)).text
    assert "申请人写的是“合计 20,000.00 元”，案件现在是“合计 23,000.00 元”。" in page
    assert 'name="name" value="workers"' in page
    browser.post(url_of(case, letter, "cases:paper_take_over"), {"name": "workers"})

    assert facts_of(letter).owed == 23000


def test_what_is_missing_is_red_on_the_sheet_and_named_on_the_form(browser, case, letter):
    browser.post(url_of(case, letter), typed(letter, opinion=""))

    page = browser.get(url_of(case, letter)).text
    assert "【待填：本院认为】" in page
    assert "1 处待填" in page


def test_a_stale_form_is_409_and_shows_both_texts(cast, browser, case, letter):
    stale = typed(letter, opinion="我的说法", origin="我的来源")
    client_for(cast.assistant).post(url_of(case, letter), typed(letter, opinion="别人的说法"))

    answer = browser.post(url_of(case, letter), stale)

    assert answer.status_code == 409
    assert letter.versions.count() == 2
    for words in ("我的说法", "别人的说法", "我的来源", "王助理"):
        assert words in answer.text


def test_the_comparison_of_a_stale_form_can_be_saved(cast, browser, case, letter):
    stale = typed(letter, opinion="我的说法")
    client_for(cast.assistant).post(url_of(case, letter), typed(letter, opinion="别人的说法"))
    browser.post(url_of(case, letter), stale)

    answer = browser.post(url_of(case, letter), stale | {"version": 2})

    assert (answer.status_code, letter.versions.count()) == (302, 3)


def test_a_letter_in_approval_is_closed(cast, browser, case, letter):
    before = typed(letter)
    submitted(cast, Matter.SUPPORT, case)

    answer = browser.post(url_of(case, letter), before)

    assert answer.status_code == 422
    assert "支持起诉书审批中，不能修改。" in answer.text


def test_the_pdf_is_handed_out_through_the_case_only_and_on_record(
    cast, case, letter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        agree_all(cast, submitted(cast, Matter.SUPPORT, case))

    pdf = client_for(cast.clerk).get(url_of(case, letter, "cases:document_pdf"))

    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert b"".join(pdf).startswith(b"%PDF-")
    assert Entry.objects.filter(verb="download").count() == 1
    assert "下载 PDF" in client_for(cast.clerk).get(url_of(case, letter, "cases:document_status")).text


def test_while_the_pdf_is_made_the_page_asks_again_without_keeping_anybody_signed_in(cast, case, letter):
    agree_all(cast, submitted(cast, Matter.SUPPORT, case))

    page = client_for(cast.clerk).get(url_of(case, letter)).text

    assert "正在生成 PDF" in page
    assert 'hx-headers=\'{"X-Poll":"1"}\'' in page


def test_pages_show_numbers_of_persons_masked(cast, browser, case, letter):
    person = case.claimants.first().person
    waiting = submitted(cast, Matter.SUPPORT, case).case

    for url in (url_of(case, letter), reverse("cases:approval", args=[waiting.code])):
        page = browser.get(url).text
        assert person.name in page
        assert person.id_number not in page
        assert person.phone not in page


def test_a_draft_has_no_pdf(browser, case, letter):
    assert browser.get(url_of(case, letter, "cases:document_pdf")).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_document_is_not_found_through_another_case_or_by_a_stranger(cast, browser, case, letter, name):
    another = CaseFactory(handler=cast.prosecutor)

    assert browser.get(url_of(another, letter, name)).status_code == 404
    assert client_for(cast.other).get(url_of(case, letter, name)).status_code == 404
    assert Document.objects.filter(pk=letter.pk).exists()
