"""The page of one case: everything at one look, masked, within its queries; banners; who sees it."""

import re
from datetime import date

import pytest

from cases import sections
from cases.header import steps
from cases.models import Case, Claimant, Filing, Suspension
from cases.risks import risks
from cases.workflow import Stage
from core import clock
from tests.cases.factories import (
    CaseFactory,
    ClaimantFactory,
    EvidenceFactory,
    LimitationFactory,
    case_of_office,
)
from tests.cases.following import recover, with_clock
from tests.cases.watching import watched
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


def read(case, user) -> str:
    answer = client_for(user).get(case.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_due_and_what_came_in_stands_on_the_page(case, prosecutor, clerk):
    with_clock(case, due_in=2)
    EvidenceFactory(case=case)
    recover(case, "3000.00", verified_by=clerk)
    recover(case, "500.00")

    page = read(case, prosecutor)

    assert page.count("剩 2 天") >= 2
    for words in (
        "涉案 20,000.00 元",
        "承办人 李检察官",
        "3,000.00",
        "另有 500.00 待核对",
        "17,000.00",
        "工资欠条",
    ):
        assert words in page


def test_identity_numbers_and_phones_are_masked(case, prosecutor):
    page = read(case, prosecutor)

    for claimant in case.claimants.all():
        assert claimant.person.id_number not in page
        assert claimant.person.phone not in page
        assert f"{claimant.person.id_number[:4]}**********{claimant.person.id_number[-4:]}" in page


def test_sixty_workers_cost_the_queries_of_two(case, prosecutor, settings, django_assert_max_num_queries):
    """The numbers of the side bar are kept for half a minute, as outside tests."""
    settings.NAVIGATION_COUNTS_SECONDS = 30
    with_clock(case, due_in=2)
    browser = client_for(prosecutor)
    browser.get(case.get_absolute_url())

    def cost() -> int:
        with django_assert_max_num_queries(20) as queries:
            browser.get(case.get_absolute_url())
        return len(queries)

    two = cost()
    ClaimantFactory.create_batch(58, case=case)

    assert cost() == two


def test_a_case_in_court_with_money_stays_within_twenty_queries(
    cast, settings, django_assert_max_num_queries
):
    settings.NAVIGATION_COUNTS_SECONDS = 30
    case = case_of_office(cast, enforcement=True)
    Filing.objects.create(
        case=case, court="集宁区人民法院", court_number="（2026）内0902民初1号", filed_on=clock.today(),
        procedure="ordinary", recorded_by=cast.prosecutor,
    )  # fmt: skip
    recover(case, "100.00", verified_by=cast.clerk)
    browser = client_for(cast.prosecutor)
    browser.get(case.get_absolute_url())

    with django_assert_max_num_queries(20):
        assert "（2026）内0902民初1号" in browser.get(case.get_absolute_url()).content.decode()


def test_eight_workers_are_open_and_the_rest_is_folded(case, prosecutor):
    ClaimantFactory.create_batch(7, case=case)

    page = read(case, prosecutor)

    assert "展开其余 1 人" in page
    assert len(re.findall(r"138\*\*\*\*", page)) == 9


def test_a_withdrawn_worker_is_struck_out_and_comes_last(case, prosecutor):
    first = case.claimants.first()
    Claimant.objects.filter(pk=first.pk).update(
        withdrawn_on=clock.today(), withdrawn_by=prosecutor, withdrawal_reason="不再主张"
    )

    page = read(case, prosecutor)

    assert ("已撤回" in page, "1 人，应付合计 8,000.00 元" in page) == (True, True)
    assert page.index(str(case.claimants.last().person)) < page.index("已撤回")


def test_a_suspended_case_says_since_when_and_why(case, prosecutor):
    Suspension.objects.create(
        case=case,
        ground="other_case",
        reason="等仲裁裁决",
        starts_on=date(2026, 11, 2),
        recorded_by=prosecutor,
    )

    assert "案件自 2026-11-02 起中止审查：须等待另案结果（仲裁、刑事、破产等）。等仲裁裁决" in read(
        case, prosecutor
    )


def test_an_archived_case_is_shown_as_read_only(cast):
    case = CaseFactory(handler=cast.prosecutor, closed=True)
    Case.objects.filter(pk=case.pk).update(**{"stage": "archived"})

    page = read(case, cast.prosecutor)

    assert "已归档，只读。" in page
    assert "btn primary" not in page


@pytest.mark.parametrize("who", ["other", "other_chief", "city", "legalaid", "sysadmin", "auditor"])
def test_outside_the_office_the_case_does_not_exist(case, cast, who):
    assert client_for(getattr(cast, who)).get(case.get_absolute_url()).status_code == 404


def test_the_panel_is_part_of_the_page(case, prosecutor):
    assert_panel_is_part_of_page(client_for(prosecutor), case.get_absolute_url())


def test_an_application_shows_its_page_before_anything_else_is_known(cast):
    page = read(CaseFactory(handler=cast.prosecutor), cast.prosecutor)

    for words in ("还没有申请人。", "还没有被申请人。", "没有进行中的期限。", "受理后开始审查。"):
        assert words in page


def test_apps_above_may_add_a_section(case, prosecutor, monkeypatch):
    monkeypatch.setattr(sections, "_registered", {})
    shown = {
        "title": "诉前和解",
        "url": "/m/",
        "action": "办理",
        "rows": [{"text": "已达成和解", "tag": "履行中"}],
    }
    sections.register("settlement", lambda case, user: shown)
    sections.register("nothing", lambda case, user: None)

    page = read(case, prosecutor)

    assert ('id="settlement"' in page, 'href="#settlement"' in page, "已达成和解" in page) == (
        True,
        True,
        True,
    )
    assert 'id="nothing"' not in page


def test_steps_carry_their_dates_and_say_where_it_ended(cast):
    case = CaseFactory(handler=cast.prosecutor, enforcement=True)
    facts = type("Facts", (), {"concluded_at": None, "filed_on": clock.today(), "effective_on": None})

    found = {step["label"]: step["state"] for step in steps(case, facts, [])}
    assert list(found) == ["线索", "受理", "审查", "决定", "诉讼", "执行跟踪", "办结"]
    assert list(found.values()) == ["done"] * 5 + ["cur", "todo"]

    declined = CaseFactory.build(
        handler=cast.prosecutor, **{"stage": Stage.DECLINED, "decided_on": clock.today()}
    )
    states = [step["state"] for step in steps(declined, facts, [])]
    assert states[3:] == ["ended", "passed", "passed", "passed"]


@pytest.mark.parametrize(
    ("today", "label"),
    [
        (date(2026, 6, 2), []),
        (date(2026, 6, 3), ["时效剩 180 天"]),
        (date(2026, 11, 30), ["时效今天届满"]),
        (date(2026, 12, 1), ["时效 2026-11-30 届满"]),
    ],
)
def test_the_nearest_limitation_is_a_risk_from_registration_on(cast, today, label):
    case, _ = watched(cast)

    assert risk_labels(case, today) == [*label, ASKED]


def test_a_limitation_without_a_base_day_is_a_risk(case):
    LimitationFactory(case=case)

    assert risk_labels(case, date(2026, 12, 7)) == ["时效起算日待查明", ASKED]


ASKED = "时效中断待确认 1 项"  # the application to the procuratorate


def risk_labels(case, today) -> list[str]:
    claimants = list(case.claimants.select_related("person"))
    return [risk.label for risk in risks(case, claimants, today)]


def test_risks_name_groups_ages_and_the_festival(case):
    assert risk_labels(case, date(2026, 12, 7)) == []
    assert risk_labels(case, date(2026, 12, 8)) == ["临近春节"]

    for born_on in (date(2009, 11, 2), date(1966, 11, 1)):
        ClaimantFactory(case=case, person__born_on=born_on)
    assert risk_labels(case, date(2026, 11, 1)) == ["未成年 1 人", "超龄 1 人"]
    ClaimantFactory.create_batch(6, case=case)
    assert risk_labels(case, date(2026, 11, 1))[0] == "涉 10 人群体，未登记代表人"


def test_opening_a_case_puts_it_first_among_the_recent(case, prosecutor):
    browser = client_for(prosecutor)
    second = CaseFactory(handler=prosecutor)
    for one in (case, second, case):
        browser.get(one.get_absolute_url())

    assert browser.session["recent_cases"] == [case.pk, second.pk]


def test_a_masked_number_can_be_asked_for(case, prosecutor):
    page = read(case, prosecutor)

    for claimant in case.claimants.all():
        assert f"/cases/{case.code}/claims/{claimant.pk}/reveal/id_number/" in page
        assert f"/cases/{case.code}/claims/{claimant.pk}/reveal/phone/" in page
