"""修改后的 Word 传回 (.docx → 正文): paragraphs by style, tables by rows; number and date stay open places."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import escape
from docx.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.refusals import Refused
from documents.text import DAY, NUMBER
from documents.word.reading import UNREADABLE, cells_of, opened
from documents.word.sheet import STYLES
from documents.wording.composing import printable

CSS_OF = {name: css for css, (name, *_) in STYLES.items()}
TITLES = {"title", "annex title"}
ANNEX = "附"
# what python-docx raises where the parts of a file contradict each other (a merged cell below nothing, a part that is
# named and missing); such a file is as unreadable as one that is cut
CONTRADICTIONS = (InvalidXmlError, AttributeError, IndexError, KeyError, TypeError, ValueError)


def body_of(content: bytes) -> str:
    """The body that an edited file stands for. Pictures, comments and what the eye does not see are left out."""
    file = opened(content)
    try:
        parts = list(_parts(file))
    except CONTRADICTIONS as error:
        raise Refused(UNREADABLE) from error
    return "\n".join(_sealed(parts))


def _parts(file: Any) -> Iterator[tuple[str, str]]:
    """(class, HTML) of every paragraph and table."""
    in_annex = begins_page = False
    for element in file.element.body.iterchildren():
        if element.tag == qn("w:tbl"):
            yield "table", _table(Table(element, file))
        elif element.tag == qn("w:p"):
            paragraph = Paragraph(element, file)
            css = CSS_OF.get(paragraph.style.name if paragraph.style else "", "")
            before, after = _breaks(element)
            is_annex = (begins_page or before) and paragraph.text.strip().startswith(ANNEX)
            if css == "flush" and (is_annex or paragraph.paragraph_format.page_break_before):
                yield "section", ("</section>" if in_annex else "") + '<section class="annex">'
                in_annex = True
            begins_page = after
            yield css, _paragraph(css, paragraph.text)
    if in_annex:
        yield "section", "</section>"


def _breaks(paragraph: Any) -> tuple[bool, bool]:
    """Whether a page ends before and after the words of a paragraph.

    LibreOffice writes such breaks where we wrote that a page begins: at the end of the paragraph before, after a table
    at the head of the paragraph itself.
    """
    before, words, after = False, False, False
    for each in paragraph.iter(qn("w:t"), qn("w:br")):
        if each.tag == qn("w:t"):
            words, after = words or bool(each.text), False
        elif each.get(qn("w:type")) == "page":
            before, after = before or not words, True
    return before and words, after


def _paragraph(css: str, words: str) -> str:
    if css == "number":
        return f'<p class="number">{NUMBER}</p>'
    text = escape(" ".join(printable(words).split("\n")).strip())
    if not text:
        return ""
    if css in TITLES:
        return f'<h1 class="title">{text}</h1>' if css == "title" else f'<h2 class="title">{text}</h2>'
    return f'<p class="{css}">{text}</p>' if css else f"<p>{text}</p>"


def _sealed(parts: list[tuple[str, str]]) -> Iterator[str]:
    """落款 as one block again: the issuer as typed, the date as an open place."""
    issuers = [html for css, html in parts if css == "issuer" and html]
    done = False
    for css, html in parts:
        if css != "issuer":
            if html:
                yield html
        elif not done and issuers:
            done = True
            yield f'<div class="closing"><div class="sign"><div>{issuers[0]}<p class="date">{DAY}</p></div></div></div>'


def _table(table: Table) -> str:
    head, rows = "", []
    for row in table.rows:
        is_head = row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
        cells = "".join(_cell(text, span, "th" if is_head else "td") for text, span in cells_of(row))
        if is_head and not head:
            head = f"<thead><tr>{cells}</tr></thead>"
        else:
            rows.append(f"<tr>{cells}</tr>")
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"


def _cell(text: str, span: int, tag: str) -> str:
    inner = "<br>".join(escape(line.strip()) for line in printable(text).split("\n"))
    return f'<{tag} colspan="{span}">{inner}</{tag}>' if span > 1 else f"<{tag}>{inner}</{tag}>"
