import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from audit.models import Entry
from core import clock
from core.refusals import Conflict, Refused
from deadlines.holidays import actions, checking, reading
from deadlines.models import Holiday, HolidayChange
from deadlines.models.holiday import version_of
from tests.cast import client_for
from tests.hostile import files

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
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows, encoding="utf-8"):
    return reading.as_text(rows).encode(encoding)


def upload(content, name="2027.xlsx"):
    return SimpleUploadedFile(name, content)


def checked(*rows, year=2027):
    return checking.check(reading.read(upload(sheet(*rows))), year)


def basis():
    return version_of(Holiday.objects.calendar())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", sheet(*GOOD)),
        ("a.csv", text(*GOOD)),
        ("a.csv", text(*GOOD, encoding="utf-8-sig")),
        ("a.CSV", text(*GOOD, encoding="gb18030")),
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
    found = checked(
        (datetime(2027, 1, 1), "休", "元旦"),
        (date(2027, 10, 1), "休", "国庆节"),
        *SPRING_TO_AUTUMN,
        ("", None, None),
    )

    assert found.wrong == []
    assert {date(2027, 1, 1), date(2027, 10, 1)} <= set(found.days)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("2027-02-30", "休假", "春节"), "日期的 2027 年 2 月没有 30 日"),
        (("除夕", "休假", "春节"), "日期看不懂，请改成类似 2026-01-13 的日期。"),
        (("", "休假", "春节"), "日期请填一天，或者写成"),
        (("2027-02-08 至 2027-02-05", "休假", "春节"), "结束日期 2027-02-05 早于开始日期 2027-02-08"),
        (("2027-02-01 至 2027-04-30", "休假", "春节"), "超过 31 天，请核对日期。"),
        (("2027-02-08", "上班", "春节"), "2027-02-08 不是周六或周日，不能是调休上班"),
        (("2027-02-08", "补休", "春节"), "类别“补休”看不懂，请填“休假”或“调休上班”。"),
        (("2027-02-08", "休假", ""), "节日请填 1 至 20 个字"),
        (("2028-05-01", "休假", "劳动节"), "2028-05-01 不属于 2027 年的安排"),
        (("2026-10-01", "休假", "国庆节"), "2026-10-01 不属于 2027 年的安排"),
        (("2027-01-01", "休假", "元旦"), "2027-01-01 与第 2 行重复，请删去一个。"),
        (("=DATE(2027,2,5)", "休假", "春节"), "是公式，请改成直接填写的文字。"),
        (("2027-02-05", "休假", "=A1"), "是公式，请改成直接填写的文字。"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(row, sentence):
    found = checked(*GOOD, row)

    assert [(number, sentence in said) for number, said in found.wrong] == [(10, True)]


def test_a_year_without_its_seven_holidays_is_not_whole():
    found = checked(GOOD[0], GOOD[2])

    assert [sentence for _, sentence in found.wrong] == [
        "没有 2027-01-21 至 2027-02-27 之间（春节）的休假，请补上或核对年份。",
        "没有 2027-04-04 至 2027-04-06 之间（清明节）的休假，请补上或核对年份。",
        "没有 2027-05-01（劳动节）的休假，请补上或核对年份。",
        "没有 2027-05-28 至 2027-06-28 之间（端午节）的休假，请补上或核对年份。",
    ]


BOMB = files.office(files.EXCEL, xl__worksheets__sheet1=b"\0" * 30_000_000)
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
        ("a.xlsx", text(*GOOD), "已损坏，打不开"),
        ("a.xlsx", files.office(files.WORD), "内容与 .xlsx 不符"),
        ("a.xlsx", files.office(files.EXCEL), "这个 .xlsx 读不出来"),
        ("a.xlsx", files.encrypted_archive(), "设有密码"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 100, "设有密码或是旧版格式"),
        ("a.xlsx", MACRO, "带有宏"),
        ("a.xlsx", BOMB, "解压后过大"),
        ("a.csv", b"\xff\xfe\x00\x00", "内容不是 .csv"),
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


def test_replacing_a_year_writes_days_history_and_log_together(sysadmin):
    Holiday.objects.create(day=date(2027, 5, 2), kind="off", name="劳动节")

    change = actions.replace(checked(*GOOD), notice=NOTICE, basis=basis(), by=sysadmin)

    stored = Holiday.objects.filter(day__year=2027).values_list("day", flat=True)
    assert len(stored) == 16
    assert date(2027, 5, 2) not in stored
    assert Holiday.objects.get(day=date(2026, 12, 31)).kind == "off"
    assert 2027 in Holiday.objects.calendar().years
    assert (len(change.added), change.removed) == (17, [("2027-05-02", "off", "劳动节")])
    assert Entry.objects.get(verb="setting_changed").detail == f"依据 {NOTICE}，新增 17 天，删除 1 天"


def test_the_end_of_december_stays_when_its_own_year_is_imported_again(sysadmin):
    actions.replace(checked(*GOOD), notice=NOTICE, basis=basis(), by=sysadmin)
    seven = ("01-01", "02-17", "04-05", "05-01", "06-19", "09-25", "10-01")
    rows = [(f"2026-{day}", "休假", "节日") for day in seven]
    again = checking.check(list(reading.lines_of(reading.as_text(rows))), 2026)

    actions.replace(again, notice=NOTICE, basis=basis(), by=sysadmin)

    assert list(Holiday.objects.filter(day__year=2026).values_list("day", flat=True).order_by("day")) == [
        *(date.fromisoformat(f"2026-{day}") for day in seven),
        date(2026, 12, 31),
    ]


def test_replace_refuses_and_leaves_no_trace(sysadmin, head):
    found = checked(*GOOD)
    with pytest.raises(Refused, match="只有系统管理员"):
        actions.replace(found, notice=NOTICE, basis=basis(), by=head)
    with pytest.raises(Refused, match="还有写错的行"):
        actions.replace(checked(GOOD[0]), notice=NOTICE, basis=basis(), by=sysadmin)
    with pytest.raises(Conflict, match="节假日又有改动"):
        actions.replace(found, notice=NOTICE, basis="0" * 12, by=sysadmin)

    assert not HolidayChange.objects.exists()
    assert not Holiday.objects.filter(day__year=2027).exists()


def test_the_same_year_twice_is_refused(sysadmin):
    actions.replace(checked(*GOOD), notice=NOTICE, basis=basis(), by=sysadmin)

    with pytest.raises(Refused, match="与现有的一致"):
        actions.replace(checked(*GOOD), notice=NOTICE, basis=basis(), by=sysadmin)

    assert HolidayChange.objects.count() == 1


def test_the_page_checks_first_and_stores_only_then(sysadmin):
    client, url = client_for(sysadmin), reverse("deadlines:holiday_import")

    first = client.post(url, {"year": 2027, "notice": NOTICE, "file": upload(sheet(*GOOD))})
    stored_by_checking = Holiday.objects.filter(day__year=2027).count()
    second = client.post(url, first.context["form"].initial)

    assert (first.status_code, stored_by_checking) == (200, 0)
    assert "新增 17 天，删除 0 天，不变 0 天" in first.content.decode()
    assert second["Location"] == reverse("deadlines:recount") + "?cause=holiday"
    assert Holiday.objects.filter(day__year=2027).count() == 16


def test_a_second_step_after_somebody_elses_import_is_checked_again(sysadmin):
    client, url = client_for(sysadmin), reverse("deadlines:holiday_import")
    facts = (
        client.post(url, {"year": 2027, "notice": NOTICE, "file": upload(sheet(*GOOD))})
        .context["form"]
        .initial
    )
    Holiday.objects.create(day=date(2027, 1, 1), kind="off", name="元旦")

    answer = client.post(url, facts)

    assert answer.status_code == 409
    assert "检查之后节假日又有改动" in answer.content.decode()
    assert "新增 16 天，删除 0 天，不变 1 天" in answer.content.decode()
    assert Holiday.objects.filter(day__year=2027).count() == 1


def test_a_file_with_a_wrong_line_offers_no_import(sysadmin):
    rows = [*GOOD, ("2027-02-08", "上班", "春节")]

    answer = client_for(sysadmin).post(
        reverse("deadlines:holiday_import"), {"year": 2027, "notice": NOTICE, "file": upload(sheet(*rows))}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 10 行：2027-02-08 不是周六或周日" in page
    assert "导入并看哪些期限变动" not in page


def test_the_template_can_be_read_back(sysadmin):
    answer = client_for(sysadmin).get(reverse("deadlines:holiday_template"))

    content = b"".join(answer.streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].values)
    assert rows[0] == reading.COLUMNS
    assert "attachment" in answer["Content-Disposition"]
    wrong = checking.check(reading.read(upload(content)), 2027).wrong
    assert {number for number, _ in wrong} == {0}
    assert "没有 2027-10-01（国庆节）的休假，请补上或核对年份。" in {sentence for _, sentence in wrong}


def test_the_year_shows_each_day_and_what_is_missing(prosecutor):
    client, url = client_for(prosecutor), reverse("deadlines:holidays")

    with clock.travel(date(2026, 11, 25)):
        this = client.get(url).content.decode()
        following = client.get(url, {"year": "2027"}).content.decode()

    assert '<td class="off" title="国庆节休假">1<small>休</small></td>' in this
    assert '<td class="work" title="国庆节调休上班">10<small>班</small></td>' in this
    assert "2026-10-01（周四）至 2026-10-07（周三）" in this
    assert "2027 年节假日安排尚未录入" in this  # sixty days ahead
    assert "2027 年的安排没有录入，落在这一年的期限只按周末推算" in following
    assert "导入放假安排" not in this


@pytest.mark.parametrize("year", ["", "abc", "0001", "９９９９", "99999"])
def test_a_strange_year_shows_this_year(prosecutor, year):
    with clock.travel(date(2026, 11, 25)):
        page = client_for(prosecutor).get(reverse("deadlines:holidays"), {"year": year}).content.decode()

    assert "<h1>2026 年节假日</h1>" in page
