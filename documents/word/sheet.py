"""Sheet and styles of a Word file (版面): GB/T 9704 measures, fonts named as offices have them and never embedded."""

from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.spacing import Setting

TIGHTER = "-4"  # twentieths of a point: 28 characters of 16 pt in 156 mm
CELL_PITCHES = {"cell": 15, "form": 18}
INDENT = Pt(15.79)  # a character
LATIN = "Times New Roman"
FANG, KAI, HEI, XBS, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"

# class of the body → (name of the style, font, size in points, alignment, indent in characters)
STYLES: dict[str, tuple[str, str, float, WD_ALIGN_PARAGRAPH, int]] = {
    "": ("公文正文", FANG, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    "flush": ("公文顶格", FANG, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 0),
    "right": ("公文居右", FANG, 16, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    "number": ("公文文号", FANG, 16, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    "issuer": ("公文落款", FANG, 16, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    "level1": ("公文一级标题", HEI, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    "level2": ("公文二级标题", KAI, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    "office": ("公文机关", XBS, 22, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "title": ("公文标题", XBS, 22, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "annex title": ("公文附件标题", XBS, 16, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "note": ("公文表注", FANG, 10.5, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    "cell": ("公文表格", FANG, 10.5, WD_ALIGN_PARAGRAPH.LEFT, 0),
    "form": ("公文表单", FANG, 12, WD_ALIGN_PARAGRAPH.LEFT, 0),
}
ALIASES = {"date": "issuer", "flush together": "flush", "together": ""}
BASE = "公文正文"


def new_sheet(title: str, setting: Setting) -> Docx:
    """An empty file with our styles; its metadata name the kind of paper and nobody."""
    file = docx.Document()
    _page(file)
    _base(file)
    for css, (name, font, size, align, indent) in STYLES.items():
        style = _style(file, name, font, size, align, indent)
        _lines(style, CELL_PITCHES.get(css, setting.pitch))
    number = file.styles[STYLES["number"][0]].paragraph_format
    number.space_before = number.space_after = Pt(setting.gap)
    number.right_indent = Pt(16)
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments = properties.keywords = properties.subject = ""
    return file


def style_of(css: str) -> str:
    """The style for a class of the body; what it does not know is plain text."""
    css = ALIASES.get(css, css)
    return STYLES.get(css, STYLES[""])[0]


def _page(file: Docx) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    grid = child(
        section._sectPr, "w:docGrid"
    )  # every line has its exact pitch; a grid would double that of a title
    grid.set(qn("w:type"), "default")
    file.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, on the outer side, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(16)
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if part == "PAGE" else part)
        name_fonts(run.font, run._element, SONG, 14)
        if part == "PAGE":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run._element.addprevious(field)
            field.append(run._element)


def _base(file: Docx) -> None:
    """Word's own Normal: no spacing, our face."""
    normal = file.styles["Normal"]
    name_fonts(normal.font, normal.element, FANG, 16)
    child(normal.element.get_or_add_rPr(), "w:lang").set(qn("w:eastAsia"), "zh-CN")
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)


def _style(file: Docx, name: str, font: str, size: float, align: WD_ALIGN_PARAGRAPH, indent: int) -> Any:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    style.quick_style = True
    name_fonts(style.font, style.element, font, size)
    form = style.paragraph_format
    form.alignment = align
    form.space_after = form.space_before = Pt(0)
    form.widow_control = False
    if indent:  # in characters for Word and WPS, in points for whoever does not know characters
        form.first_line_indent = INDENT * indent
        style.element.pPr.ind.set(qn("w:firstLineChars"), str(indent * 100))
    if size == STYLES[""][2]:
        tighter = OxmlElement("w:spacing")
        tighter.set(qn("w:val"), TIGHTER)
        style.element.rPr.find(qn("w:sz")).addprevious(tighter)
    return style


def _lines(style: Any, pitch: float) -> None:
    """So many points from line to line; as in the PDF no mark hangs out and no room is put beside figures."""
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    properties = style.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    for name in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        spacing.addprevious(off)


def name_fonts(font: Any, element: Any, chinese: str, size: float) -> None:
    """Chinese and Latin face are named apart; Word would else set Chinese in the Latin one."""
    font.name, font.size = LATIN, Pt(size)
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for side in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(side), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def child(parent: Any, name: str) -> Any:
    """The part of this name, made where it is missing."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    return found
