"""What the page of a case says before anything else: what came back, what is awaited, and where to put it right."""

from datetime import timedelta

import pytest

from cases.approval import actions as approval
from cases.header import head_of
from cases.intake import actions as intake
from cases.models import Case
from core import clock
from tests.cases.deciding import submitted
from tests.cases.factories import case_of_office
from tests.cases.following import recover, with_clock
from tests.cast import client_for


def read(case, user) -> str:
    return client_for(user).get(case.get_absolute_url()).content.decode()


def test_what_was_sent_back_is_read_at_once_and_leads_to_the_new_submission(cast):
    case = submitted(cast).case
    assert "已退回" not in read(case, cast.prosecutor)
    approval.send_back(case, opinion="请补充时效意见。", by=cast.head)

    page = read(Case.objects.get(pk=case.pk), cast.prosecutor)

    assert "赵主任 已退回“不支持起诉”：请补充时效意见。" in page
    assert page.index("请补充时效意见。") < page.index('id="overview"')


def test_a_supplement_that_is_awaited_says_until_when(cast):
    case = case_of_office(cast)
    due = clock.today() + timedelta(days=5)
    intake.ask_supplement(case, items="身份证复印件", due_on=due, by=cast.prosecutor)
    assert f"等待补正，{due} 到期：身份证复印件" in read(case, cast.prosecutor)

    intake.complete_supplement(case, completed_on=clock.today(), by=cast.prosecutor)
    assert "等待补正" not in read(case, cast.prosecutor)


@pytest.mark.parametrize(("label", "matter"), [("延期", "extend"), ("中止审查", "suspend")])
def test_extension_and_suspension_each_open_their_own_form(cast, label, matter):
    case = case_of_office(cast, reviewed=True)

    url = next(act.url for act in head_of(case, cast.prosecutor).acts if act.label == label)

    assert url == f"{case.get_absolute_url()}suspension/?matter={matter}"


@pytest.mark.parametrize(("code", "offered"), [("P6a", True), ("P4", False)])
def test_only_a_clock_that_can_be_extended_offers_it(cast, code, offered):
    case = case_of_office(cast, review=True)
    with_clock(case, code, due_in=-300)
    assert ("申请延长" in read(case, cast.prosecutor)) is offered


def test_a_paper_can_still_be_served_while_the_judgment_is_performed(cast):
    case = case_of_office(cast, enforcement=True)
    assert "登记送达" in [act.label for act in head_of(case, cast.prosecutor).acts]


def test_money_on_the_case_page_leads_to_its_own_entry(cast):
    case = case_of_office(cast, enforcement=True)
    entry = recover(case, "500.00")
    assert f'href="{case.get_absolute_url()}money/{entry.pk}/"' in read(case, cast.prosecutor)
