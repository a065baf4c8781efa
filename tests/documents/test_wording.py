"""Wordings: what the grammar reads, what it refuses, what comes out, and that no text breaks out of its place."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.facts import fact
from documents.screen import shown
from documents.wording import checking, composing, grammar
from documents.wording.markup import html_of
from documents.wording.vocabulary import worded
from documents.wording.writing import Phrase


@dataclass(frozen=True)
class Worker:
    name: str = field(metadata=fact("姓名", required=True))
    id_number: str = field(default="", metadata=fact("公民身份号码", secret="id"))
    owed: Decimal = field(default=Decimal(0), metadata=fact("尚欠"))

    @property
    @worded("描述")
    def described(self) -> Phrase:
        return Phrase(((self.name, ""), ("，公民身份号码", ""), (self.id_number, "id")))


@dataclass(frozen=True)
class Facts:
    court: str = field(default="", metadata=fact("法院", required=True, source="court"))
    workers: tuple[Worker, ...] = field(default=(), metadata=fact("申请人", source="workers"))
    first: Worker | None = field(default=None, metadata=fact("代表人"))
    due_on: date | None = field(default=None, metadata=fact("期限"))
    reason: str = field(default="", metadata=fact("理由"))
    enclosures: tuple[str, ...] = field(default=(), metadata=fact("附项"))
    agreed: bool | None = field(default=None, metadata=fact("是否同意"))

    @property
    @worded("合计")
    def total(self) -> Decimal:
        return sum((worker.owed for worker in self.workers), Decimal(0))


WANG = Worker("王建国", "150902197001011234", Decimal("27000"))
LI = Worker("李志强", "150902198001011234", Decimal("100000.05"))


def said(wording: str, **facts: object) -> str:
    blocks = composing.compose(grammar.parse(wording), Facts(**facts))
    return html_of(blocks, title="标题", office="集宁区人民检察院")


@pytest.mark.parametrize(
    ("wording", "facts", "html"),
    [
        ("致{法院}。", {"court": "集宁区人民法院"}, "<p>致<mark>集宁区人民法院</mark>。</p>"),
        ("致{法院}。", {}, '<p>致<span class="missing">【待填：法院】</span>。</p>'),
        ("# 查明：", {}, '<p class="level1">查明：</p>'),
        ("## （一）", {}, '<p class="level2">（一）</p>'),
        ("> 此致", {}, '<p class="flush together">此致</p>'),
        ("= 名单", {}, '<h2 class="title">名单</h2>'),
        ("于{期限}前", {"due_on": date(2026, 8, 3)}, "<p>于2026年8月3日前</p>"),
        ("于{期限|汉字日期}前", {"due_on": date(2026, 10, 20)}, "<p>于二〇二六年十月二十日前</p>"),
        (
            "{合计}元（{合计|大写}）",
            {"workers": (WANG,)},
            "<p><mark>27,000.00</mark>元（<mark>贰万柒仟元整</mark>）</p>",
        ),
        ("{申请人|人数}人", {"workers": (WANG, LI)}, "<p><mark>2</mark>人</p>"),
        ("{代表人.姓名}", {"first": WANG}, "<p>王建国</p>"),
        ("{理由}", {"reason": "一\n\n二"}, "<p>一</p>\n<p>二</p>"),
        ("因为：{理由}完", {"reason": "一\n二"}, "<p>因为：一</p>\n<p>二完</p>"),
        ("{理由}", {}, ""),
        ("{是否同意|是否}", {}, "<p>□是　□否</p>"),
        ("{是否同意|是否}", {"agreed": False}, "<p>□是　☑否</p>"),
        ("由甲办[[，限{期限}前]]。", {}, "<p>由甲办。</p>"),
        ("由甲办[[，限{期限}前]]。", {"due_on": date(2026, 8, 3)}, "<p>由甲办，限2026年8月3日前。</p>"),
        ("签名：{空 4}", {}, '<p>签名：<span class="gap">　　　　</span></p>'),
        ("{如有 理由}\n有\n{否则}\n无\n{完}", {"reason": "x"}, "<p>有</p>"),
        ("{如有 理由}\n有\n{否则}\n无\n{完}", {}, "<p>无</p>"),
        (
            "{逐个 申请人}\n{序号}. {姓名}\n{完}",
            {"workers": (WANG, LI)},
            "<p>1. 王建国</p>\n<p>2. 李志强</p>",
        ),
        ("{逐个 附项}\n{序号}. {内容}\n{完}", {"enclosures": ("申请书",)}, "<p>1. 申请书</p>"),
        ("{逐个 申请人}\n{姓名}\n{否则}\n没有\n{完}", {}, "<p>没有</p>"),
        ("// 说明\n{标题}", {}, '<h1 class="title">标题</h1>'),
        ("{文号}", {}, '<p class="number"><!--number--></p>'),
        ("正文\n{附页}\n= 甲\n{附页}\n= 乙", {}, None),
    ],
)
def test_a_line_says_what_it_says(wording, facts, html):
    found = said(wording, **facts)
    if html is None:
        assert found.count("<section") == found.count("</section>") == 2
    else:
        assert found == html


def test_rows_in_a_row_make_one_table_and_columns_keep_their_sides():
    head, row = "|# 序号:10^ | 姓名:25 | 尚欠:25> |", "| {序号} | {姓名} | {尚欠} |"
    wording = f"{head}\n{{逐个 申请人}}\n{row}\n{{完}}\n|+ 合计 @2 | {{合计}} |"
    found = said(wording, workers=(WANG, LI))
    assert found.count("<table>") == 1
    assert '<th scope="col" class="w10">序号</th>' in found
    assert '<td class="middle">2</td><td>李志强</td><td class="amount">100,000.05</td>' in found
    assert (
        '<tr class="total"><td colspan="2">合计</td><td class="amount"><mark>127,000.05</mark></td></tr>'
        in found
    )


def test_a_form_has_labels_and_its_cells_break_where_the_text_does():
    found = said("| !法院 | {法院} |\n| !理由 | {理由} 完 @3 |", court="甲", reason="一\n二")
    assert found == (
        '<table class="form"><tbody><tr><th>法院</th><td><mark>甲</mark></td></tr>'
        '<tr><th>理由</th><td colspan="3">一<br>二 完</td></tr></tbody></table>'
    )


def test_the_screen_masks_what_the_paper_prints():
    found = said("{逐个 申请人}\n{描述}；{公民身份号码}\n{完}", workers=(WANG,))
    assert found.count("150902197001011234") == 2
    on_screen = shown(found)
    assert "150902197001011234" not in on_screen
    assert on_screen.count("1509**********1234") == 2


def test_the_screen_shows_known_elements_only_and_fills_open_places():
    hostile = '<p onclick="x()" class="a&quot;b">甲<script>y()</script><b>乙</b>&lt;i&gt;</p>'
    body = '<p class="number"><!--number--></p>' + hostile
    assert shown(body, number="集检〔2026〕1号") == (
        '<p class="number"><span>集检〔2026〕1号</span></p><p>甲y()乙&lt;i&gt;</p>'
    )


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ("{法院", "第 1 行：花括号没有成对"),
        ("好\n{如有 理由}\n有", "第 2 行：“{如有 理由}”没有对应的“{完}”"),
        ("{完}", "第 1 行：“{完}”前面没有"),
        ("{如有 理由}\n{否则}\n{否则}\n{完}", "第 3 行：一处“如有”只能有一个"),
        ("{7*7}", "第 1 行：看不懂“{7*7}”"),
        ("{法院.__class__}", "第 1 行：“法院”没有“__class__”这一部分"),
        ("{__class__}", "第 1 行：没有“__class__”这个要素"),
        ("{申请人.姓名}", "第 1 行：“申请人”有多条，请写在“{逐个 申请人}”里面"),
        ("{逐个 法院}\n{完}", "第 1 行：“法院”只有一项"),
        ("{法院|eval}", "第 1 行：没有“eval”这种写法"),
        ("{法庭}", "第 1 行：没有“法庭”这个要素。是不是“法院”？"),
        ("|# 甲:100 | 乙:40 | 丙 |", "第 1 行：表格需要 160 毫米，版心只有 156 毫米"),
        ("| a | b", "第 1 行：表格的一行要以“|”结束"),
        ("甲[[乙]]", "第 1 行：“[[乙]]”里没有要素"),
        ("甲[[{法院}", "第 1 行：双方括号没有成对"),
        ("{{法院}}", "第 1 行：花括号没有成对"),
        ("{如有 法院}\n" * 5 + "{完}\n" * 5, "最多套 4 层"),
        ("没有写法院", "必备的要素“法院”没有写进文本"),
    ],
)
def test_a_fault_says_where_and_what_instead(wording, fault):
    assert any(fault in sentence for sentence in checking.faults(wording, Facts))


def test_a_good_wording_has_no_faults():
    wording = "致{法院}：\n{逐个 申请人}\n{序号}{姓名}{法院}\n{完}\n{逐个 附项}\n{内容}\n{完}\n{代表人.描述}"
    assert checking.faults(wording, Facts) == []


class Tags(HTMLParser):
    """Which elements there are, and what text stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.elements.append(("comment", ((data, None),)))


@given(st.text(max_size=60))
def test_no_text_leaves_its_place(text):
    wording = "致{法院}{理由}\n| {理由} |\n{逐个 附项}\n{内容}\n{完}"
    tags = Tags()
    tags.feed(said(wording, court="x" + text, reason="y" + text, enclosures=("z" + text,)))
    assert {tag for tag, _ in tags.elements} <= {"p", "mark", "table", "tbody", "tr", "td", "br"}
    assert all(attrs in ((), (("class", "form"),)) for _, attrs in tags.elements)
    shown = "".join(composing.printable("y" + text).split())
    assert shown in "".join(tags.text.split())


@given(st.text(alphabet="{}|[]如有逐个完否则 \n#->=@.法院理由申请人姓名序号空12", max_size=80))
def test_any_wording_is_read_or_refused_with_its_line(wording):
    try:
        nodes = grammar.parse(wording)
    except grammar.Fault:
        return
    checking.faults(wording, Facts)
    html_of(composing.compose(nodes, Facts(workers=(WANG,))), title="t", office="o")
