"""Days as notices write them: in a cell, and as pasted paragraphs. The sentences are made up; the days are facts."""

from datetime import date, timedelta

import pytest
from chinese_calendar import constants

from core.refusals import Refused
from deadlines.holidays import checking, notice, written
from deadlines.models import Holiday
from deadlines.reference import NAMES

OFF, WORK = Holiday.Kind.OFF, Holiday.Kind.WORK

Y2024 = """
一、元旦：1月1日休息，与周末连休。
二、春节：2月10日至17日休假，共8天。2月4日（星期日）、2月18日（星期日）上班。
三、清明节：4月4日至6日休假，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日休假，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日休假，与周末连休。
六、中秋节：9月15日至17日休假，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日休假，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""
Y2025 = """
元旦：1月1日（周三）休假1天，不调休。
春节：1月28日（除夕、周二）至2月4日（周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
清明：4月4日（周五）至6日（周日）放假，共3天。
劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
端午：5月31日（周六）至6月2日（周一）放假，共3天。
国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""
# as a copy from a PDF file breaks it, all widths and dashes mixed, with what stands around the list
Y2026 = """关于２０２６年节假日的说明
现将2026年元旦、春节等放假日期说明如下。
一、元旦：１月１日～３日放假调休，共３天。1月4日（周日）
上班。
二、春节：2月15日（周日）—23日（周一）放假调休，共9天。2月14日（周
六）、28日（周六）上班。三、清明节：4月4日-6日放假，共3天。
四、劳动节：5月1日——5日放假调休，共5天。
5月9日（周六）上班。
五、端午节：6月19至21日放假，共3天。
六、中秋节:9月25日至27日放假，共3天。
七、国庆节：2026年10月1日至7日放假，共7天；9月20日（周日）、10月10日（周六）补班。
假期请安排好值班。
某某办公室
2025年11月1日
"""


def shipped(year):
    rows = {day: (OFF.value, NAMES[name]) for day, name in constants.holidays.items() if day.year == year}
    rows |= {day: (WORK.value, NAMES[name]) for day, name in constants.workdays.items() if day.year == year}
    return rows


def one_name(days):
    """中秋节 inside a joint heading keeps the names of both."""
    return {
        day: (kind, "国庆节" if name in ("国庆节、中秋节", "中秋节") else name)
        for day, (kind, name) in days.items()
    }


@pytest.mark.parametrize(("year", "text"), [(2024, Y2024), (2026, Y2026)])
def test_the_notices_paragraphs_give_the_shipped_table(year, text):
    found = notice.check(text, year)

    assert found.wrong == []
    assert found.days == shipped(year)


def test_a_joint_heading_names_both_holidays():
    found = notice.check(Y2025, 2025)

    assert found.wrong == []
    assert found.days[date(2025, 10, 6)] == ("off", "国庆节、中秋节")
    assert one_name(found.days) == one_name(shipped(2025))


def test_the_same_days_as_rows_of_a_table_give_the_shipped_table():
    rows = [
        ("1月1日", "休假", "元旦"),
        ("1月28日至2月4日", "放假调休", "春节"),
        ("1月26日（星期日）、2月8日（星期六）上班", "", "春节"),
        ("4月4-6日，共3天", "休", "清明节"),
        ("2025.5.1～5.5", "休假", "劳动节"),
        ("４月２７日", "调休上班", "劳动节"),
        ("5/31-6/2", "放假", "端午节"),
        ("10月1日至5日、7日至8日", "休假", "国庆节"),
        ("10月6日", "休假", "中秋节"),
        ("9月28日、10月11日", "班", "国庆节"),
    ]
    lines = [(1, ["2025年放假安排"]), (2, ["日期", "类别", "节日"])]
    lines += [(number, list(row)) for number, row in enumerate(rows, start=3)]

    found = checking.check(lines, 2025)

    assert found.wrong == []
    assert found.days == shipped(2025)


@pytest.mark.parametrize(
    "text",
    [
        "2月5日至11日",
        "2027年2月5日到11日",
        "２月５日～１１日",
        "2月5-11日",
        "2月5日——2月11日",
        "2027-02-05至2027-02-11",
        "2027/2/5-2/11",
        "2027.02.05 — 11",
        "20270205～20270211",
        "2月5日（周五）、6日，7日至11日（周四），共7天",
    ],
)
def test_a_range_is_read_however_it_is_written(text):
    assert [day for day, _ in written.days(text, 2027)] == [date(2027, 2, 5) + timedelta(n) for n in range(7)]


def test_a_range_over_the_turn_of_the_year_says_its_first_year():
    for text in ("2026年12月31日至2027年1月2日", "2026年12月31日—1月2日"):
        assert [str(day) for day, _ in written.days(text, 2027)] == ["2026-12-31", "2027-01-01", "2027-01-02"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("12月31日至1月2日", "没有写年份，看不出是哪一年"),
        ("12月31日", "没有写年份，看不出是哪一年"),
        ("2026年12月31日、1月2日", "“1月2日”没有写年份"),
        ("1-3", "“1-3”看不出哪个是月、哪个是日"),
        ("10.1", "“10.1”看不出哪个是月、哪个是日"),
        ("5日", "“5日”没有写月份"),
        ("2月4日（星期日）", "2027-02-04 是星期四，写的却是“星期日”"),
        ("9月25日至27日，共4天", "写的是“共4天”，日期数下来是 3 天"),
        ("2月5日（不含2月6日）", "“(不含2月6日)”看不懂"),
        ("除夕至11日", "日期里的“除夕至11日”看不懂"),
        ("2月5日放假上班", "“上班”前面没有日期"),
        ("2月11日至5日", "结束日期 2027-02-05 早于开始日期 2027-02-11"),
        ("2月1日至4月30日", "超过 31 天"),
    ],
)
def test_what_could_mean_two_things_is_asked_back(text, sentence):
    with pytest.raises(
        ValueError, match=sentence.replace("(", r"\(").replace(")", r"\)").replace(".", r"\.")
    ):
        written.days(text, 2027)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            Y2026.replace("6月19至21日放假", "6月19至21日如何"),
            [(9, "端午节：日期里的“如何,共3天”看不懂")],
        ),
        (Y2026.replace("六、中秋节:", "另外，"), [(10, "这些日期前面没有节日名称")]),
        ("9月1日至2日放假。\n" + Y2026, [(1, "这些日期前面没有节日名称")]),
        (
            Y2026.replace("2026年元旦", "2027年元旦").replace("２０２６", "２０２７"),
            [(0, "文字里写的是 2027 年")],
        ),
    ],
)
def test_a_paragraph_that_cannot_be_read_is_named_with_its_line(text, wrong):
    found = notice.check(text, 2026)

    assert [
        (line, said[: len(want)]) for (line, said), (_, want) in zip(found.wrong, wrong, strict=True)
    ] == wrong


def test_a_text_without_any_holiday_is_refused_with_the_way_to_paste():
    with pytest.raises(Refused, match="请从“一、元旦：”开始粘贴"):
        notice.check("国庆节放假七天，请周知。", 2027)
