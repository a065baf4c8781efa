"""What a Word file says (.docx → lines): paragraphs and rows of tables in their order. Reads text, runs nothing."""

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from core.refusals import Refused

LARGEST = 60 * 1024 * 1024  # bytes once unpacked
MOST_LINES = 20_000
UNREADABLE = "这个 Word 文件打不开。请用 WPS 或 Word 另存为 .docx 后再传。"


def opened(content: bytes) -> Any:
    """The file, unpacked within bounds; Refused in a sentence where it is no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST:
                raise Refused("这个 Word 文件展开后太大，请删去图片后再传。")
        file = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise Refused(UNREADABLE) from error
    if getattr(file.element, "body", None) is None or _is_endless(file.element):
        raise Refused(UNREADABLE)
    if sum(1 for _ in file.element.body.iter(qn("w:p"))) > MOST_LINES:
        raise Refused(f"这个 Word 文件超过 {MOST_LINES:,} 段，请核对是不是传错了文件。")
    return file


def _is_endless(document: Any) -> bool:
    """A cell that claims more columns than a table can have: each would be handed out by itself."""
    spans = (
        each.get(qn("w:val"), "")
        for each in document.iter(qn("w:gridSpan"), qn("w:gridBefore"), qn("w:gridAfter"))
    )
    return any(not span.isdecimal() or len(span) > 2 for span in spans)


def lines_of(content: bytes) -> list[str]:
    """One line for each paragraph and row (cells parted by a bar), as `documents.body.lines` gives them."""
    return [line for line in _lines(opened(content)) if line.strip()]


def _lines(file: Any) -> Iterator[str]:
    for element in file.element.body.iterchildren():
        if element.tag == qn("w:p"):
            yield Paragraph(element, file).text
        elif element.tag == qn("w:tbl"):
            for row in Table(element, file).rows:
                yield " | ".join(text for text, _ in cells_of(row))


def cells_of(row: Any) -> Iterator[tuple[str, int]]:
    """(text, columns) of each cell once: a merged one is handed out for every column that it spans."""
    for _, group in groupby(row.cells, key=lambda cell: id(cell._tc)):
        cells = list(group)
        yield cells[0].text, len(cells)
