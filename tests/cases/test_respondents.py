"""被申请人: the chain of who passed the work on, and whom the law may make pay."""

import pytest
from django.urls import reverse

from cases.intake import chain, respondents
from cases.intake.facts import RespondentFacts
from cases.models import Case, Company, Respondent
from core.refusals import Conflict
from tests.cases.factories import CaseFactory, ClaimantFactory, RespondentFactory, case_of_office
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

USCC = "91350100M000100Y43"


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def top(case):
    return case.respondents.get()


def test_a_company_is_one_row_of_the_office_and_what_is_new_is_added(case, prosecutor):
    respondents.add(case, facts=RespondentFacts("示例劳务有限公司", uscc=USCC), by=prosecutor)
    other = CaseFactory(handler=prosecutor, review=True)

    respondents.add(
        other, facts=RespondentFacts("示例劳务有限公司", uscc=USCC, phone="13800138000"), by=prosecutor
    )

    assert Company.objects.get(uscc=USCC).phone == "13800138000"


def test_the_first_respondent_gives_the_title_its_name(cast, prosecutor):
    case = CaseFactory(handler=prosecutor, title="王建国诉待查追索劳动报酬纠纷")
    ClaimantFactory(case=case)

    respondents.add(case, facts=RespondentFacts("赵六", is_company=False, position="foreman"), by=prosecutor)

    assert Case.objects.get(pk=case.pk).title == "王建国诉赵六追索劳动报酬纠纷"


def test_the_chain_is_drawn_from_the_top(case, top):
    low = RespondentFactory(case=case, above=top, link="unlawful")
    lowest = RespondentFactory(case=case, above=low, position="foreman")

    assert chain.arrange(case.respondents.all()) == [(0, top), (1, low), (2, lowest)]


@pytest.mark.parametrize(
    ("position", "link", "article"),
    [
        ("subcontractor", "", "第30条"),
        ("labour_company", "resold", "工程转包"),
        ("foreman", "", "第36条"),
        ("lent_licence", "", "司法解释（二）第2条"),
        ("developer", "", "第29条"),
        ("developer", "", "第37条"),
        ("host_unit", "", "第18条"),
        ("investor", "", "第20条"),
        ("foreman", "", "第19条"),
        ("employer", "lent", "第19、36条"),
    ],
)
def test_hints_follow_position_and_link(position, link, article):
    assert article in "".join(chain.hints(Respondent(position=position, link=link)))


def test_an_employer_alone_gets_no_hint():
    assert chain.hints(Respondent(position="employer")) == []


def test_a_chain_does_not_bite_its_tail(case, top, prosecutor):
    low = RespondentFactory(case=case, above=top)
    elsewhere = RespondentFactory(case=CaseFactory(handler=prosecutor))

    for above, sentence in [(low, "自己的下一手"), (top, "不能是自己"), (elsewhere, "本案的另一个")]:
        with refused(sentence):
            respondents.change(top, version=1, by=prosecutor, above=above)


def test_changing_is_locked_versioned_and_knows_its_stage(cast, case, top):
    with locks_first():
        respondents.change(top, version=1, by=cast.prosecutor, position="developer")
    with pytest.raises(Conflict):
        respondents.change(top, version=1, by=cast.prosecutor, position="foreman")
    decided = case_of_office(cast, supported=True).respondents.get()
    with refused("不能修改当事人与诉求"):
        respondents.change(decided, version=1, by=cast.prosecutor, position="foreman")


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


NEW = {"kind": "company", "name": "某劳务公司", "position": "labour_company", "is_defendant": "on"}


def test_adding_by_hand_shows_the_chain_with_its_hints(browser, case, top):
    url = reverse("cases:respondent_new", args=[case.code])

    answer = browser.post(url, NEW | {"uscc": USCC, "above": top.pk, "link": "unlawful"}, follow=True)

    assert answer.status_code == 200
    assert "depth1" in answer.text
    assert "第36条" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uscc": "91350100M000100Y44"}, "统一社会信用代码"),
        ({"kind": "person", "uscc": USCC}, "是个人时不填统一社会信用代码"),
        ({"id_number": "11010519491231002X"}, "是单位时不填身份证号"),
        ({"link": "lent"}, "还没选上一手"),
        ({"name": ""}, "还没填名称或姓名"),
        ({"name": "a\x00b"}, "控制字符"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser, case, changes, sentence):
    answer = browser.post(reverse("cases:respondent_new", args=[case.code]), NEW | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert case.respondents.count() == 1


def test_one_company_twice_is_a_sentence(browser, case):
    url = reverse("cases:respondent_new", args=[case.code])
    browser.post(url, NEW)

    answer = browser.post(url, NEW)

    assert (answer.status_code, case.respondents.count()) == (422, 2)
    assert "已是本案被申请人" in answer.text


def test_a_stale_form_is_409_with_words_instead_of_codes(browser, case, top, prosecutor):
    respondents.change(top, version=1, by=prosecutor, position="developer", is_defendant=False)
    url = reverse("cases:respondent", args=[case.code, top.pk])

    answer = browser.post(url, {"version": "1", "position": "foreman", "is_defendant": "on"})
    chosen = browser.post(url, {"version": "2", "position": "foreman", "is_defendant": "False"})

    assert answer.status_code == 409
    assert "包工头" in answer.text
    assert "建设单位" in answer.text
    top.refresh_from_db()
    assert (chosen.status_code, top.position, top.is_defendant) == (302, "foreman", False)


def test_the_panels_are_part_of_their_pages(browser, case, top):
    for name, args in [("respondent_new", []), ("respondent", [top.pk])]:
        assert_panel_is_part_of_page(browser, reverse(f"cases:{name}", args=[case.code, *args]))
