"""Word files: the text of the sheet in its measures, styles with Chinese names; hostile files are refused."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm

from core.refusals import Refused
from documents import body
from documents.word import reading
from documents.word.writing import docx_of
from tests.documents.factories import letter_body


@pytest.fixture(scope="module")
def html():
    return letter_body(5).replace("经多次催要未付。", "经多次催要未付，㛃䶮𬭎喆堃犇镕昇。")


@pytest.fixture(scope="module")
def made(html):
    return docx_of(html, "支持起诉书")


def opened(made):
    return docx.Document(io.BytesIO(made))


def test_the_file_says_what_the_sheet_says(html, made):
    said = [" ".join(line.split()) for line in body.lines(html)]
    assert [" ".join(line.split()) for line in reading.lines_of(made)] == [line for line in said if line]


def test_styles_have_chinese_names_and_fonts_are_named_not_embedded(made):
    file = opened(made)
    used = {paragraph.style.name for paragraph in file.paragraphs if paragraph.text}
    assert used == {
        "公文机关",
        "公文标题",
        "公文正文",
        "公文顶格",
        "公文一级标题",
        "公文落款",
        "公文附件标题",
    }
    fonts = file.styles["公文正文"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert not [
        name
        for name in zipfile.ZipFile(io.BytesIO(made)).namelist()
        if "font" in name.lower() and "Table" not in name
    ]


def test_the_sheet_has_the_measures_of_the_pdf(made):
    section = opened(made).sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    lines = opened(made).styles["公文正文"].paragraph_format
    assert (lines.line_spacing_rule, lines.line_spacing.pt) == (WD_LINE_SPACING.EXACTLY, pytest.approx(28.95))


def test_tables_repeat_their_head_keep_rows_whole_and_fill_the_block(made):
    table = opened(made).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert sum(cell.width for cell in table.rows[1].cells) == pytest.approx(Mm(156), rel=0.01)


def test_metadata_name_the_paper_and_nobody(made):
    properties = opened(made).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("支持起诉书", "", "")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused_in_a_sentence(content):
    with pytest.raises(Refused, match="另存为"):
        reading.lines_of(content)


def test_a_packed_giant_is_refused_unopened():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"0" * (reading.LARGEST + 1))
    with pytest.raises(Refused, match="展开后太大"):
        reading.lines_of(packed.getvalue())
