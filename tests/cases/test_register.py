"""登记申请: a case without a lead, whole or not at all."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases import clocks
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts
from cases.intake.register import register
from cases.models import Case, Person
from cases.workflow import Stage
from core import clock
from tests.cases.factories import id_number
from tests.cases.traces import refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("cases:new")
SOMEBODY = ClaimantFacts(person=PersonFacts("王建国", id_number(1)), due=Decimal("24000"))


def facts(**changes):
    plain = {"received_on": clock.today(), "cause": "205.5", "claimants": [SOMEBODY]}
    return CaseFacts(**plain | changes)


def form(n=1, **changes):
    """A filled page with `n` workers and one company."""
    plain = {"source": "walk_in", "received_on": clock.today().isoformat(), "category": "wages"}
    plain |= {"cause": "205.5", "facts": "工资未付。", "r0-kind": "company", "r0-name": "某建设工程有限公司"}
    plain |= {"r0-position": "employer", "r1-kind": "company", "r1-position": "employer"}
    for k in range(n):
        row = {"name": f"工人{k}", "id_number": id_number(k), "owed": "1000"}
        plain |= {f"w-{k}-{key}": value for key, value in row.items()}
    return plain | changes


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def test_registering_makes_case_persons_claims_and_clock(office, prosecutor):
    case = register(office, facts=facts(), handler=prosecutor, by=prosecutor)

    assert (case.stage, case.handler, case.title) == (
        Stage.REGISTERED,
        prosecutor,
        "王建国诉待查追索劳动报酬纠纷",
    )
    assert case.claimants.get().items.get().owed == Decimal("24000")
    assert [deadline.term.code for deadline in clocks.running(case)] == ["P3"]
    assert Case.objects.filter(search="建国").count() == 1


@pytest.mark.parametrize(
    ("who", "changes", "sentence"),
    [
        ("chief", {}, "只有本院办案人员"),
        ("other", {}, "只有本院办案人员"),
        ("prosecutor", {"claimants": []}, "至少要有一名"),
        ("prosecutor", {"claimants": [SOMEBODY, SOMEBODY]}, "已是本案申请人"),
        ("prosecutor", {"received_on": clock.today() + timedelta(days=1)}, "还没到"),
    ],
)
def test_registering_is_refused_without_a_trace(cast, who, changes, sentence):
    office, person = cast.office, getattr(cast, who)
    with refused(sentence):
        register(office, facts=facts(**changes), handler=None, by=person)


def test_a_handler_is_of_the_office(cast):
    office, by, stranger = cast.office, cast.prosecutor, cast.other
    with refused("不能承办本院案件"):
        register(office, facts=facts(), handler=stranger, by=by)


def test_the_page_registers_once_however_often_it_is_sent(browser, prosecutor):
    data = form(2, submission_key=str(uuid.uuid4()), handler=str(prosecutor.pk))

    first, second = (browser.post(URL, data) for _ in range(2))

    case = Case.objects.get()
    assert (first.status_code, first.url) == (302, case.get_absolute_url())
    assert second.url == first.url
    assert (case.claimants.count(), str(case.respondents.get())) == (2, "某建设工程有限公司")


def test_an_empty_page_says_what_is_missing_once_each(browser):
    answer = browser.post(URL, {})

    assert answer.status_code == 422
    for sentence in ("还没填收到日期", "还没选案由", "还没填事实与理由", "还没填务工人员"):
        assert sentence in answer.text
    assert "还没填名称或姓名" not in answer.text
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"w-0-id_number": ""}, "还没填身份证号"),
        ({"w-0-id_number": "110105194912310021"}, "校验位"),
        ({"w-0-owed": "很多"}, "欠薪金额"),
        ({"r0-uscc": "91350100M000100Y44"}, "统一社会信用代码"),
        ({"facts": "字" * 20_001}, "20000"),
        ({"facts": "a\x00b"}, "控制字符"),
        ({"w-0-name": "a\x00b"}, "控制字符"),
        ({"cause": "999"}, "案由"),
        ({"handler": "0"}, "承办人"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(browser, changes, sentence):
    answer = browser.post(URL, form(**changes))

    assert answer.status_code == 422
    assert sentence in answer.text.replace(",", "")
    assert "某建设工程有限公司" in answer.text
    assert Case.objects.count() == 0


def test_numbers_may_follow_when_it_is_said_so(browser):
    assert browser.post(URL, form(**{"w-0-id_number": "", "without_id": "on"})).status_code == 302
    assert Person.objects.get().id_index is None


def test_support_for_a_child_is_no_child_labour_and_needs_no_sum(browser):
    born = clock.today().replace(year=clock.today().year - 8, day=1)
    child = id_number(0)[:6] + born.strftime("%Y%m%d") + "001"
    data = form(category="maintenance", cause="other", **{"w-0-id_number": _checked(child), "w-0-owed": ""})

    assert browser.post(URL, data).status_code == 302
    case = Case.objects.get()
    assert (case.category, case.claimants.get().items.count()) == ("maintenance", 0)


def _checked(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, first17, strict=True))
    return first17 + "10X98765432"[total % 11]


def test_more_rows_without_javascript_lose_nothing(browser):
    answer = browser.post(URL, form(5, add_rows="5", **{"w-4-remark": "会议室"}))

    assert answer.status_code == 200
    assert 'name="w-9-name"' in answer.text
    for word in ("工人4", "会议室", "某建设工程有限公司", "工资未付。"):
        assert word in answer.text
    assert Case.objects.count() == 0


@pytest.mark.parametrize("name", ["巴特尔·孟和", "李㛃䶮", "𠮷野", "O’Neil", "阿依古丽·买买提·艾则孜", "王"])
def test_names_of_all_kinds_are_kept(browser, name):
    assert browser.post(URL, form(**{"w-0-name": name})).status_code == 302
    assert Person.objects.get().name == name


def test_markup_is_inert_on_the_new_case(browser):
    xss = "<svg/onload=alert(1)>"
    fields = dict.fromkeys(["facts", "request", "intended_court", "project_name", "r0-name"], xss)

    page = browser.post(URL, form(**fields, **{"w-0-job": xss}), follow=True)

    assert page.status_code == 200
    assert xss not in page.text


def test_fields_of_the_model_cannot_be_smuggled_in(browser):
    browser.post(URL, form(stage="supported", official_number="假〔2026〕1号", organisation="1", code="X"))

    case = Case.objects.get()
    assert (case.stage, case.official_number) == (Stage.REGISTERED, "")


def test_a_year_end_list_of_sixty(browser):
    assert browser.post(URL, form(60)).status_code == 302
    assert Case.objects.get().claimants.count() == 60


def test_the_panel_is_part_of_the_page(browser):
    assert_panel_is_part_of_page(browser, URL)
