import re
from datetime import date
from decimal import Decimal

import pytest

from cases.paperwork.decisions_support import oversteps
from cases.paperwork.rows import Party, Worker
from documents import text
from tests.documents.factories import letter_body, letter_facts

MARKS = re.compile(r"</?(?:mark|span)[^>]*>")


def written(workers=1, **changes):
    """The letter as print shows it: without the marks that only a screen knows."""
    return MARKS.sub("", letter_body(workers, **changes))


def test_one_worker_stands_in_the_text_with_what_is_owed():
    body = written()

    assert (
        "申请人：王建国，男，1985年3月2日出生，蒙古族，住示例旗示例镇1号，公民身份号码150902198503020000，"
        in body
    )
    assert "王建国，2025年4月至2025年11月，应付28,000.00元，已付1,000.00元，尚欠27,000.00元。" in body
    assert "本院支持王建国向你院提起诉讼，请依法审理。" in body
    assert "附表" not in body


def test_three_workers_stand_side_by_side():
    body = written(3)

    assert body.count("申请人：") == 3 + 1  # 被申请人 too
    assert "本院支持王建国、巴特尔·孟和、李㛃䶮向你院提起诉讼" in body


def test_a_group_is_named_by_its_first_and_listed_in_the_annexes():
    body = written(15)

    assert "等15人（名单见附表一）" in body
    assert "本院支持王建国等15人向你院提起诉讼" in body
    assert "上述人员欠薪情况见附表二。" in body
    assert "合计（15人）" in body
    assert "405,000.00" in body


def test_the_parts_stand_in_their_order():
    body = written(15)
    parts = [
        "集宁区人民检察院", "支持起诉书", text.NUMBER, "申请人：", "被申请人：", "于2026年11月14日", "经审查查明：",
        "证据证实", "本院认为：", "依照《中华人民共和国民事诉讼法》第十五条的规定", "此致", "集宁区人民法院", text.DAY,
        "附：", "<p class=\"flush\">附表一", "<p class=\"flush\">附表二",
    ]  # fmt: skip
    places = [body.index(part) for part in parts]

    assert places == sorted(places)


def test_without_its_facts_the_letter_shows_what_is_missing():
    body = written(0, court="", respondents=(), origin="", found="", evidence="", opinion="", enclosures=())

    for label in ("申请人", "被申请人", "案件来源", "查明的事实", "证据", "本院认为", "致送法院"):
        assert f"【待填：{label}】" in body
    assert "附：" not in body


def test_a_respondent_is_a_company_or_a_person():
    person = Party(name="赵六", is_company=False, sex="男", born=date(1970, 1, 9), phone="13800000001")

    assert "被申请人：赵六，男，1970年1月9日出生，联系电话13800000001。" in written(respondents=(person,))
    assert "统一社会信用代码91150902MA0EXAMPLE。" in written()
    assert "法定代表人：赵六。" in written()


def test_unknown_items_of_a_person_are_left_out():
    assert str(Worker(name="王建国").described) == "王建国"


def test_totals_are_the_sums_of_the_rows():
    facts = letter_facts(15)

    assert (facts.due, facts.paid, facts.owed) == (Decimal(420000), Decimal(15000), Decimal(405000))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "请判令被申请人支付405,000.00元。",
            "支持起诉书不能写明法院应判的金额。请删去“判令被申请人支付405,000.00元”",
        ),
        ("应当判决给付40.5万元", "支持起诉书不能写明法院应判的金额。"),
        ("责令其支付 27000元", "支持起诉书不能写明法院应判的金额。"),
        ("请求法院对被申请人的账户采取财产保全。", "支持起诉书不能申请保全或者先予执行。"),
        ("建议先予执行。", "支持起诉书不能申请保全或者先予执行。"),
        ("本院作为共同原告提起诉讼。", "检察院支持起诉，不是原告。"),
    ],
)
def test_a_letter_must_not_say_what_is_not_its_own(typed, sentence):
    (found,) = oversteps(letter_facts(opinion=typed))
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    "typed",
    [
        "被申请人尚欠申请人工资共计405,000.00元。请依法判决。",
        "申请人是适格原告。申请人已请求财产保全，账户被冻结。",
        "本院认为原告适格。",
    ],
)
def test_a_letter_may_say_what_is_owed_and_who_sues(typed):
    assert oversteps(letter_facts(found=typed)) == []


def test_the_wording_sets_no_sum_beside_the_request():
    request = written(15).split("本院认为：")[1].split("此致")[0]

    assert "元" not in request
