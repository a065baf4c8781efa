"""The one next step and the menu: what the policies leave open to this person at this stage."""

import re
from datetime import date

import pytest

from cases.acts import ACTS, acts_for, page_of
from cases.header import head_of
from cases.models import Case, Filing, Judgment, Suspension
from cases.workflow import Matter, Stage
from core import clock
from tests.cases.deciding import submitted
from tests.cases.factories import CaseFactory, case_of_office
from tests.cases.following import recover
from tests.cast import client_for


def primary(case: Case, user) -> str:
    """The label of the primary button, from a fresh look at the case."""
    act = head_of(Case.objects.get(pk=case.pk), user).primary
    return act.label if act else ""


def menu(case: Case, user) -> list[str]:
    return [act.label for act in head_of(Case.objects.get(pk=case.pk), user).acts]


def test_an_application_is_first_assigned_then_examined(cast):
    case = case_of_office(cast)
    assert (primary(case, cast.prosecutor), primary(case, cast.prosecutor2)) == ("受理审查", "")

    Case.objects.filter(pk=case.pk).update(handler=None)
    assert primary(case, cast.head) == "分派承办人"


def test_a_case_in_review_is_filled_in_until_it_is_ready(cast):
    fresh, ready = case_of_office(cast, review=True), case_of_office(cast, reviewed=True)

    assert "提交处理意见" in [primary(ready, cast.prosecutor), *menu(ready, cast.prosecutor)]
    assert primary(ready, cast.prosecutor) == "提交处理意见"
    assert {"延期", "中止审查"} <= set(menu(ready, cast.prosecutor))
    assert primary(fresh, cast.prosecutor) != "去审批"


def test_a_suspended_case_is_first_resumed(cast):
    case = case_of_office(cast, reviewed=True)
    Suspension.objects.create(
        case=case, ground="mediation", reason="调解中", starts_on=clock.today(), recorded_by=cast.prosecutor
    )

    assert primary(case, cast.prosecutor) == "恢复审查"
    assert {"延期", "中止审查", "提交处理意见"} & set(menu(case, cast.prosecutor)) == set()


def test_what_waits_for_approval_leads_the_approver_there_and_the_others_nowhere(cast):
    case = submitted(cast, Matter.DECLINE).case

    assert primary(case, cast.head) == "去审批"
    assert (primary(case, cast.prosecutor), menu(case, cast.prosecutor)) == ("", ["撤回送审", "登记程序事件"])
    assert primary(case, cast.chief) == ""
    assert "下一步：审批人审批" in _page(case, cast.prosecutor)


def _page(case, user) -> str:
    return client_for(user).get(case.get_absolute_url()).content.decode()


def test_nobody_is_offered_what_their_policy_refuses(cast):
    case = case_of_office(cast, reviewed=True)

    for user in (cast.prosecutor2, cast.chief):
        assert (primary(case, user), menu(case, user)) == ("", [])
    assert "转办" in menu(case, cast.head)


def test_money_leads_in_enforcement_until_all_is_paid(cast):
    labels = [act.label for act in ACTS[Stage.ENFORCEMENT] if act.leads]
    assert labels == ["办结", "登记到账"]

    case = case_of_office(cast, enforcement=True)
    facts = head_of(case, cast.prosecutor).facts
    closing = ACTS[Stage.ENFORCEMENT][0]
    assert closing.when(facts, cast.prosecutor) is False

    recover(case, "20000.00", verified_by=cast.clerk)
    facts = head_of(Case.objects.get(pk=case.pk), cast.prosecutor).facts
    assert closing.when(facts, cast.prosecutor) is True


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_answers_for_everybody(cast, stage):
    case = case_of_office(cast, reviewed=True)
    Case.objects.filter(pk=case.pk).update(**{"stage": stage})
    case.refresh_from_db()

    for user in (
        cast.prosecutor,
        cast.prosecutor2,
        cast.head,
        cast.chief,
        cast.clerk,
        cast.other,
        cast.legalaid,
    ):
        head = head_of(Case.objects.get(pk=case.pk), user)
        labels = [act.label for act in (head.primary, *head.acts) if act]
        assert len(labels) == len(set(labels))
        assert len([act for act in [head.primary] if act]) <= 1
    assert acts_for(case, cast.other, head.facts) == []


def in_trial(cast, **judgment) -> Case:
    """A case before the court; with `judgment` its first instance has been decided."""
    case = case_of_office(cast, trial=True)
    filing = Filing.objects.create(
        case=case,
        court="集宁区人民法院",
        court_number="（2026）内0902民初1号",
        filed_on=clock.today(),
        procedure="ordinary",
        recorded_by=cast.prosecutor,
    )
    if judgment:
        common = {"kind": "judgment", "adopted": "full", "number": "1号", "made_on": clock.today()}
        Judgment.objects.create(filing=filing, recorded_by=cast.prosecutor, **common, **judgment)
    return case


SITUATIONS = {
    "no judgment": ({}, "登记裁判"),
    "not served": ({"result": "full"}, "登记裁判送达"),
    "served": ({"result": "full", "last_served_on": date(2026, 11, 1)}, "登记生效"),
    "dismissed": ({"result": "dismissed", "last_served_on": date(2026, 11, 1)}, "登记撤诉或驳回"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_in_court_the_next_step_follows_the_judgment(cast, situation):
    judgment, expected = SITUATIONS[situation]
    case = in_trial(cast, **judgment)

    assert primary(case, cast.prosecutor) == expected


@pytest.mark.parametrize("situation", SITUATIONS)
def test_looking_ahead_hides_no_act_that_a_policy_leaves_open(cast, situation):
    """`when` spares queries; it must never be stricter than the policy."""
    case = in_trial(cast, **SITUATIONS[situation][0])
    facts = head_of(case, cast.prosecutor).facts

    for act in ACTS[Stage.TRIAL]:
        if not act.when(facts, cast.prosecutor):
            assert act.why_not(case, cast.prosecutor), act.label


@pytest.mark.parametrize("situation", [*SITUATIONS, "approval"])
def test_every_situation_stays_within_twenty_queries(
    cast, settings, django_assert_max_num_queries, situation
):
    """The numbers of the side bar are kept for half a minute, as outside tests."""
    settings.NAVIGATION_COUNTS_SECONDS = 30
    if situation == "approval":
        case = submitted(cast, Matter.SUPPORT).case
    else:
        case = in_trial(cast, **SITUATIONS[situation][0])
    browser = client_for(cast.head)
    browser.get(case.get_absolute_url())

    with django_assert_max_num_queries(20):
        browser.get(case.get_absolute_url())


def test_only_one_button_is_primary(cast):
    page = _page(case_of_office(cast, reviewed=True), cast.prosecutor)

    assert len(re.findall(r'class="btn primary"', page)) == 1


def test_a_page_that_does_not_exist_has_no_address(cast):
    case = CaseFactory(handler=cast.prosecutor)

    assert page_of(case, "no_such_page") == ""
    assert page_of(case, "log") == f"/cases/{case.code}/log/"
