"""The one next step and the menu: what the policies leave open to this person at this stage."""

import re

import pytest

from cases.acts import ACTS, acts_for, page_of
from cases.header import head_of
from cases.models import Case, Suspension
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
    assert (primary(case, cast.prosecutor), menu(case, cast.prosecutor)) == ("", ["撤回送审"])
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
    assert closing.when(facts) is False

    recover(case, "20000.00", verified_by=cast.clerk)
    facts = head_of(Case.objects.get(pk=case.pk), cast.prosecutor).facts
    assert closing.when(facts) is True


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


def test_only_one_button_is_primary(cast):
    page = _page(case_of_office(cast, reviewed=True), cast.prosecutor)

    assert len(re.findall(r'class="btn primary"', page)) == 1


def test_a_page_that_does_not_exist_has_no_address(cast):
    case = CaseFactory(handler=cast.prosecutor)

    assert page_of(case, "no_such_page") == ""
    assert page_of(case, "log") == f"/cases/{case.code}/log/"
