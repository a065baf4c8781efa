"""案卷 PDF: cover, list with true page numbers, papers as issued, what was handed in, end sheet; 副卷 for itself."""

import io
from datetime import timedelta

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.permissions import GRANTS, Permission, Role
from cases.bundles import actions, policy
from cases.models import Bundle
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.known import Known
from core import clock
from core.refusals import Refused
from documents.models import Rendition
from documents.uploads import accept_upload
from documents.work import render
from tests.bundles.stage import a_group, content_of, issue_internal_paper, issue_paper, made
from tests.bundles.test_pdf_pages import a_pdf, by_link
from tests.cases.factories import EvidenceFactory, EvidenceFileFactory, picture
from tests.documents.factories import ServiceFactory
from tests.documents.pdf import pages_of

SECRET = "内部意见甲乙丙"


def add(case, name, upload):
    """A piece of evidence with a file that passed the door."""
    proof = EvidenceFactory(case=case, name=name, recorded_by=case.handler)
    attachment = accept_upload(upload, organisation=case.organisation, by=case.handler)
    return EvidenceFileFactory(evidence=proof, attachment=attachment)


def a_full_case(cast):
    """Papers of both volumes, and evidence of every sort."""
    case = a_group(cast, 1)
    issue_internal_paper(case, cast.prosecutor, opinion=f"符合受理条件，{SECRET}。")
    issued = issue_paper(case, "accept_notice", cast.prosecutor)
    for rendition in Rendition.objects.all():
        render(rendition.pk)
    add(case, "工资表", SimpleUploadedFile("工资表.pdf", a_pdf(pages=3).getvalue(), "application/pdf"))
    add(case, "现场照片", picture("现场.png"))
    add(case, "合同", a_word_file())
    receipt = accept_upload(
        SimpleUploadedFile("回证.pdf", a_pdf(words="RECEIPT").getvalue(), "application/pdf"),
        organisation=case.organisation,
        by=case.handler,
    )
    ServiceFactory(to__document=issued.document, to__name="王建国", receipt=receipt)
    return case


def a_word_file():
    out = io.BytesIO()
    docx.Document().save(out)
    return SimpleUploadedFile("合同.docx", out.getvalue(), "application/octet-stream")


def file_of(case, by, kind=Bundle.Kind.MAIN_FILE):
    return made(actions.file(case, kind=kind, by=by))


def texts(pdf):
    return ["".join(page.texts) for page in pages_of(pdf)]


@pytest.fixture
def case(cast):
    return a_full_case(cast)


def test_the_list_tells_the_page_on_which_each_thing_lies(case, cast):
    bundle = file_of(case, cast.prosecutor)
    said = texts(content_of(bundle))
    parts = list(bundle.parts.all())

    assert [part.title for part in parts] == [
        "受理通知书",
        f"欠条第{case.claimants.get().pk}号",
        "工地照片",
        "工资表",
        "现场照片",
        "合同",
        "送达回证（受理通知书，王建国）",
    ]
    assert [(part.first_page, part.pages) for part in parts] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 3),
        (7, 1),
        (8, 1),
        (9, 1),
    ]
    cover, index, *pages, note = said
    assert "民事支持起诉案卷" in cover
    assert "正卷" in cover
    assert "4-6" in index
    for part in parts:
        assert part.title.replace("（", "").replace("）", "")[:5] in index.replace("（", "").replace("）", "")
        assert str(part.first_page) in pages[part.first_page - 1]
    assert "受理通知书" in pages[0]
    assert "HELLO" in pages[3]
    assert "RECEIPT" in pages[8]
    assert "备考表" in note
    assert "9" in note
    assert (bundle.pages, len(pages)) == (9, 9)


def test_bookmarks_lead_to_the_pages(case, cast):
    bundle = file_of(case, cast.prosecutor)
    with pikepdf.open(io.BytesIO(content_of(bundle))) as pdf, pdf.open_outline() as outline:
        found = {
            item.title: next(
                n for n, page in enumerate(pdf.pages) if page.objgen == item.destination[0].objgen
            )
            for item in outline.root
        }
        assert pdf.Root.PageMode == "/UseOutlines"
        assert dict(pdf.docinfo) == {"/Title": "正卷"}
    assert found["案卷封面"] == 0
    assert found["卷内目录"] == 1
    assert found["工资表"] == 5
    assert found["备考表"] == 11


def test_what_cannot_be_pages_is_a_sheet_that_says_where_it_is(case, cast):
    bundle = file_of(case, cast.prosecutor)
    said = texts(content_of(bundle))
    word = next(part for part in bundle.parts.all() if part.title == "合同")
    photo = next(part for part in bundle.parts.all() if part.title == "工地照片")

    sheet = said[1 + word.first_page]
    assert "合同.docx" in sheet
    assert "本件是Word，不能装订成页" in sheet
    assert word.attachment.sha256[:20] in sheet
    assert "没有扫描件" in said[1 + photo.first_page]


def test_a_broken_file_is_a_sheet_and_the_rest_is_there(case, cast, settings):
    broken = next(proof for proof in case.evidence.all() if proof.name == "工资表")
    path = broken.files.get().attachment.file.path
    with open(path, "wb") as file:
        file.write(b"%PDF-1.7 torn")
    lost = (
        next(proof for proof in case.evidence.all() if proof.name == "现场照片").files.get().attachment.file
    )
    lost.storage.delete(lost.name)

    bundle = file_of(case, cast.prosecutor)
    said = "".join(texts(content_of(bundle)))
    assert bundle.job.status == "done"
    assert "文件已损坏，打不开。" in said
    assert "文件不在存储中" in said
    assert "RECEIPT" in said


def test_a_hostile_file_that_came_in_otherwise_brings_only_its_page(case, cast):
    attachment = next(proof for proof in case.evidence.all() if proof.name == "工资表").files.get().attachment
    with open(attachment.file.path, "wb") as file:
        file.write(a_pdf(by_link, words="LINKED").getvalue())

    content = content_of(file_of(case, cast.prosecutor))
    assert any("LINKED" in page for page in texts(content))
    assert b"/Launch" not in content
    assert b"calc.exe" not in content


def test_the_main_file_says_nothing_of_the_internal_one(case, cast):
    main = "".join(texts(content_of(file_of(case, cast.prosecutor))))
    internal = "".join(texts(content_of(file_of(case, cast.prosecutor, Bundle.Kind.INTERNAL_FILE))))

    assert SECRET in internal
    assert "受理登记表" in internal
    for word in (SECRET, "受理登记表", "副卷", "审查报告", "审批"):
        assert word not in main


def test_every_page_of_the_internal_file_says_whose_it_is(case, cast):
    bundle = file_of(case, cast.assistant, Bundle.Kind.INTERNAL_FILE)
    said = texts(content_of(bundle))

    assert len(said) == bundle.pages + 3
    for page in said:
        assert "副卷，内部材料，不对外提供" in page
        assert "王助理" in page
        assert str(bundle.pk)[:8] in page


def test_papers_of_the_file_take_page_numbers_and_counts_from_it(case, cast):
    before = Known(case)
    assert ({each.page for each in before.filed_papers}, before.archive_pages) == ({""}, "")
    file_of(case, cast.prosecutor)

    after = Known(case)
    assert [each.page for each in after.filed_papers] == ["1", "2", "3", "4-6", "7", "8", "9"]
    assert after.archive_pages == "9"
    document = drafting.draft(case, paper_by("file_index"), by=cast.prosecutor)
    assert "4-6" in document.latest.body
    assert "9" in drafting.draft(case, paper_by("file_note"), by=cast.prosecutor).latest.body


def test_what_was_written_into_the_end_sheet_stays(case, cast):
    document = drafting.draft(case, paper_by("file_note"), by=cast.prosecutor)
    drafting.revise(
        case, document, by=cast.prosecutor, expected_n=1, state="缺第三页，已注明。", carriers="光盘一张"
    )
    said = texts(content_of(file_of(case, cast.prosecutor)))[-1]

    assert "缺第三页，已注明。" in said
    assert "光盘一张" in said


def test_an_issued_paper_is_in_the_file_as_it_was_issued(case, cast):
    Rendition.objects.filter(kind="pdf").first()
    bundle = file_of(case, cast.prosecutor)
    page = pages_of(content_of(bundle))[2]
    issued = Rendition.objects.get(version__issue__document__kind="accept_notice", kind="pdf")
    with issued.file.open("rb") as stored:
        original = pages_of(stored.read())[0]

    frozen = [
        (glyph.char, round(glyph.left), round(glyph.baseline)) for line in original.lines for glyph in line
    ]
    here = {(glyph.char, round(glyph.left), round(glyph.baseline)) for line in page.lines for glyph in line}
    assert [glyph for glyph in frozen if glyph not in here] == []


def test_a_paper_whose_file_is_not_made_yet_is_made_for_the_file(cast):
    case = a_group(cast, 1)
    issue_paper(case, "accept_notice", cast.prosecutor)
    assert not Rendition.objects.exclude(done_at=None).exists()

    said = texts(content_of(file_of(case, cast.prosecutor)))
    assert "受理通知书" in said[2]
    assert Rendition.objects.get(kind="pdf").done_at


def test_a_void_paper_and_removed_evidence_are_not_in_it(case, cast):
    document = case.case_documents.get(document__kind="accept_notice").document
    drafting.void(case, document, reason="打错", by=cast.prosecutor)
    case.evidence.filter(name="合同").update(removed_at=clock.now(), removed_reason="重复")
    titles = [part.title for part in file_of(case, cast.prosecutor).parts.all()]

    assert not [title for title in titles if title in ("受理通知书", "合同")]


def test_an_empty_volume_is_not_made(cast):
    case = a_group(cast, 1)
    with pytest.raises(Refused, match="副卷里还没有材料"):
        actions.file(case, kind=Bundle.Kind.INTERNAL_FILE, by=cast.prosecutor)


@pytest.mark.parametrize(
    "who", ["prosecutor2", "other", "city", "legalaid", "mediator", "sysadmin", "auditor"]
)
def test_who_may_not_have_it_is_refused_and_nothing_is_left(case, cast, who):
    by = getattr(cast, who)
    for kind in Bundle.Kind.MAIN_FILE, Bundle.Kind.INTERNAL_FILE:
        with pytest.raises(Refused):
            actions.file(case, kind=kind, by=by)
    assert Bundle.objects.count() == 0


def test_only_people_of_the_office_hold_the_right_to_the_internal_file():
    holders = {role for role, granted in GRANTS.items() if Permission.INTERNAL_FILE in granted}
    assert holders == {Role.PROSECUTOR, Role.ASSISTANT, Role.CLERK, Role.DEPARTMENT_HEAD, Role.CHIEF}


def test_the_internal_file_asks_for_its_own_right_first(case, cast, monkeypatch):
    monkeypatch.setattr(cast.prosecutor, "may", lambda permission: permission != Permission.INTERNAL_FILE)
    assert policy.why_not_file(case, cast.prosecutor) == ""
    assert policy.why_not_internal(case, cast.prosecutor) == "副卷是内部材料，你没有查看副卷的权限。"


def test_main_and_internal_may_run_beside_each_other(case, cast):
    main = actions.file(case, kind=Bundle.Kind.MAIN_FILE, by=cast.prosecutor)
    internal = actions.file(case, kind=Bundle.Kind.INTERNAL_FILE, by=cast.prosecutor)
    assert main.pk != internal.pk
    with clock.travel(clock.now() + timedelta(seconds=1)):
        assert made(main).job.status == made(internal).job.status == "done"
