"""A Word file that comes back (修改后的 Word 传回): what offices' programs make of ours, and what enemies make."""

import io
import re
import secrets
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.sample import sample_facts
from core.refusals import Refused
from documents import body, wordings
from documents.models import Attachment, Version
from documents.word.returning import body_of
from documents.word.writing import docx_of
from tests.cases.factories import case_of_office
from tests.hostile import files
from tests.hostile.files import upload

SOFFICE = shutil.which("soffice")
SHAPE = re.compile(r"<(h1|h2|table|thead|th|section|p class=\"\w+\"|div class=\"sign\")")
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "' + b"&x;" * 1000 + b'">]>'
EVIL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<Relationship Type="http://x/attachedTemplate" Target="http://evil" TargetMode="External"/>'


def html_of(key):
    paper = paper_by(key).paper
    words = wordings.shipped(paper.template)
    return wordings.composed(words, paper.title, sample_facts(paper.facts, "示例检察院"))


def lines(html):
    return [" ".join(line.split()) for line in body.lines(html) if line.strip()]


def changed(file):
    packed = io.BytesIO()
    file.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("place", ["before it", "at its head", "attribute"])
def test_an_annex_begins_where_a_program_ends_the_page(place):
    file = docx.Document(io.BytesIO(docx_of(html_of("application"), "支持起诉申请书")))
    at = next(n for n, each in enumerate(file.paragraphs) if each.text == "附表")
    if place != "attribute":
        file.paragraphs[at].paragraph_format.page_break_before = None
        where = file.paragraphs[at - 1] if place == "before it" else file.paragraphs[at]
        where.add_run().add_break(WD_BREAK.PAGE)
        if place == "at its head":
            where._p.insert(1, where.runs[-1]._r)
    assert '<section class="annex">\n<p class="flush">附表</p>' in body_of(changed(file))


def test_a_page_that_ends_elsewhere_begins_no_annex():
    file = docx.Document(io.BytesIO(docx_of(html_of("accept_notice"), "受理通知书")))
    file.paragraphs[2].add_run().add_break(WD_BREAK.PAGE)
    assert "<section" not in body_of(changed(file))


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice 没有安装：apt-get install libreoffice-writer-nogui")
def test_libreoffice_saves_it_with_every_heading_table_and_annex(tmp_path):
    keys = ["support_letter", "complaint_labour", "accept_notice"]
    for key in keys:
        (tmp_path / f"{key}.docx").write_bytes(docx_of(html_of(key), "题"))
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "docx"]
    sources = [tmp_path / f"{key}.docx" for key in keys]
    subprocess.run(
        [*command, "--outdir", tmp_path / "back", *sources], check=True, capture_output=True, timeout=120
    )
    for key in keys:
        ours, theirs = (body_of((tmp_path / part / f"{key}.docx").read_bytes()) for part in ("", "back"))
        assert lines(theirs) == lines(ours)
        assert SHAPE.findall(theirs) == SHAPE.findall(ours)


def with_document(content):
    """A Word file of ours, its text replaced by these bytes."""
    made, packed = zipfile.ZipFile(io.BytesIO(docx_of(html_of("accept_notice"), "题"))), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in made.namelist():
            file.writestr(name, content if name == "word/document.xml" else made.read(name))
    return packed.getvalue()


def with_table(cell):
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    row = b"<w:tr><w:tc><w:tcPr>" + cell + b"</w:tcPr><w:p/></w:tc></w:tr>"
    table = b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + row + b"</w:tbl>"
    return with_document(b"<w:document " + space + b"><w:body>" + table + b"</w:body></w:document>")


def long_file(paragraphs, words="段"):
    file = docx.Document()
    for _ in range(paragraphs):
        file.add_paragraph(words)
    return changed(file)


HOSTILE = {
    "zip bomb": (files.bomb, "解压后过大"),
    "macro": (lambda: files.office(**{"word__vbaProject.bin": b"x"}), "带有宏"),
    "macro type": (lambda: files.office(files.MACRO_WORD), "带有宏"),
    "remote template": (lambda: files.office(**{"word___rels__settings.xml.rels": REMOTE}), "引用了外部文件"),
    "broken xml": (lambda: with_document(b"<w:document><w:body>"), "打不开"),
    "no xml": (lambda: with_document(b"\x00\xff"), "打不开"),
    "other xml": (lambda: with_document(b"<a/>"), "打不开"),
    "entity bomb": (lambda: with_document(BOMB + b"<a>&z;</a>"), "打不开"),
    "foreign entity": (lambda: with_document(EVIL + b"<a>&x;</a>"), "打不开"),
    "endless cell": (lambda: with_table(b'<w:gridSpan w:val="100000000"/>'), "打不开"),
    "merged with nothing": (lambda: with_table(b"<w:vMerge/>"), "打不开"),
    "empty zip": (lambda: files.archive({}), "不符|打不开"),
    "ten thousand paragraphs": (lambda: long_file(10_000), "有 10,000 段，文书最多 3,000 段"),
    "too many characters": (lambda: long_file(300, secrets.token_hex(500)), "有 300,000 字"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_and_leaves_nothing(cast, name):
    make, sentence = HOSTILE[name]
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    with pytest.raises(Refused, match=sentence):
        drafting.from_word(case, document, file=upload("改.docx", make()), expected_n=1, by=cast.prosecutor)
    assert (Version.objects.count(), Attachment.objects.count()) == (1, 0)
