"""The worker grid in a real browser: pasting from Excel, checks, sum, undo."""

import pytest
from django.template.loader import render_to_string

from tests.look.assets import STATIC

pytestmark = pytest.mark.browser
LABELS = {
    "name": "姓名",
    "id_number": "身份证号",
    "phone": "手机",
    "job": "工种",
    "from": "务工起",
    "to": "务工止",
    "owed": "欠薪（元）",
    "remark": "备注",
}
GOOD, OTHER = "11010519851231007X", "440524198001010013"
PASTE = """text => { const data = new DataTransfer(); data.setData("text/plain", text);
const paste = {clipboardData: data, bubbles: true, cancelable: true};
document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste)) }"""


def row(n):
    return [
        {"name": key, "html_name": f"w-{n}-{key}", "label": label, "value": "", "errors": []}
        for key, label in LABELS.items()
    ]


@pytest.fixture
def grid(chromium):
    page = chromium.new_page()
    page.set_content(render_to_string("components/grid_edit.html", {"rows": [row(n) for n in range(5)]}))
    for script in (
        "js/grid-words.js",
        "js/grid-rules.js",
        "js/app.js",
        "js/grid.js",
        "vendor/htmx-2.0.11.min.js",
    ):
        page.add_script_tag(path=STATIC / script)
    page.wait_for_selector("[data-grid][data-ready]")
    yield page
    page.close()


def paste(grid, text, at="name"):
    grid.focus(f"#id_w-0-{at}")
    grid.evaluate(PASTE, text)


def value(grid, key, n=0):
    return grid.input_value(f"#id_w-{n}-{key}")


def complaint(grid, key, n=0):
    return grid.text_content(f"#id_w-{n}-{key}_why")


def test_columns_are_found_by_their_titles_in_any_order(grid):
    titles = "序号\t联系电话\t姓名*\t欠薪金额（元）\t身份证号码\t务工期间\n"
    paste(grid, f"{titles}1\t138 0000 2201\t王某\t24,000元\t{GOOD}\t2025-04至2025年11月\n")
    found = {key: value(grid, key) for key in LABELS}
    assert found == {
        "name": "王某", "id_number": GOOD, "phone": "13800002201", "job": "",
        "from": "2025-04", "to": "2025-11", "owed": "24000", "remark": "",
    }  # fmt: skip


def test_without_titles_columns_begin_at_the_cell(grid):
    paste(grid, f"{GOOD}\t13800002201\n", at="id_number")
    assert (value(grid, "id_number"), value(grid, "phone")) == (GOOD, "13800002201")


def test_full_width_digits_and_small_x_are_put_right(grid):
    paste(grid, "姓名\t身份证号\t欠薪\n王某\t１１０１０５ 19851231007x\t￥１２００.５０\n")
    assert (value(grid, "id_number"), value(grid, "owed")) == (GOOD, "1200.50")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("1.52601E+17", "被 Excel 改成了科学计数，原号码已丢失。请把该列设为“文本”，重新录入后再粘贴。"),
        ("11010519491231002", "身份证号少 1 位，应为 18 位。"),
        ("110105194912310021", "身份证号校验位不对，请对照身份证原件核对。"),
        ("110105194912310000", "末三位是 000，像是被 Excel 截断，请对照身份证原件核对。"),
        ("110105201501010017", "此人未满 16 周岁，系童工线索，请另行移送劳动监察。"),
        ("110105491231002", "这是 15 位旧号码，请填 18 位身份证号。"),
        ("", "还没填身份证号。"),
    ],
)
def test_a_wrong_number_is_told_with_its_remedy(grid, number, sentence):
    paste(grid, f"姓名\t身份证号\t欠薪\n王某\t{number}\t100\n")
    assert complaint(grid, "id_number") == sentence


def test_ten_thousands_are_converted_and_said(grid):
    paste(grid, f"姓名\t身份证号\t欠薪\n王某\t{GOOD}\t2.4万\n")
    assert (value(grid, "owed"), complaint(grid, "owed")) == ("24000.00", "已换算为 24,000.00，请核对。")


def test_the_sum_counts_people_and_leaves_out_what_is_no_number(grid):
    paste(grid, f"姓名\t身份证号\t欠薪\n甲\t{GOOD}\t0.10\n乙\t{OTHER}\t0.20\n丙\t1\t两千\n")
    assert grid.text_content("[data-sum]") == "3 人，欠薪合计 0.30 元（第 3 行未计入）"


def test_somebody_past_sixty_is_pointed_out_and_not_refused(grid):
    paste(grid, "姓名\t身份证号\t欠薪\n甲\t11010519491231002X\t1\n")
    assert complaint(grid, "id_number") == "此人已满 60 周岁，按超龄用工处理，可以继续提交。"
    assert grid.locator("td.bad").count() == 0


@pytest.mark.parametrize("period", ["2025.3-2025.9", "2025年3月-9月", "2025-03至2025-09", "2025/3-2025/9"])
def test_a_period_is_split_however_it_is_written(grid, period):
    paste(grid, f"姓名\t务工期间\n甲\t{period}\n")
    assert (value(grid, "from"), value(grid, "to")) == ("2025-03", "2025-09")


def test_the_same_number_twice_is_pointed_out_until_one_is_changed(grid):
    paste(grid, f"姓名\t身份证号\t欠薪\n甲\t{GOOD}\t1\n乙\t{GOOD}\t1\n")
    assert complaint(grid, "id_number", 0) == "名单里有相同的身份证号，请合并成一行。"
    grid.fill("#id_w-1-id_number", OTHER)
    grid.keyboard.press("Tab")
    assert grid.locator("td.warn").count() == 0


def test_rows_grow_up_to_three_hundred(grid):
    paste(grid, "姓名\t欠薪\n" + "王某\t1\n" * 100)
    paste(grid, "姓名\t欠薪\n" + "李某\t2\n" * 205)
    assert grid.input_value("[data-total]") == "300"
    assert [value(grid, "owed", n) for n in (99, 100, 299)] == ["1", "2", "2"]
    assert "另有 5 行放不下（最多 300 人）" in grid.text_content("[data-says]")


def test_a_pasted_list_can_be_taken_back(grid):
    paste(grid, f"姓名\t身份证号\t欠薪\n王某\t{GOOD}\t1\n")
    grid.keyboard.press("Control+z")
    assert value(grid, "name") == ""
    assert grid.text_content("[data-sum]") == "0 人，欠薪合计 0.00 元"
    assert grid.locator("td.bad").count() == 0


def test_enter_goes_down_and_adds_a_row_at_the_end(grid):
    grid.focus("#id_w-4-name")
    grid.keyboard.press("Enter")
    assert grid.evaluate("document.activeElement.name") == "w-5-name"


def test_words_from_a_paste_never_become_markup(grid):
    paste(grid, "姓名\t备注\n<img src=x onerror=alert(1)>\t<b>甲</b>\n")
    assert grid.locator("tbody img, tbody b").count() == 0
