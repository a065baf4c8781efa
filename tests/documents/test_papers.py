from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cases.paperwork.decisions_support import SUPPORT_LETTER
from core.refusals import Conflict, Refused
from documents import papers
from documents.models import Document, Issue, Rendition, Version
from tests.documents.factories import letter_facts

DAY = date(2026, 11, 25)


@pytest.fixture
def document(office, prosecutor):
    return papers.draft(SUPPORT_LETTER, organisation=office, facts=letter_facts(), by=prosecutor)


@pytest.fixture
def issue(chief):
    def issue(document, **changes):
        terms = {
            "number": "集检民支〔2026〕16号",
            "issued_on": DAY,
            "by": chief,
            "approved_hash": document.latest.content_hash,
        }
        return papers.issue(document, **terms | changes)

    return issue


def revised(document, by, **changes):
    return papers.revise(document, facts=letter_facts(**changes), by=by, expected_n=document.latest.n)


def test_draft_keeps_facts_text_and_author(document, prosecutor):
    version = document.latest

    assert (document.status, document.title, document.kind) == ("draft", "支持起诉书", "support_letter")
    assert (version.n, version.made_by) == (1, prosecutor)
    assert papers.facts_of(version) == letter_facts()
    assert "集宁区人民法院" in version.body


def test_facts_and_text_are_not_readable_in_the_database(document, django_assert_num_queries):
    row = Version.objects.filter(document=document).extra(select={"raw": "facts_json"}).get()

    assert b"150902198503020000" not in bytes(row.raw)


def test_the_title_is_a_setting(office, prosecutor, settings):
    settings.PAPER_TITLES = {"support_letter": "支持起诉意见书"}

    document = papers.draft(SUPPORT_LETTER, organisation=office, facts=letter_facts(), by=prosecutor)
    assert document.title == "支持起诉意见书"
    assert "支持起诉意见书" in document.latest.body


def test_revise_adds_a_version_and_changes_the_hash(document, prosecutor2):
    before = document.latest

    after = revised(document, prosecutor2, court="察右前旗人民法院")

    assert (after.n, after.made_by, document.latest) == (2, prosecutor2, after)
    assert after.content_hash != before.content_hash


def test_the_same_facts_have_the_same_hash(document, prosecutor):
    assert revised(document, prosecutor).content_hash == document.latest.content_hash


def test_a_stale_revision_is_a_conflict_that_names_the_fields(document, prosecutor, prosecutor2):
    revised(document, prosecutor2, court="察右前旗人民法院")

    with pytest.raises(Conflict, match=r"张检察官 在 .* 改过这份文书") as conflict:
        papers.revise(document, facts=letter_facts(), by=prosecutor, expected_n=1)
    assert conflict.value.fields == {"致送法院": ("集宁区人民法院", "察右前旗人民法院")}
    assert document.versions.count() == 2


def test_submitting_closes_the_text_and_sending_back_opens_it(document, prosecutor, head):
    version = papers.submit(document, by=prosecutor)

    assert version == document.latest
    with pytest.raises(Refused, match="支持起诉书审批中，不能这样办理"):
        revised(document, prosecutor)
    papers.send_back(document, by=head)
    assert revised(document, prosecutor).n == 2


def test_a_paper_with_gaps_shows_them_red_and_cannot_be_submitted(document, prosecutor):
    version = revised(document, prosecutor, court="", opinion=" ")

    assert "【待填：致送法院】" in version.body
    with pytest.raises(Refused, match="文书还有待填：致送法院、本院认为。请补齐后再办。"):
        papers.submit(document, by=prosecutor)


def test_issue_freezes_the_approved_text_with_number_and_date(document, issue, chief):
    approved = document.latest

    issued = issue(document)

    document.refresh_from_db()
    assert (document.status, issued.version, issued.issued_by) == ("issued", document.latest, chief)
    expected = approved.body.replace("<!--number-->", "集检民支〔2026〕16号")
    assert issued.version.body == expected.replace("<!--day-->", "2026年11月25日")
    assert issued.version.content_hash == approved.content_hash


def test_issue_orders_the_pdf_and_makes_it_after_commit(document, issue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rendition = Rendition.objects.get(version=issue(document).version, kind="pdf")
        assert rendition.state == "waiting"

    rendition.refresh_from_db()
    assert rendition.state == "done"


def test_issue_refuses_a_text_that_was_not_approved(document, issue, prosecutor):
    approved = document.latest.content_hash
    revised(document, prosecutor, found="另外的事实。")

    with pytest.raises(Refused, match="与审批通过的不一致"):
        issue(document, approved_hash=approved)
    assert (document.versions.count(), Issue.objects.count(), Rendition.objects.count()) == (2, 0, 0)


def test_issue_happens_once(document, issue):
    issue(document)

    with pytest.raises(Refused, match="支持起诉书已签发，不能这样办理"):
        issue(document)
    assert Issue.objects.count() == 1


def test_dates_may_be_written_in_chinese(document, issue, settings):
    settings.PAPER_DATES = "chinese"

    assert "二〇二六年十一月二十五日" in issue(document).version.body


def test_void_keeps_text_and_reason(document, issue, chief):
    issue(document)

    voided = papers.void(document, reason=" 当事人姓名有误 ", by=chief)

    assert (voided.status, voided.void_reason, voided.voided_by) == ("void", "当事人姓名有误", chief)
    assert voided.versions.count() == 2
    with pytest.raises(Refused, match="支持起诉书已作废"):
        papers.void(document, reason="再来", by=chief)


def test_void_asks_for_a_reason(document, chief):
    with pytest.raises(Refused, match="还没填作废原因。"):
        papers.void(document, reason=" ", by=chief)


@pytest.mark.parametrize("verb", [papers.submit, papers.send_back])
def test_verbs_lock_the_document_before_they_look(document, prosecutor, verb, django_assert_max_num_queries):
    Document.objects.update(status="draft" if verb is papers.submit else "in_approval")

    with django_assert_max_num_queries(8) as queries:
        verb(document, by=prosecutor)
    reads = [q["sql"] for q in queries.captured_queries if '"documents_document"' in q["sql"]]
    assert "FOR UPDATE" in reads[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: Version.objects.update(content_hash="0"),
        lambda d: d.versions.filter(n=1).delete(),
        lambda d: Issue.objects.update(number="另一号"),
        lambda d: Issue.objects.all().delete(),
        lambda d: Document.objects.update(title="另一份"),
        lambda d: Document.objects.update(status="draft"),
    ],
)
def test_the_database_refuses_to_change_an_issued_paper(document, issue, change):
    issue(document)

    with pytest.raises(DatabaseError, match=r"不能|只增不改"), transaction.atomic():
        change(document)


@pytest.mark.parametrize(
    "typed", ["<!--number-->", "<script>alert(1)</script>", "{{ 7|add:7 }}", "{0.__class__}"]
)
def test_what_people_type_is_printed_and_never_obeyed(document, prosecutor, issue, typed):
    revised(document, prosecutor, found=typed)

    body = issue(document).version.body
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in body
    assert body.count("16号") == 1
