"""Body to .docx: paragraph for paragraph, row for row, the same text as on the sheet."""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

from docx.document import Document as Docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.body import Content, Element, parse
from documents.spacing import USUAL, Setting
from documents.word.sheet import HEI, INDENT, STYLES, child, name_fonts, new_sheet, style_of

RED = RGBColor(0xC0, 0, 0)
BLOCK_MM = 156
HEADS, CLOSE = ("title", "level1", "level2"), ("right", "together", "enclosed", "issuer")
HIGH = ("form", "signed")  # tables whose rows leave room to write
GAP = "\u00a0" * 4  # a character wide; other blanks at the end of a line are not shown
ALIGNED = {"middle": WD_ALIGN_PARAGRAPH.CENTER, "amount": WD_ALIGN_PARAGRAPH.RIGHT}
NAMED_WIDTHS = {"narrow": 11, "name": 28, "code": 38, "phone": 24, "sum": 25}


def docx_of(body: str, title: str, setting: Setting = USUAL) -> bytes:
    """The paper as a Word file, set as its PDF is. `title` goes into the metadata: no personal data."""
    file = new_sheet(title, setting)
    _fill(file, parse(body), in_annex=False)
    _seal(file, setting)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _fill(file: Docx, content: Content, *, in_annex: bool) -> None:
    begins_page = in_annex
    for each in content:
        if isinstance(each, str):
            continue  # blanks between elements
        if each.tag == "table":
            _table(file, each)
        elif each.tag in ("p", "h1", "h2"):
            css = f"annex {each.css}" if in_annex and each.css == "title" else each.css
            paragraph = file.add_paragraph(style=style_of(css))
            paragraph.paragraph_format.page_break_before = begins_page or None
            _keep_together(file, css)
            _runs(paragraph, each.inside)
            begins_page = False
        else:
            _fill(file, each.inside, in_annex=in_annex or each.tag == "section")


def _keep_together(file: Docx, css: str) -> None:
    """Headings stay with what follows; who signs and seals, with what they sign (paper.css: break-before, -after)."""
    *before, last = file.paragraphs[-2:]
    if css in HEADS:
        last.paragraph_format.keep_with_next = True
    if before and css.split(" ")[-1] in CLOSE:
        before[0].paragraph_format.keep_with_next = True


def _seal(file: Docx, setting: Setting) -> None:
    """落款: room for the seal, the date four characters from the right, the issuer centred over it."""
    signed = [each for each in file.paragraphs if each.style and each.style.name == style_of("issuer")]
    for issuer, day in zip(signed[::2], signed[1::2], strict=False):
        issuer.paragraph_format.space_before = Pt(setting.seal)
        issuer.paragraph_format.keep_with_next = True
        right = Pt(4 * INDENT.pt)
        day.paragraph_format.right_indent = right
        issuer.paragraph_format.right_indent = max(
            Pt(right.pt + (_width(day.text) - _width(issuer.text)) / 2), Pt(0)
        )


def _width(text: str) -> float:
    """About how wide a text of 16 pt is."""
    return sum(INDENT.pt if unicodedata.east_asian_width(char) in "WF" else 8 for char in text)


def _runs(paragraph: Any, content: Content) -> None:
    for text, css in _texts(content, ""):
        run = paragraph.add_run()
        if text == "\n":
            run.add_break()
            continue
        run.text = text
        if css == "missing":
            run.font.color.rgb = RED
        elif css == "gap":
            run.text, run.font.underline = GAP * len(text), True


def _texts(content: Content, css: str) -> Iterator[tuple[str, str]]:
    for each in content:
        if isinstance(each, str):
            yield each, css
        elif each.tag == "br":
            yield "\n", css
        else:
            yield from _texts(each.inside, each.css if each.css in ("missing", "gap") else css)


def _table(file: Docx, table: Element) -> None:
    rows = [row for part in table.inside if isinstance(part, Element) for row in _rows(part)]
    columns = max(sum(cell.span for cell in _cells(row)) for _, row in rows)
    made = file.add_table(rows=len(rows), cols=columns, style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(made)
    widths = _widths(table, rows, columns)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    style = "form" if table.css == "form" else "cell"
    for target, (is_head, row) in zip(made.rows, rows, strict=True):
        _keep_whole(target, repeated=is_head)
        if table.css in HIGH and not is_head:
            target.height, target.height_rule = Pt(USUAL.pitch), WD_ROW_HEIGHT_RULE.AT_LEAST
        _row(target, row, widths, style)


def _narrow_margins(made: Any) -> None:
    """4 pt beside the text of a cell and 3 pt above it, as paper.css has it: an ID number fits into 35 mm."""
    margins = child(made._tbl.tblPr, "w:tblCellMar")
    for side, twentieths in (("top", 60), ("left", 80), ("bottom", 60), ("right", 80)):
        margin = child(margins, f"w:{side}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")


def _rows(part: Element) -> Iterator[tuple[bool, Element]]:
    for row in part.inside:
        if isinstance(row, Element) and row.tag == "tr":
            yield part.tag == "thead", row


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.inside if isinstance(cell, Element)]


def _row(target: Any, row: Element, widths: list[float], style: str) -> None:
    at = 0
    for cell in _cells(row):
        into = target.cells[at]
        if cell.span > 1:
            into = into.merge(target.cells[at + cell.span - 1])
        into.width = Mm(sum(widths[at : at + cell.span]))
        into.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = into.paragraphs[0]
        paragraph.style = STYLES[style][0]
        if cell.tag == "th":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif cell.css in ALIGNED:
            paragraph.alignment = ALIGNED[cell.css]
        _runs(paragraph, cell.inside)
        if cell.tag == "th":
            for run in paragraph.runs:
                name_fonts(run.font, run._element, HEI, STYLES[style][2])
        at += cell.span


def _widths(table: Element, rows: list[tuple[bool, Element]], columns: int) -> list[float]:
    """Millimetres of each column: as the head says, the rest shared; a form has narrow labels."""
    head = next((row for is_head, row in rows if is_head), None)
    told = [_told(cell) for cell in _cells(head)] if head else []
    if table.css == "form":
        plain = next((row for _, row in rows if len(_cells(row)) == columns), None)
        told = [31 if cell.tag == "th" else 0 for cell in _cells(plain)] if plain else []
    told += [0] * (columns - len(told))
    free = [n for n, width in enumerate(told) if not width]
    share = max(BLOCK_MM - sum(told), 0) / len(free) if free else 0
    return [width or share for width in told]


def _told(cell: Element) -> float:
    if cell.css in NAMED_WIDTHS:
        return NAMED_WIDTHS[cell.css]
    return int(cell.css[1:]) if cell.css.startswith("w") and cell.css[1:].isdecimal() else 0


def _keep_whole(row: Any, *, repeated: bool) -> None:
    """A row does not break over pages; the head stands on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        properties.append(mark)
