"""Papers of a case: every one of the catalogue, from its declaration to its issue."""

import dataclasses
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from cases.models import Case, CaseDocument, CaseEvent, Claimant
from cases.paperwork import drafting, filling
from cases.paperwork.catalogue import Group, Signed, Volume, all_papers, paper_by
from cases.paperwork.forms import form_of, initial_of
from cases.paperwork.known import Known
from core import clock
from core.refusals import Conflict, Refused
from documents import body, papers, wordings
from documents.conventions import number_template
from documents.facts import missing
from documents.models import Document, Rendition, WorkingCopy
from documents.rendering import render_pdf, sheet
from documents.word.writing import docx_of
from documents.wording import checking
from documents.wording.writing import OPEN, TICKED
from tests.cases.factories import CaseFactory, ClaimantFactory, case_of_office
from tests.cases.suspending import suspended
from tests.cast import client_for
from tests.documents.pdf import missing_glyphs

ALL = [pytest.param(each, id=each.key) for each in all_papers()]


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


def drafted(case, by, key="accept_notice"):
    return drafting.draft(case, paper_by(key), by=by)


@pytest.mark.parametrize("declared", ALL)
def test_every_paper_is_declared_whole(declared):
    words = wordings.shipped(declared.paper.template)
    assert checking.faults(words, declared.paper.facts) == []
    sources = {field.metadata.get("source") for field in dataclasses.fields(declared.paper.facts)} - {
        "",
        None,
    }
    assert [name for name in sources if not hasattr(Known, name)] == []
    if declared.paper.number_kind:
        assert number_template(declared.paper.number_kind)
    assert ("{文号}" in words) == bool(declared.paper.number_kind)
    assert ("{落款}" in words) == (declared.signed == Signed.SEAL)
    assert declared.copies
    assert (declared.volume == Volume.INNER) <= (declared.signed == Signed.INSIDE)
    assert declared.note.endswith("。")


@pytest.mark.parametrize("declared", ALL)
def test_every_paper_says_what_an_almost_empty_case_knows(cast, declared):
    """No respondent, no sums, no review: what is required is 待填, nothing breaks."""
    case = CaseFactory(handler=cast.prosecutor)
    facts = filling.filled(declared.paper.facts, case)
    text = wordings.composed(wordings.shipped(declared.paper.template), declared.paper.title, facts)
    for label in missing(facts):
        assert f"【待填：{label}】" in text
    assert form_of(type(facts))(initial=initial_of(facts)).as_p()
    assert "@" not in text  # how many columns a cell spans is no text


@pytest.mark.parametrize("declared", ALL)
def test_every_paper_names_all_workers_and_the_same_total(cast, declared):
    case = CaseFactory(handler=cast.prosecutor, reviewed=True)
    for n in range(60):
        ClaimantFactory(case=case, claim=f"{1000 + n}.05")
    facts = filling.filled(declared.paper.facts, case)
    text = "\n".join(body.lines(wordings.composed(wordings.shipped(declared.paper.template), "题", facts)))
    if getattr(facts, "workers", ()) and "逐个 申请人" in wordings.shipped(declared.paper.template):
        names = list(Claimant.objects.filter(case=case).values_list("person__name", flat=True))
        assert [name for name in names if name not in text] == []
    if hasattr(facts, "owed") and "欠薪合计" in wordings.shipped(declared.paper.template):
        assert "61,773.00" in text


def test_every_character_of_the_wordings_has_a_glyph():
    """Also the ticked box, which the Chinese faces lack."""
    characters = {char for each in all_papers() for char in wordings.shipped(each.paper.template)}
    with missing_glyphs() as missing:
        render_pdf(sheet(f"<p>{escape(''.join(sorted(characters | set(TICKED + OPEN))))}</p>", "字表"))
    assert missing == []


def test_groups_follow_the_catalogue_of_the_design():
    assert [each.group for each in all_papers()] == sorted(
        (each.group for each in all_papers()), key=list(Group).index
    )


def test_a_draft_is_filled_from_the_case_and_stands_on_record(case, prosecutor):
    document = drafted(case, prosecutor)
    facts = papers.facts_of(document.latest)
    assert (facts.case_number, facts.handler) == (case.official_number, "李检察官")
    assert CaseDocument.objects.filter(case=case, document=document).exists()
    assert CaseEvent.objects.filter(case=case, note="起草受理通知书").exists()


def test_a_revision_is_a_new_draft_and_a_stale_one_a_conflict(case, prosecutor, assistant):
    document = drafted(case, prosecutor)
    drafting.revise(case, document, by=assistant, expected_n=1, office_phone="0474-1")
    assert papers.facts_of(document.latest).office_phone == "0474-1"
    with pytest.raises(Conflict) as conflict:
        drafting.revise(case, document, by=prosecutor, expected_n=1, office_phone="0474-2")
    assert conflict.value.fields == {"office_phone": ("0474-2", "0474-1")}


def test_what_the_case_says_otherwise_is_named_and_taken_over(case, prosecutor):
    document = drafted(case, prosecutor, "application")
    item = case.claimants.first().items.get()
    item.due += 100
    item.save(update_fields=["due"])
    facts = papers.facts_of(document.latest)
    assert [(each.label, each.here, each.there) for each in filling.differences(facts, case)] == [
        ("申请人", "合计 20,000.00 元", "合计 20,100.00 元")
    ]
    with pytest.raises(Refused, match="申请人写的是"):
        drafting.issue(case, document, by=prosecutor)
    drafting.take_over(case, document, by=prosecutor, names=["workers"])
    assert drafting.faults(case, document) == []


def test_an_earlier_draft_comes_back_as_a_new_one(case, prosecutor):
    document = drafted(case, prosecutor)
    drafting.revise(case, document, by=prosecutor, expected_n=1, office_phone="0474-1")
    drafting.restore(case, document, n=1, by=prosecutor)
    assert document.latest.n == 3
    assert papers.facts_of(document.latest).office_phone != "0474-1"


def test_issue_takes_a_number_of_its_series_and_orders_the_file(case, prosecutor):
    issued = drafting.issue(case, drafted(case, prosecutor), by=prosecutor)
    assert issued.number.startswith("集检民支受〔")
    assert issued.number in issued.version.body
    assert Rendition.objects.filter(version=issued.version).exists()
    with pytest.raises(Refused, match="已签发"):
        drafting.revise(case, issued.document, by=prosecutor, expected_n=1)


def test_a_paper_of_the_worker_has_no_number_and_no_seal(case, prosecutor):
    issued = drafting.issue(case, drafted(case, prosecutor, "application"), by=prosecutor)
    assert (issued.number, issued.number in issued.version.body) == (case.official_number, False)


def test_blanks_are_named_and_nothing_leaves(case, prosecutor):
    document = drafted(case, prosecutor)
    drafting.revise(case, document, by=prosecutor, expected_n=1, handler="")
    with pytest.raises(Refused, match="1 处待填：承办检察官"):
        drafting.issue(case, document, by=prosecutor)
    assert document.latest.n == 2


def test_void_needs_a_reason_and_keeps_the_text(case, prosecutor):
    issued = drafting.issue(case, drafted(case, prosecutor), by=prosecutor)
    with pytest.raises(Refused, match="作废原因"):
        drafting.void(case, issued.document, reason=" ", by=prosecutor)
    document = drafting.void(case, issued.document, reason="写错申请人", by=prosecutor)
    assert (document.status, document.latest.body) == (Document.Status.VOID, issued.version.body)


def test_somebody_elses_case_is_not_written_for(case, prosecutor2):
    with pytest.raises(Refused, match="李检察官 承办"):
        drafted(case, prosecutor2)
    assert not Document.objects.exists()


def test_list_editor_preview_and_issue_in_the_browser(case, prosecutor):
    browser = client_for(prosecutor)
    page = browser.get(reverse("cases:documents", args=[case.code])).text
    assert "受理通知书" in page
    answer = browser.post(reverse("cases:paper_start", args=[case.code, "accept_notice"]))
    document = Document.objects.get()
    url = reverse("cases:document", args=[case.code, document.pk])
    assert (answer.status_code, answer.url) == (302, url)
    form = {"version": 1, "office_phone": "0474-8200000", "handler": "李检察官"}
    sheet = browser.post(url + "preview/", form, headers={"HX-Request": "true"})
    assert "0474-8200000" in sheet.text
    assert document.versions.count() == 1
    assert "<form" not in sheet.text
    refused = browser.post(url + "issue/")
    assert (refused.status_code, "没有保存成稿的修改" in refused.text) == (422, True)
    stamp = WorkingCopy.objects.get().stamp
    assert browser.post(url + "copy/drop/", {"copy": stamp}).status_code == 302
    assert browser.post(url + "issue/").status_code == 302
    assert "已签发" in browser.get(url).text


def test_the_editor_masks_numbers_of_persons(case, prosecutor):
    document = drafted(case, prosecutor, "application")
    page = client_for(prosecutor).get(reverse("cases:document", args=[case.code, document.pk])).text
    person = case.claimants.first().person
    assert person.name in page
    assert (person.id_number in page, person.id_number in document.latest.body) == (False, True)


def word_file(document, old="", new=""):
    """The Word file of the newest draft, with one word replaced as an office would in WPS."""
    file = docx.Document(io.BytesIO(docx_of(document.latest.body, document.title)))
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new) if old else run.text
    packed = io.BytesIO()
    file.save(packed)
    return SimpleUploadedFile("修改稿.docx", packed.getvalue())


def test_an_edited_word_file_is_a_new_draft_with_the_edited_text(case, prosecutor):
    document = drafted(case, prosecutor)
    file = word_file(document, "特此通知", "现予通知")
    version = drafting.from_word(case, document, file=file, expected_n=1, by=prosecutor)
    before, after = document.versions.get(n=1), version
    assert [line.replace("特此通知", "现予通知") for line in body.lines(before.body)] == body.lines(
        after.body
    )
    assert after.facts_json == before.facts_json
    assert drafting.faults(case, document) == []
    issued = drafting.issue(case, document, by=prosecutor)
    assert (issued.number in issued.version.body, "现予通知" in issued.version.body) == (True, True)


def test_what_the_word_file_no_longer_says_is_named_and_stops_the_issue(case, prosecutor):
    document = drafted(case, prosecutor)
    number = case.official_number
    drafting.from_word(
        case, document, file=word_file(document, number, "集检民支〔2020〕9号"), expected_n=1, by=prosecutor
    )
    assert drafting.faults(case, document) == [
        f"传回的 Word 里找不到：案号“{number}”。请改 Word 再传，或者恢复旧稿。"
    ]
    with pytest.raises(Refused, match="案号"):
        drafting.issue(case, document, by=prosecutor)


def test_a_word_file_of_an_older_draft_is_a_conflict(case, prosecutor):
    document = drafted(case, prosecutor)
    file = word_file(document)
    drafting.revise(case, document, by=prosecutor, expected_n=1, office_phone="0474-1")
    with pytest.raises(Conflict, match="第 2 稿"):
        drafting.from_word(case, document, file=file, expected_n=1, by=prosecutor)


def test_word_goes_out_and_comes_back_in_the_browser(case, prosecutor):
    document = drafted(case, prosecutor)
    browser = client_for(prosecutor)
    url = reverse("cases:paper_word", args=[case.code, document.pk])
    sent = b"".join(browser.get(url).streaming_content)
    assert sent.startswith(b"PK")
    back = browser.post(url + "back/", {"expected_n": 1, "file": word_file(document, "李检察官", "某人")})
    assert back.status_code == 302
    page = browser.get(back.url).text
    assert ("Word 里找不到承办检察官" in page, "找不到“李检察官”" in page) == (True, True)
    wrong = browser.post(url + "back/", {"expected_n": 2, "file": SimpleUploadedFile("x.docx", b"PK no")})
    assert (wrong.status_code, document.versions.count()) == (422, 2)


def test_changes_between_drafts_are_shown_by_paragraph_and_masked(case, prosecutor):
    document = drafted(case, prosecutor, "application")
    drafting.revise(case, document, by=prosecutor, expected_n=1, inability="申请人文化程度不高。")
    url = reverse("cases:document", args=[case.code, document.pk])
    page = client_for(prosecutor).get(f"{url}?n=1&changes").text
    assert "<del>申请人自行收集证据、参加诉讼确有困难。</del>" in page
    assert "<ins>申请人文化程度不高。</ins>" in page
    assert case.claimants.first().person.id_number not in page


def test_nobody_issues_what_the_case_has_not_decided(case, prosecutor):
    document = drafted(case, prosecutor, "suspend_decision")
    drafting.revise(
        case, document, by=prosecutor, expected_n=1, suspended_on=clock.today(), reasons="等待鉴定。"
    )
    with pytest.raises(Refused, match="中止审查决定书要经审批。"):
        drafting.issue(case, document, by=prosecutor)
    with pytest.raises(Refused, match="没有中止审查"):
        drafted(case, prosecutor, "resume_notice")
    suspended(case)
    notice = drafted(case, prosecutor, "resume_notice")
    drafting.revise(
        case, notice, by=prosecutor, expected_n=1, suspended_on=clock.today(), resumed_on=clock.today()
    )
    with pytest.raises(Refused, match="案件里还没有“恢复日期”"):
        drafting.issue(case, notice, by=prosecutor)


def test_a_draft_that_waited_too_long_does_not_leave(case, prosecutor):
    document = drafted(case, prosecutor, "application")
    Case.objects.filter(pk=case.pk).update(stage="closed")
    with pytest.raises(Refused, match="已办结"):
        drafting.issue(case, document, by=prosecutor)
