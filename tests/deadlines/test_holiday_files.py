"""Files with holidays: honest ones of every kind, strange ones, hostile ones, and the template."""

import io
import random
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.refusals import Refused
from deadlines.holidays import checking, reading
from deadlines.models import Holiday, HolidayChange
from tests.cast import client_for
from tests.deadlines.holiday_files import (
    GOOD,
    NOTICE,
    SPRING_TO_AUTUMN,
    bordered,
    far_row,
    saved,
    sheet,
    sheets,
    text,
    upload,
)
from tests.hostile import files


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", sheet(*GOOD)),
        ("a.csv", text(*GOOD)),
        ("a.csv", text(*GOOD, encoding="utf-8-sig")),
        ("a.CSV", text(*GOOD, encoding="gb18030")),
        ("a.csv", text(*GOOD).replace(b",", b";")),
        ("Unicode 文本.txt", text(*GOOD, encoding="utf-16").replace(b",\0", b"\t\0")),
        ("a.csv", text(*GOOD, encoding="utf-16-be")),
        ("a.xlsx", sheets([], GOOD)),
        ("a.xlsx", sheets([("联系人", "电话")], GOOD, heading=None)),
        ("a.xlsx", bordered(sheet(*GOOD), rows=3_000)),
    ],
)
def test_every_kind_of_file_gives_the_same_days(name, content):
    found = checking.check(reading.read(upload(content, name)), 2027)

    assert found.wrong == []
    assert len(found.days) == 17
    assert found.days[date(2026, 12, 31)] == ("off", "元旦")
    assert found.days[date(2027, 1, 3)] == ("work", "元旦")
    assert found.days[date(2027, 10, 7)] == ("off", "国庆节")


def test_cells_that_are_dates_are_read_as_dates():
    rows = [
        (datetime(2027, 1, 1), "休", "元旦"),
        (date(2027, 10, 1), "休", "国庆节"),
        *SPRING_TO_AUTUMN,
        ("", None, None),
    ]

    found = checking.check(reading.read(upload(sheet(*rows))), 2027)

    assert found.wrong == []
    assert {date(2027, 1, 1), date(2027, 10, 1)} <= set(found.days)


BOMB = files.office(files.EXCEL, xl__worksheets__sheet1=b"\0" * 30_000_000)
HEAVY = files.office(
    files.EXCEL, xl__media__1=random.Random(1).randbytes(300_000) + b"\0" * 21_000_000
)  # packed no tighter than an honest file may be
MACRO = files.archive(
    {"[Content_Types].xml": files.EXCEL.encode(), "xl/vbaProject.bin": b"x"}
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "这是空文件"),
        ("a.pdf", b"%PDF-1.7", "只能导入 .xlsx 或 .csv"),
        ("a.xlsm", sheet(*GOOD), "只能导入 .xlsx 或 .csv"),
        ("a.xlsx", b"x" * (1024 * 1024 + 1), "文件超过 1 MB"),
        ("a.xlsx", text(*GOOD), "内容是文字，不是 .xlsx。请把扩展名改成 .csv 再选"),
        ("a.xlsx", sheet(*GOOD)[:-30], "已损坏，打不开"),
        ("a.csv", sheet(*GOOD), "内容是 Excel 文件，扩展名却是 .csv"),
        ("a.xlsx", files.office(files.WORD), "内容与 .xlsx 不符"),
        ("a.xlsx", files.office(files.EXCEL), "这个 .xlsx 读不出来"),
        ("a.xlsx", files.encrypted_archive(), "设有密码"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 100, "设有密码或是旧版格式"),
        ("a.xlsx", MACRO, "带有宏"),
        ("a.xlsx", BOMB, "文件解压后过大，一年的放假安排不会这么大"),
        ("a.xlsx", HEAVY, "文件解压后过大，一年的放假安排不会这么大"),
        ("a.csv", b"\x00\x01\x02\x03", "文字编码看不懂，请用 Excel 或 WPS 打开，另存为 .xlsx 再选。"),
        ("a.xlsx", sheets(GOOD, GOOD), "“表1”、“表2”几张工作表都有放假安排，请只留要导入的一张。"),
        ("a.xlsx", far_row(), "表格超过 100000 行（含空行），请删除下面的空行"),
        ("a.csv", b"\xff\xff\xff", "文字编码看不懂"),
        ("a.csv", text(*GOOD) + b"\x07", "看不见的控制字符"),
        ("a.csv", b"a,b\n" * 600, "超过 500 行"),
        ("a.csv", b"a,b\n", "没有找到表头"),
        ("a.csv", "日期,备注\n".encode(), "缺少“类别、节日”列"),
        ("a.csv", b'"' + b"x" * 200_000, "这个 .csv 读不出来"),
    ],
)
def test_a_hostile_file_gets_a_sentence_and_stores_nothing(sysadmin, name, content, sentence):
    before = Holiday.objects.count()

    answer = client_for(sysadmin).post(
        reverse("deadlines:holiday_import"), {"year": 2027, "notice": NOTICE, "file": upload(content, name)}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (Holiday.objects.count(), HolidayChange.objects.count()) == (before, 0)


def test_a_sheet_of_a_million_rows_is_left_after_five_hundred():
    rows = [("2027-02-05", "休假", "春节")] * 501

    with pytest.raises(Refused, match="超过 500 行"):
        reading.read(upload(sheet(*rows)))


def test_the_template_is_empty_and_helps_to_fill_it_in(sysadmin):
    answer = client_for(sysadmin).get(reverse("deadlines:holiday_template"))

    content = b"".join(answer.streaming_content)
    book = load_workbook(io.BytesIO(content))
    fill, explained = book.worksheets
    rules = {
        str(rule.sqref): (rule.type, rule.formula1, rule.showErrorMessage)
        for rule in fill.data_validations.dataValidation
    }
    assert list(fill.values) == [reading.COLUMNS]
    assert explained.title == "填写说明"
    assert rules["B2:B500"] == ("list", '"休假,调休上班"', True)
    assert rules["C2:C500"] == ("list", '"元旦,春节,清明节,劳动节,端午节,中秋节,国庆节"', False)
    assert fill.column_dimensions["A"].number_format == "@"
    assert "attachment" in answer["Content-Disposition"]

    for row in [*GOOD, ("2月8日", "休假", "春节")]:
        fill.append(row)
    assert checking.check(reading.read(upload(saved(book))), 2027).wrong == []
