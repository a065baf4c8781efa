"""Reading a list of holidays that somebody uploads: xlsx or csv, hostile or honest. Nothing is stored here."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.files.base import File
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.office_files import BROKEN, check_office_file
from core.refusals import Refused
from core.text import has_control

MOST_BYTES = 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 12
COLUMNS = ("日期", "类别", "节日")
OLE = b"\xd0\xcf\x11\xe0"
UNREADABLE = (*BROKEN, KeyError, TypeError, IndexError, AttributeError, ParseError, InvalidFileException)
EXAMPLE = [
    ("2027-01-01 至 2027-01-03", "休假", "元旦"),
    ("2027-02-06", "调休上班", "春节"),
]

Line = tuple[int, list[str]]  # the number that people see in their file, and its cells


def read(file: File) -> list[Line]:
    """The lines of an upload with their numbers; Refused says what is wrong with the file as a whole."""
    name = (file.name or "").rsplit("/", 1)[-1]
    ending = name.rpartition(".")[2].lower()
    if not file.size:
        raise Refused("这是空文件，请核对后重新选择。")
    if file.size > MOST_BYTES:
        raise Refused("文件超过 1 MB，一年的放假安排不会这么大，请核对后重新选择。")
    if ending not in ("xlsx", "csv"):
        raise Refused("只能导入 .xlsx 或 .csv，请用 Excel 或 WPS 另存后再选。")
    file.seek(0)
    content = file.read()
    return list(_sheet(content) if ending == "xlsx" else lines_of(_decoded(content)))


def lines_of(text: str) -> Iterator[Line]:
    """Lines of a csv text."""
    try:
        yield from _limited(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    except csv.Error as error:
        raise Refused("这个 .csv 读不出来，请用 Excel 或 WPS 另存后再选。") from error


def as_text(rows: Iterable[tuple[str, ...]]) -> str:
    """The rows as csv with its heading: what the check page carries to the deed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    return out.getvalue()


def template() -> bytes:
    """A workbook to fill in: the heading and two lines as an example."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "节假日"
    for row in (COLUMNS, *EXAMPLE):
        sheet.append(row)
    for column, width in (("A", 28), ("B", 14), ("C", 14)):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else what Chinese Excel writes (GB18030)."""
    if b"\0" in content:
        raise Refused("内容不是 .csv，请核对后重新选择文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("文字编码看不懂，请另存为“CSV UTF-8”再选。")


def _sheet(content: bytes) -> Iterator[Line]:
    """The first sheet. Formulas are not calculated: a date that a formula makes is refused with its line."""
    if content.startswith(OLE):
        raise Refused("文件设有密码或是旧版格式，请去掉密码，另存为 .xlsx 再选。")
    check_office_file(io.BytesIO(content), "所选文件", "xlsx")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        numbered = enumerate(([_cell(value) for value in row] for row in rows), start=1)
        yield from _limited(numbered)
    except UNREADABLE as error:
        raise Refused("这个 .xlsx 读不出来，请用 Excel 或 WPS 另存后再选。") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _limited(rows: Iterable[Line]) -> Iterator[Line]:
    """Lines with something in them, up to the limit."""
    for number, cells in rows:
        if number > MOST_ROWS:
            raise Refused(f"超过 {MOST_ROWS} 行，一年的放假安排不会这么多，请核对后重新选择。")
        if any(has_control(cell.strip()) for cell in cells):
            raise Refused(f"第 {number} 行里有看不见的控制字符，请删除后重新选择。")
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]
