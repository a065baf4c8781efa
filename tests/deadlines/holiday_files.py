"""Lists of holidays as files, made by code."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from deadlines.holidays import reading

NOTICE = "国办发明电〔2026〕7号"
GOOD = [
    ("2026-12-31 至 2027-01-02", "休假", "元旦"),
    ("2027-01-03", "调休上班", "元旦"),
    ("2027/10/1至2027/10/7", "放假", "国庆节"),
    ("2027-02-06 至 2027-02-07", "休假", "春节"),
    ("2027-04-05", "休假", "清明节"),
    ("2027-05-01", "休假", "劳动节"),
    ("2027-06-09", "休假", "端午节"),
    ("2027-09-15", "休假", "中秋节"),
]
SPRING_TO_AUTUMN = GOOD[3:]


def sheet(*rows, heading=reading.COLUMNS):
    book = Workbook()
    for row in (heading, *rows):
        book.worksheets[0].append(row)
    return saved(book)


def sheets(*tables, heading=reading.COLUMNS):
    """A workbook of several sheets; without `heading` only the last one has it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(tables, start=1):
        page = book.create_sheet(f"表{number}")
        for row in [heading or reading.COLUMNS] * bool(heading or number == len(tables)) * bool(rows) + list(
            rows
        ):
            page.append(row)
    return saved(book)


def bordered(content, rows):
    """The same, with empty cells below that only have a border."""
    book = load_workbook(io.BytesIO(content))
    for number in range(20, 20 + rows):
        book.worksheets[0].cell(number, 1).border = Border(top=Side("thin"))
    return saved(book)


def far_row():
    """One cell at the very end of the sheet: all rows above it would have to be walked."""
    book = load_workbook(io.BytesIO(sheet(*GOOD)))
    book.worksheets[0].cell(1_048_576, 1, "。")
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows, encoding="utf-8"):
    return reading.as_text(rows).encode(encoding)


def upload(content, name="2027.xlsx"):
    return SimpleUploadedFile(name, content)
