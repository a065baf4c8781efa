"""Reading a list of holidays that somebody uploads: xlsx or csv, hostile or honest. Nothing is stored here."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.files.base import File
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from core.office_files import BROKEN, check_office_file
from core.refusals import Refused
from core.text import has_control

MOST_BYTES = 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 500  # with something in them
MOST_SCANNED = 100_000  # with the empty ones, of all sheets together
MOST_COLUMNS = 12
COLUMNS = ("日期", "类别", "节日")
HEADING_WITHIN = 5  # lines
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TEXT_ENDINGS = ("csv", "txt")
BETWEEN_CELLS = ("\t", ",", ";", "，", "；")
TOO_LARGE = "一年的放假安排不会这么大，请核对后重新选择。"
SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为 .xlsx 再选。"
UNREADABLE = (*BROKEN, KeyError, TypeError, IndexError, AttributeError, ParseError, InvalidFileException)

Line = tuple[int, list[str]]  # the number that people see in their file, and its cells


def read(file: File) -> list[Line]:
    """The lines of an upload with their numbers; Refused says what is wrong with the file as a whole."""
    name = (file.name or "").rsplit("/", 1)[-1]
    ending = name.rpartition(".")[2].lower()
    if not file.size:
        raise Refused("这是空文件，请核对后重新选择。")
    if file.size > MOST_BYTES:
        raise Refused(f"文件超过 1 MB，{TOO_LARGE}")
    if ending not in ("xlsx", *TEXT_ENDINGS):
        raise Refused(f"只能导入 .xlsx 或 .csv，{SAVE_AGAIN}")
    file.seek(0)
    content = file.read()
    if ending == "xlsx":
        return _book(content)
    if content.startswith((ZIP, OLE)):
        raise Refused(f"内容是 Excel 文件，扩展名却是 .{ending}，{SAVE_AGAIN}")
    return list(lines_of(_decoded(content), "".join(BETWEEN_CELLS)))


def lines_of(text: str, between: str = ",") -> Iterator[Line]:
    """Lines of a text whose cells stand between commas, or between the first of these marks that its heading has."""
    heading = next((line for line in text.splitlines() if "日期" in line), "")
    mark = next((mark for mark in between if mark in heading), ",")
    try:
        yield from _Limit().filled(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Refused(f"这个 .csv 读不出来，{SAVE_AGAIN}") from error


def as_text(rows: Iterable[tuple[str, ...]]) -> str:
    """The rows as csv with its heading: what the check page carries to the deed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    return out.getvalue()


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, what Chinese Excel writes (GB18030), or its “Unicode 文本” (UTF-16)."""
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "gb18030")
    if b"\0" in content and not content.startswith(UTF_16):
        encodings = ("utf-16-le", "utf-16-be")  # the mark is missing
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "日期" in text or encoding not in ("utf-16-le", "utf-16-be"):
            return text
    raise Refused(f"文字编码看不懂，{SAVE_AGAIN}")


def _book(content: bytes) -> list[Line]:
    """The sheet that has the heading. Formulas are not calculated: a date that one makes is refused with its line."""
    if content.startswith(OLE):
        raise Refused("文件设有密码或是旧版格式，请去掉密码，另存为 .xlsx 再选。")
    if not content.startswith(ZIP) and (b"\0" not in content or content.startswith(UTF_16)):
        raise Refused(
            f"内容是文字，不是 .xlsx。请把扩展名改成 .csv 再选，或者{SAVE_AGAIN.removeprefix('请')}"
        )
    if _unpacked(content) > MOST_UNPACKED:
        raise Refused(f"文件解压后过大，{TOO_LARGE}")
    check_office_file(io.BytesIO(content), "所选文件", "xlsx")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        limit = _Limit()
        sheets = {
            sheet.title: list(limit.filled(_rows(sheet))) for sheet in book.worksheets if _is_seen(sheet)
        }
    except UNREADABLE as error:
        raise Refused(f"这个 .xlsx 读不出来，{SAVE_AGAIN}") from error
    filled = {title: lines for title, lines in sheets.items() if lines}
    lists = {title: lines for title, lines in filled.items() if has_heading(lines)}
    if len(lists) > 1:
        raise Refused(
            f"{'、'.join(f'“{title}”' for title in lists)}几张工作表都有放假安排，请只留要导入的一张。"
        )
    return next(iter((lists or filled).values()), [])


def _unpacked(content: bytes) -> int:
    """Bytes that the archive says it holds; what is no archive holds nothing, and `check_office_file` names it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except BROKEN:
        return 0


def has_heading(lines: list[Line]) -> bool:
    """Whether one of the first lines names all the columns."""
    return any(set(COLUMNS) <= set(cells) for _, cells in lines[:HEADING_WITHIN])


def _is_seen(sheet: Any) -> bool:
    return sheet.sheet_state == "visible"


def _rows(sheet: Any) -> Iterator[list[str]]:
    """One row more than may be scanned, so that a longer sheet is noticed and never walked to its end."""
    for row in sheet.iter_rows(max_row=MOST_SCANNED + 1, max_col=MOST_COLUMNS, values_only=True):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "="
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


class _Limit:
    """How much of a file is looked at: empty rows are cheap, but they end as well."""

    def __init__(self) -> None:
        self.scanned = self.taken = 0

    def filled(self, rows: Iterable[list[str]]) -> Iterator[Line]:
        """The lines with something in them, with their numbers."""
        for number, cells in enumerate(rows, start=1):
            self.scanned += 1
            if self.scanned > MOST_SCANNED:
                raise Refused(f"表格超过 {MOST_SCANNED} 行（含空行），请删除下面的空行，或复制到模板里再选。")
            trimmed = [cell.strip() for cell in cells]
            if not any(trimmed):
                continue
            self.taken += 1
            if self.taken > MOST_ROWS:
                raise Refused(f"超过 {MOST_ROWS} 行，一年的放假安排不会这么多，请核对后重新选择。")
            if any(map(has_control, trimmed)):
                raise Refused(f"第 {number} 行里有看不见的控制字符，请删除后重新选择。")
            yield number, trimmed
