"""节假日导入模板: a workbook that is empty but for its heading; what to write stands on a sheet of its own."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from deadlines.calendars import STATUTORY
from deadlines.holidays.reading import COLUMNS, MOST_ROWS
from deadlines.models import Holiday

TEXT = "@"  # Excel would turn 2月5日 into a day of the year in which it is typed
WIDTHS = (34, 14, 16)
EXPLAINED = [
    ("怎样填写“节假日”表", ""),
    (
        "日期",
        "照通知写：2月5日至11日；也可以写 2027-02-05，或几天连写：2月14日、2月20日。没有写年份的，算页面上选的那一年。",
    ),
    ("", "跨年的要写明年份：2026年12月31日至2027年1月2日。"),
    ("类别", "休假，或者调休上班。可在单元格里下拉选择。"),
    ("节日", "元旦、春节等，20 个字以内。调休上班的，写它为哪个节日调休。"),
    ("每行", "一段休假，或一次调休的几天。七个节日都有，才算完整的一年。"),
    ("说明", "这张表只供阅读，导入时不读。"),
]


def workbook() -> bytes:
    book = Workbook()
    _fill_in(book.worksheets[0])
    _explain(book.create_sheet("填写说明"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_in(sheet: Worksheet) -> None:
    sheet.title = "节假日"
    sheet.append(COLUMNS)
    sheet.freeze_panes = "A2"
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].number_format = TEXT
    days = DataValidation(
        showInputMessage=True,
        promptTitle="日期",
        prompt="例如：2月5日至11日，或 2027-02-05",
        allow_blank=True,
    )
    kinds = _choice(Holiday.Kind.labels, strict=True)
    names = _choice([name for name, _, _ in STATUTORY], strict=False)
    for column, rule in zip("ABC", (days, kinds, names), strict=True):
        rule.add(f"{column}2:{column}{MOST_ROWS}")
        sheet.add_data_validation(rule)


def _choice(words: list[str], *, strict: bool) -> DataValidation:
    """A drop-down; when not strict, other words may be typed as well (国庆节、中秋节)."""
    rule = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=strict
    )
    rule.errorTitle, rule.error = "类别", f"请选“{'”或“'.join(words)}”。"
    return rule


def _explain(sheet: Worksheet) -> None:
    for row in EXPLAINED:
        sheet.append(row)
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
