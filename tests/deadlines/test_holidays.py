from datetime import date

import pytest
from django.urls import reverse
from openpyxl.worksheet.formula import ArrayFormula

from audit.models import Entry
from core import clock
from core.refusals import Conflict, Refused
from deadlines.holidays import actions, checking, reading
from deadlines.models import Holiday, HolidayChange
from deadlines.models.holiday import version_of
from tests.cast import client_for
from tests.deadlines.holiday_files import GOOD, NOTICE, sheet, upload


def checked(*rows, year=2027):
    return checking.check(reading.read(upload(sheet(*rows))), year)


def basis():
    return version_of(Holiday.objects.calendar())


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("2027-02-30", "休假", "春节"), "日期的 2027 年 2 月没有 30 日"),
        (("除夕", "休假", "春节"), "日期里的“除夕”看不懂，请写成“2027年2月5日至11日”"),
        (("", "休假", "春节"), "日期没有填，请写成"),
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
        ((ArrayFormula("A10", "=DATE(2027,2,5)"), "休假", "春节"), "是公式，请改成直接填写的文字。"),
        (("2月8日", "休假", "春节"), None),
        (("2月8日上班", "休假", "春节"), "2027-02-08 在日期里写的是“调休上班”，类别却是“休假”，请改成一致。"),
        (("2月8日", "", "春节"), "2027-02-08 没有写是休假还是上班，请补上。"),
        (("2月8日、2月8日", "休假", "春节"), "2027-02-08 写了两次，请删去一个。"),
        ((10.1, "休假", "国庆节"), "“10.1”看不出哪个是月、哪个是日"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(row, sentence):
    found = checked(*GOOD, row)

    assert [(number, sentence in said) for number, said in found.wrong] == [(10, True)] * bool(sentence)


def test_a_year_without_its_seven_holidays_is_not_whole():
    found = checked(GOOD[0], GOOD[2])

    assert [sentence for _, sentence in found.wrong] == [
        "没有 2027-01-21 至 2027-02-27 之间（春节）的休假，请补上或核对年份。",
        "没有 2027-04-04 至 2027-04-06 之间（清明节）的休假，请补上或核对年份。",
        "没有 2027-05-01（劳动节）的休假，请补上或核对年份。",
        "没有 2027-05-28 至 2027-06-28 之间（端午节）的休假，请补上或核对年份。",
    ]


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


PASTED = "\n".join(
    [
        "一、元旦：2026年12月31日至2027年1月2日放假，共3天。1月3日（周日）上班。",
        "二、春节：2月6日至7日放假。三、清明节：4月5日放假。四、劳动节：5月1日放假。",
        "五、端午节：6月9日放假。六、中秋节：9月15日放假。七、国庆节：10月1日至7日放假，共7天。",
    ]
)


def test_the_notices_own_paragraphs_are_checked_and_stored_like_a_file(sysadmin):
    client, url = client_for(sysadmin), reverse("deadlines:holiday_import")

    first = client.post(url, {"year": 2027, "notice": NOTICE, "text": PASTED})
    client.post(url, first.context["form"].initial)

    assert "新增 17 天，删除 0 天，不变 0 天" in first.content.decode()
    assert Holiday.objects.filter(day__year=2027).count() == 16


def test_a_text_with_a_wrong_line_stays_on_the_page_to_be_put_right(sysadmin):
    text = PASTED.replace("6月9日", "6月某日")

    answer = client_for(sysadmin).post(
        reverse("deadlines:holiday_import"), {"year": 2027, "notice": NOTICE, "text": text}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "6月某日" in page
    assert "端午节）的休假" not in page  # it is written there, only not understood
    assert text in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "还没有放假安排，请粘贴通知里的几段，或者选择文件。"),
        ({"text": "放假"}, "没有找到放假安排。请从“一、元旦：”开始粘贴"),
        ({"text": PASTED, "file": True}, "请只用一种：清空上面的文字，或者不选文件。"),
    ],
)
def test_one_of_text_and_file_has_to_be_given(sysadmin, given, sentence):
    if "file" in given:
        given = given | {"file": upload(sheet(*GOOD))}

    answer = client_for(sysadmin).post(
        reverse("deadlines:holiday_import"), {"year": 2027, "notice": NOTICE, **given}
    )

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


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
