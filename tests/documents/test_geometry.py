"""GB/T 9704 measures, read off the PDF (papers.md 1): an upgrade of the engine cannot change them unseen."""

import io
from datetime import date
from itertools import pairwise

import pikepdf
import pytest

from cases.paperwork.catalogue import paper_by
from documents import text, wordings
from documents.rendering import render_pdf, sheet
from tests.documents import situations
from tests.documents.factories import letter_body
from tests.documents.pdf import MM, faces_of, missing_glyphs, pages_of

NUMBER = "集检民支〔2026〕16号"
LONG = "二〇二五年四月至十一月申请人在农村还建房二期工程从事木工钢筋工等劳务" * 50
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
PITCH = 28.95


def letter(workers=1, **changes):
    body = letter_body(workers, **changes)
    return render_pdf(sheet(text.stamp(body, NUMBER, date(2026, 11, 25)), "支持起诉书"))


@pytest.fixture(scope="module")
def long_letter():
    return pages_of(letter(found=LONG))


def body_lines(pages):
    return [
        line for page in pages for line in page.lines if len(line) == 28 and line[0].size == pytest.approx(16)
    ]


def test_sheets_are_a4(long_letter):
    assert {(round(p.width / MM), round(p.height / MM)) for p in long_letter} == {(210, 297)}


def test_a_full_line_is_28_characters_from_margin_to_margin(long_letter):
    lines = body_lines(long_letter)

    assert len(lines) > 40
    for line in lines:
        assert line[0].left == pytest.approx(LEFT, abs=0.5)
        assert line[-1].left + 16 == pytest.approx(RIGHT, abs=0.7)


def test_lines_with_figures_and_marks_end_at_the_margin_too():
    mixed = "以上事实，有考勤表、工资欠条（2025年11月3日，共15页）、证人证言证实；“示例”等人欠405000元。" * 30
    lines = pages_of(letter(found=mixed))[1].lines[:-1]

    assert len(lines) == 22
    for line in lines:
        advance = 8 if line[-1].char.isascii() else 16
        assert line[-1].left + advance == pytest.approx(RIGHT, abs=0.7)


def test_a_full_page_is_22_lines_between_the_margins(long_letter):
    second = [line[0] for line in long_letter[1].lines if line[0].size == pytest.approx(16)]

    assert len(second) == 22
    pitches = [below.baseline - above.baseline for above, below in pairwise(second)]
    assert pitches == pytest.approx([PITCH] * 21, abs=0.02)
    assert second[0].baseline - 16 > TOP
    assert second[-1].baseline < BOTTOM


def test_the_title_is_22_points_centred_in_the_title_face(long_letter):
    title = long_letter[0].lines[1]

    assert "".join(glyph.char for glyph in title) == "支持起诉书"
    assert {round(glyph.size, 1) for glyph in title} == {22.0}
    assert (title[0].left + title[-1].left + 22) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_the_number_stands_right_one_character_in(long_letter):
    number = long_letter[0].lines[2]

    assert "".join(glyph.char for glyph in number) == NUMBER
    assert number[-1].left + 16 == pytest.approx(RIGHT - 16, abs=1)


def test_paragraphs_begin_two_characters_in(long_letter):
    assert long_letter[0].lines[3][0].left - LEFT == pytest.approx(2 * 15.785, abs=0.5)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(long_letter):
    for n, page in enumerate(long_letter, start=1):
        first, *_, last = page.lines[-1]
        assert page.texts[-1] == f"—{n}—"
        assert first.size == pytest.approx(14, abs=0.1)
        assert (first.middle - BOTTOM) / MM == pytest.approx(7, abs=0.4)
        inside = last.left + 14 - (RIGHT - 16) if n % 2 else first.left - (LEFT + 16)
        assert inside == pytest.approx(0, abs=1)


def test_the_date_stands_four_characters_from_the_right_and_the_issuer_over_it():
    lines = pages_of(letter())[-1].lines
    texts = ["".join(glyph.char for glyph in line) for line in lines]
    day = lines[texts.index("2026年11月25日")]
    issuer = lines[texts.index("2026年11月25日") - 1]

    assert day[-1].left + 16 == pytest.approx(RIGHT - 4 * 15.785, abs=1)
    assert "".join(glyph.char for glyph in issuer) == "集宁区人民检察院"
    middles = [(line[0].left + line[-1].left + 16) / 2 for line in (day, issuer)]
    assert middles[0] == pytest.approx(middles[1], abs=1)


@pytest.mark.parametrize("lines", range(8, 31))
def test_the_seal_never_stands_alone_on_a_page(lines):
    pages = pages_of(letter(found="事" * (28 * lines), enclosures=()))

    last = [line for line in pages[-1].texts if not line.startswith("—")]
    assert last[-1] == "2026年11月25日"
    assert len(last) >= 4 or len(pages) == 1


def test_every_character_a_name_may_contain_has_a_glyph():
    rare = "㛃䶮𬭎喆堃犇镕昇 巴特尔·孟和 Anna Müller 买买提·吐尔逊 〇"
    with missing_glyphs() as missing:
        pages = pages_of(letter(found=rare, opinion=rare))

    assert missing == []
    assert "㛃䶮𬭎喆堃犇镕昇巴特尔·孟和" in "".join(pages[0].texts)


def test_gb_18030_levels_one_and_two_are_printed_without_a_box():
    level_one = "".join(map(chr, [*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)]))
    with missing_glyphs() as missing:
        render_pdf(sheet(f"<p>{level_one}</p>", "字表"))

    assert missing == []


def test_sixty_workers_have_repeated_heads_unsplit_rows_and_one_total():
    pages = pages_of(letter(60))
    annex = [page.texts for page in pages if any("姓名务工期间" in line for line in page.texts)]
    rows = [line for texts in annex for line in texts if line.endswith("28,000.001,000.0027,000.00")]

    assert len(annex) > 1
    assert len(rows) == 60
    assert all(row.startswith(str(n)) for n, row in enumerate(rows, start=1))
    assert annex[-1][-2] == "合计（60人）1,680,000.0060,000.001,620,000.00"


def test_the_file_is_a_tagged_archive_pdf_that_names_no_person():
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        metadata = pdf.open_metadata()
        told = str(pdf.docinfo) + str(metadata)
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "zh-CN"
    assert "支持起诉书" in told
    assert "王建国" not in told
    assert "集检民支" not in told


def test_three_hundred_workers_keep_their_rows_whole_under_a_head_on_every_page():
    declared = paper_by("applicant_list")
    body = wordings.composed(
        wordings.shipped(declared.paper.template), "题", situations.many(declared.paper.facts, 300)
    )
    pages = pages_of(render_pdf(sheet(body, "题")))
    tables = [page.texts for page in pages]

    for texts in tables[1:]:
        assert texts[0].startswith("序号姓名")
    rows = [line for texts in tables for line in texts if "1509021985030" in line]
    assert [int(row[: len(str(n))]) for n, row in enumerate(rows, start=1)] == list(range(1, 301))
    assert sum("合计（300人）" in line for texts in tables for line in texts) == 1


def test_levels_have_the_faces_of_the_standard():
    """一、黑体; （一）楷体; 1. 仿宋; the title 小标宋 (GB/T 9704)."""
    declared = paper_by("review_report")
    body = wordings.composed(
        wordings.shipped(declared.paper.template), "审查终结报告", situations.full(declared.paper.facts)
    )
    faces = faces_of(render_pdf(sheet(body, "审查终结报告")))

    assert {face for char, face in faces if char in "审查终结报告" and "XBS" in face}
    for words, face in {"一、案件来源": "DocHei", "（一）申请事项": "DocKai", "本案来源": "DocFang"}.items():
        assert face in face_of(words, faces)


def face_of(words, faces):
    said = "".join(char for char, _ in faces)
    at = said.index(words)
    found = {face for _, face in faces[at : at + len(words)] if face}
    assert len(found) == 1
    return found.pop()


def test_a_row_of_several_lines_stands_on_one_page():
    rows = "".join(f"<tr><td>起{n:02}<br>一<br>二<br>三<br>四<br>止{n:02}</td></tr>" for n in range(40))
    pages = pages_of(render_pdf(sheet(f"<table><tbody>{rows}</tbody></table>", "题")))

    assert len(pages) > 2
    for page in pages:
        assert page.texts[0].startswith("起")
        assert page.texts[-2].startswith("止")
