"""Each component works with its required parameters alone: a variable that is missing fails the test by itself."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.forms import Form

RULE = {"name": "审查期限", "basis": "参照规则第五十二条", "trigger": "受理", "unconfirmed": False}
DEADLINE = SimpleNamespace(
    due_on=date(2026, 11, 25),
    starts_on=date(2026, 11, 16),
    rule=RULE,
    get_kind_display=lambda: "院内",
    how_counted="加 9 日",
)
CLOCK = {"deadline": DEADLINE, "state": "soon", "label": "剩 2 天", "percent": 78}
CELL = {"name": "name", "html_name": "w-0-name", "label": "姓名", "value": "王某", "errors": []}
ROW = {"name": "owed", "label": "欠薪", "mine": "1", "theirs": "", "mine_value": "1", "theirs_value": ""}
REQUIRED = {
    "alert": {"text": "已归档"},
    "chart": {
        "key": "k",
        "title": "每月",
        "summary": "合计",
        "data": {"series": [{"name": "元", "data": [1]}]},
    },
    "chips": {"chips": [{"label": "承办人：我", "url": "?"}], "clear_url": "?"},
    "clock": CLOCK,
    "clock_big": CLOCK,
    "conflict": {"rows": [ROW], "version": 3, "action_url": "/x/"},
    "desc_list": {"rows": [("案由", "追索劳动报酬"), ("法院", ""), ("理由", "长", "w2")]},
    "empty": {"text": "还没有案件。"},
    "figure": {"name": "recovered_amount", "value": "405000.00", "shown": "405,000.00"},
    "file_row": {"name": "工资表.xlsx", "url": "/f/"},
    "filters": {"form": Form()},
    "grid_edit": {"rows": [[CELL]]},
    "kpi": {"url": "/d/", "label": "到账", "name": "n", "value": 1, "shown": "1", "unit": "件"},
    "mask": {"masked": "1523**********0017", "url": "/r/", "what": "身份证号"},
    "mask_form": {"masked": "1523**********0017", "url": "/r/", "reasons": [("check", "核对身份")]},
    "messages": {"messages": [SimpleNamespace(level=40, level_tag="error")]},
    "money": {"sums": [("应付", Decimal("405000.00")), ("已到账", Decimal(0), "待核对 1 笔")]},
    "pager": {"page": Paginator(range(100), 10).page(5)},
    "receipt": {"title": "已提交", "number": "XS-150902-2026-0088"},
    "received": {"amount": Decimal("8000.00"), "percent": 34},
    "revealed": {"clear": "1", "masked": "*", "url": "/r/", "what": "身份证号"},
    "stage_tag": {"stage": "review", "label": "审查中"},
    "steps": {"steps": [{"label": "线索", "state": "done"}]},
    "timeline": {"events": [{"title": "受理", "at": datetime(2026, 11, 16, 10, 30)}]},
    "views": {"views": [{"label": "全部", "url": "?", "current": True, "count": 16}]},
}


def shown(name, **more):
    return render_to_string(
        f"components/{name}.html", REQUIRED[name] | more, request=RequestFactory().get("/cases/?q=1")
    )


@pytest.mark.parametrize("name", REQUIRED)
def test_component_needs_no_more_than_it_says(name):
    assert shown(name).strip()


def test_clock_keeps_the_contract_with_machines():
    text = shown("clock")
    assert '<time data-clock="soon" datetime="2026-11-25"><b>剩 2 天</b> 11-25 到期</time>' in text
    assert "参照规则第五十二条" in text


def test_paused_clock_names_no_day():
    assert "到期</time>" not in shown("clock", state="paused", label="停止计算")


def test_clock_without_deadline_is_a_dash():
    assert "—" in shown("clock", deadline=None)


def test_pager_keeps_the_question_and_shows_first_near_and_last():
    text = shown("pager")
    assert 'href="?q=1&amp;page=4"' in text
    assert text.count('class="gap"') == 2
    assert ">10</a>" in text


def test_empty_value_of_a_description_is_a_dash_and_zero_is_not():
    text = shown("desc_list", rows=[("法院", ""), ("件数", 0)])
    assert text.count("—") == 1
    assert "<dd>0</dd>" in text


def test_conflict_posts_the_chosen_values_under_their_own_names():
    text = shown("conflict", others=[("note", "不变")], who="张检察官", at=datetime(2026, 11, 16, 10, 12))
    assert 'name="owed" value="1" checked' in text
    assert '<input type="hidden" name="version" value="3">' in text
    assert '<input type="hidden" name="note" value="不变">' in text


def test_grid_cell_tells_its_error_to_eye_and_ear():
    text = shown("grid_edit", rows=[[CELL | {"errors": ["还没填姓名。"]}]])
    assert 'class="bad"' in text
    assert 'aria-describedby="id_w-0-name_why" aria-invalid="true"' in text
    assert '<span class="why" id="id_w-0-name_why">还没填姓名。</span>' in text


def test_grid_shows_what_was_typed_as_text():
    assert "&lt;script&gt;" in shown("grid_edit", rows=[[CELL | {"value": "<script>"}]])
