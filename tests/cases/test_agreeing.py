"""正文核对: heads, sums, periods, names and courts in a text, against the case; what is right or of others is quiet."""

import time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.paperwork import agreeing
from cases.paperwork.agreeing_frame import Frame
from cases.paperwork.agreeing_numbers import chinese, number
from cases.paperwork.catalogue import all_papers
from cases.paperwork.phrases_shipped import SHIPPED
from cases.paperwork.rows import Party, Worker
from cases.paperwork.sample import sample_facts
from core.money import yuan

COURT, OFFICE = "集宁区人民法院", "集宁区人民检察院"
COMPANY = "示例建设工程有限公司"
WRONG = (
    "尚欠刘广田、那顺、王五三人劳动报酬190000元，已由察哈尔右翼前旗人民法院管辖。"
    "申请人务工自2025年1月至2025年12月，经结算，共欠工资190000元。"
)


def frame_of(names=("刘广田", "那顺"), owed=9000, court=COURT):
    """A case that nothing is stored of: 2025年4月至2025年11月, each is owed the same."""
    workers = tuple(
        Worker(name=name, period="2025年4月至2025年11月", due=Decimal(owed), owed=Decimal(owed))
        for name in names
    )
    company = SimpleNamespace(name=COMPANY, legal_representative="赵六")
    short = f"{names[0]}等{len(names)}人" if len(names) > 3 else "、".join(names)
    case = SimpleNamespace(
        claimants=SimpleNamespace(values_list=lambda *_, **__: list(names)), intended_court=court
    )
    known = SimpleNamespace(
        workers=workers, case=case, handler="孙检", project="高家还建房", place="白海子镇", office=OFFICE,
        source_unit="", proof_names=("工资欠条",), respondents=(Party(name=COMPANY),), court=court,
        enforcing_court=court, claims=(), payments=(), awarded=None, applicants_short=short,
        _claimants=[], _respondents=[SimpleNamespace(company=company, person=None)],
    )  # fmt: skip
    return Frame(known, SimpleNamespace(court=court))


def said(text, frame=None, name="found"):
    frame = frame or frame_of()
    return [
        (each.what, text[each.start : each.end], each.right) for each in agreeing._found(name, text, frame)
    ]


def test_everything_that_a_hurried_writer_got_wrong_is_found():
    assert said(WRONG) == [
        ("listed", "王五", ""),
        ("heads", "三人", "二人"),
        ("sum", "190000元", "18,000.00元"),
        ("court", "察哈尔右翼前旗人民法院", COURT),
        ("period", "2025年1月至2025年12月", "2025年4月至2025年11月"),
        ("sum", "共欠工资190000元", "共欠工资18,000.00元"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("刘广天在工地务工。", ("name", "刘广天", "刘广田")),
        ("尚欠刘光田劳动报酬。", ("name", "刘光田", "刘广田")),
        ("刘广田等十五名农民工多次催要。", ("heads", "等十五名农民工", "等两名农民工")),
        ("申请人三人均在工地做工。", ("heads", "三人", "二人")),
        ("15名农民工的工资没有付清。", ("heads", "15名农民工", "2名农民工")),
        ("刘广田、那顺共三人。", ("heads", "三人", "二人")),
        ("王五、刘广田、那顺签了名。", ("listed", "王五", "")),
        ("刘广田、巴图、那顺签了名。", ("listed", "巴图", "")),
        ("刘广田尚欠8000元。", ("sum", "尚欠8000元", "")),
        ("其中刘广田尚欠8000元。", ("sum", "尚欠8000元", "")),
        ("拖欠工资1.9万元。", ("sum", "拖欠工资1.9万元", "拖欠工资18,000.00元")),
        ("在工地劳务，自2025年4月到2026年2月。", ("period", "2025年4月到2026年2月", "2025年4月至2025年11月")),
        ("示例建没工程有限公司没有付款。", ("company", "示例建没工程有限公司", COMPANY)),
        ("向兴和县人民法院起诉。", ("court", "兴和县人民法院", COURT)),
        ("由和林格尔县人民法院管辖。", ("court", "和林格尔县人民法院", COURT)),
        ("察哈尔右翼前旗人民检察院依法审查。", ("office", "察哈尔右翼前旗人民检察院", OFFICE)),
    ],
)
def test_what_is_not_the_cases_is_found_with_what_belongs_there(text, found):
    assert said(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "两名办案人员到场，三人以上在场。",
        "被申请人招用工人20人，班组共20人，另有三名农民工已领到工资。",
        "被申请人示例建设工程有限公司等二人没有到场。",
        "刘广田、那顺二人均签字。",
        "刘广田、那顺、工资欠条等证据。",
        "证人刘广天陈述，见过刘广田、那顺干活。",
        "应得18000元，尚欠1.8万元，共计人民币18,000.00元。",
        "工程款合计300万元，拖欠工资9000元，尚欠约2万元。",
        "2019年1月至3月，本院工作人员调查。",
        "务工结束后，2026年1月至2月多次催要。",
        "2025 年 4 月至 11 月在工地务工，工资未付。",
        "向有管辖权的人民法院起诉，辖区人民法院、最高人民法院也是。",
        "乌兰察布市集宁区人民法院有管辖权。",
        "申请人在高家还建房务工，位于建设路。",
    ],
)
def test_what_is_right_or_of_others_is_left_alone(text):
    assert said(text) == []


def test_a_name_that_two_parties_are_near_to_is_only_said():
    frame = frame_of(("王建国", "王建军"))
    assert said("王建民在工地务工。", frame) == [("name", "王建民", "")]


@pytest.mark.parametrize("phrase", SHIPPED, ids=lambda each: each.entry)
def test_a_shipped_phrase_never_alarms(phrase):
    assert said(phrase.text) == []


@pytest.mark.parametrize(
    "declared", [each for each in all_papers() if each.counted], ids=lambda each: each.key
)
def test_the_sample_case_never_alarms(declared):
    facts = sample_facts(declared.paper.facts, OFFICE)
    frame = frame_of(("示例一", "示例·二", "示例三", "示例四"), 27_000)
    assert [said(getattr(facts, name), frame, name) for name in declared.counted] == [[]] * len(
        declared.counted
    )


@given(n=st.integers(1, 999))
def test_chinese_numerals_are_read_as_they_are_written(n):
    assert number(chinese(n)) == number(str(n)) == n


NAMES = st.builds(
    "".join,
    st.tuples(st.sampled_from("王李刘高于其乌成"), st.text("建国设广田其格那顺志强", min_size=1, max_size=3)),
)


@given(
    names=st.lists(NAMES, min_size=1, max_size=20, unique=True),
    owed=st.integers(1, 10**7),
    is_chinese=st.booleans(),
)
def test_a_text_of_the_cases_own_facts_never_alarms(names, owed, is_chinese):
    frame = frame_of(tuple(names), owed)
    count = chinese(len(names)) if is_chinese else len(names)
    text = (
        f"{'、'.join(names)}{count}人于2025年4月至2025年11月在高家还建房务工。{COMPANY}招用{names[0]}等{count}人，"
        f"拖欠工资共计{yuan(owed * len(names))}元，其中{names[-1]}尚欠{yuan(owed)}元。申请人{count}人申请{OFFICE}"
        f"支持起诉，{count}名农民工向{COURT}起诉。"
    )
    assert said(text, frame) == []


def test_sixty_workers_take_less_than_fifty_milliseconds():
    names = tuple(f"{one}{two}{three}" for one in "王李刘张赵" for two in "建国广" for three in "田军强民")
    frame = frame_of(names)
    text = (
        f"{'、'.join(names)}六十人务工，共欠工资540000元，向{COURT}起诉。" + "多次催要，至今没有付清。" * 20
    ) * 3
    said(text, frame)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert said(text, frame) == []
        took.append(time.perf_counter() - start)
    assert min(took) < 0.05
