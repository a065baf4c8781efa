from datetime import date
from decimal import Decimal

import pytest

from cases.intake.grid import Grid
from core import clock
from core.identity import check_digit
from tests.cases.factories import id_number

GOOD = {"name": "王建国", "id_number": id_number(1), "owed": "24000"}


def number_born(day: date) -> str:
    first17 = f"150902{day:%Y%m%d}001"
    return first17 + check_digit(first17)


def one(**changes: str) -> Grid:
    return Grid([GOOD | changes])


def errors(grid: Grid) -> list[str]:
    return [sentence for _, sentence in grid.errors]


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("owed", "２４，０００元", Decimal("24000.00")),
        ("owed", "￥24,000.50", Decimal("24000.50")),
        ("owed", "2.4万", Decimal("24000.00")),
        ("owed", "\u200b24000\ufeff", Decimal("24000.00")),
        ("phone", "+86 138-0000-2201", "13800002201"),
        ("phone", "１３８００００２２０１", "13800002201"),
        ("name", " 王 建 国\u200b", "王建国"),
        ("name", "巴特尔•孟和", "巴特尔·孟和"),
        ("from", "2025-04", date(2025, 4, 1)),
        ("to", "2025年4月", date(2025, 4, 30)),
        ("to", "2025/4/9", date(2025, 4, 9)),
        ("id_number", "11010519491231002x", "11010519491231002X"),
    ],
)
def test_what_people_paste_is_understood(key, typed, value):
    grid = one(**{key: typed})

    assert (errors(grid), grid.rows[0].cells[key].clean) == ([], value)


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("name", "", "第 1 行还没填姓名。"),
        ("id_number", " ", "第 1 行还没填身份证号。"),
        ("owed", "", "第 1 行还没填欠薪金额。"),
        ("owed", "两万四", "第 1 行欠薪金额请填数字，例如 24000。"),
        ("owed", "0", "第 1 行欠薪金额应大于 0、小于 1000 万元，请核对。"),
        ("owed", "1000万", "第 1 行欠薪金额应大于 0、小于 1000 万元，请核对。"),
        ("owed", "-5", "第 1 行欠薪金额不能小于 0。"),
        ("id_number", "15090219800101001", "第 1 行身份证号少 1 位，应为 18 位。"),
        ("id_number", "150902800101001", "第 1 行身份证号是 15 位的旧号码，请填 18 位的新号码。"),
        ("id_number", "1234**********5678", "第 1 行身份证号含有 *，请重新填写完整号码。"),
        ("phone", "155", "第 1 行手机号少 8 位，应为 11 位。"),
        ("from", "2025-13", "第 1 行务工开始没有 13 月，请改成类似 2026-01-13 的日期。"),
        ("from", "去年春天", "第 1 行务工开始看不懂，请改成类似 2026-01-13 的日期。"),
        ("name", "王\x00建国", "第 1 行姓名里有看不见的控制字符，请删除后重新填写。"),
        ("remark", "长" * 201, "第 1 行备注有 201 个字，最多 200 个字。请缩短。"),
    ],
)
def test_each_fault_has_its_sentence_with_the_line(key, typed, sentence):
    assert errors(one(**{key: typed})) == [sentence]


def test_scientific_notation_is_told_apart_from_a_wrong_number():
    assert "科学计数" in errors(one(id_number="1.52601E+17"))[0]


def test_a_tail_of_zeros_points_at_excel():
    cut = id_number(1)[:15] + "000"

    assert "可能被 Excel 改过" in errors(one(id_number=cut))[0]


def test_a_wrong_check_digit_is_told():
    good = id_number(1)
    wrong = good[:17] + ("1" if good[17] != "1" else "2")

    assert errors(one(id_number=wrong)) == ["第 1 行身份证号校验位不对，请对照身份证原件核对。"]


def test_a_child_stops_and_an_old_worker_only_informs():
    today = clock.today()
    child = one(id_number=number_born(today.replace(year=today.year - 15, day=1)))
    elder = one(id_number=number_born(date(today.year - 62, 1, 1)))

    assert "未满 16 周岁" in errors(child)[0]
    assert (errors(elder), "超龄" in elder.notes[0]) == ([], True)


def test_a_multiple_is_accepted_with_a_notice():
    grid = one(owed="2.4万")

    assert grid.notes == ["第 1 行欠薪金额：已换算为 24,000.00，请核对。"]
    assert grid.rows[0].cells["owed"].value == "24000.00"


def test_the_end_of_work_is_not_before_its_start():
    assert errors(one(**{"from": "2025-04", "to": "2025-03"})) == [
        "第 1 行务工结束（2025-03）早于开始（2025-04），请改其中一个。"
    ]


def test_one_number_twice_is_told_at_the_second_line():
    grid = Grid([GOOD, {}, GOOD | {"name": "王建国2"}])

    assert grid.errors == [("id_w-2-id_number", "第 3 行身份证号与第 1 行相同，请合并成一行。")]


def test_blank_lines_are_skipped_and_padded_to_five():
    grid = Grid([{}, GOOD, {"name": "  "}])

    assert (len(grid.rows), len(grid.facts), grid.is_valid) == (5, 1, True)


def test_an_empty_grid_asks_for_one_worker():
    assert errors(Grid([])) == ["还没填务工人员，至少要有一名。"]


def test_three_hundred_fit_and_one_more_is_told_and_kept():
    def lines(n):
        return [GOOD | {"id_number": id_number(i)} for i in range(n)]

    assert Grid(lines(300)).is_valid
    grid = Grid(lines(301))
    assert errors(grid) == ["名单有 301 人，最多 300 人。请分两次办理。"]
    assert len(grid.typed) == 301


def test_the_post_is_read_by_its_fields_whatever_the_total_claims():
    data = {"w-TOTAL": "999999999", "w-0-name": "甲", "w-2-name": "乙", "w-9999-name": "远", "w-x-name": "错"}

    assert [row.cells["name"].value for row in Grid.read(data).rows][:3] == ["甲", "", "乙"]
    assert len(Grid.read(data).rows) == 5


def test_a_lead_of_staff_may_leave_the_number_open():
    assert Grid([GOOD | {"id_number": ""}], needs_id=False).is_valid


def test_the_sum_counts_only_what_is_right():
    grid = Grid([GOOD, GOOD | {"id_number": id_number(2), "owed": "许多"}])

    assert grid.total == Decimal("24000.00")
