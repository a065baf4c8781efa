"""转办: whoever takes a case answers for everything of it, whoever had it before."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from cases import clocks
from cases.filing import actions as court
from cases.intake import actions as intake
from cases.intake import register
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts
from core import clock
from core.refusals import Refused
from deadlines import clocks as deadline_clocks
from deadlines.models import Deadline, Task
from tests.cases.court import days_ago, filed_case, fresh
from tests.cases.factories import case_of_office, id_number


def registered(cast, handler=None):
    worker = ClaimantFacts(person=PersonFacts(name="甲某", id_number=id_number(5)), due=Decimal("100"))
    facts = CaseFacts(
        claimants=[worker],
        respondents=[],
        source="walk_in",
        received_on=days_ago(3),
        category="wages",
        cause="",
    )
    return register.register(cast.office, facts=facts, handler=handler, by=cast.prosecutor)


def test_whoever_registered_an_application_may_take_it(cast):
    case = registered(cast)

    intake.assign(case, handler=cast.prosecutor, by=cast.prosecutor)

    assert fresh(case).handler == cast.prosecutor
    assert [each.responsible for each in clocks.running(case)] == [cast.prosecutor]


def test_a_handler_who_moved_to_another_office_leaves_the_case_behind(cast):
    case = registered(cast, handler=cast.prosecutor2)
    User.objects.filter(pk=cast.prosecutor2.pk).update(organisation=cast.other_office)

    intake.assign(fresh(case), handler=cast.prosecutor, by=cast.head)

    assert [each.responsible for each in clocks.running(case)] == [cast.prosecutor]


def test_a_case_is_not_handed_to_who_has_it(cast):
    case = case_of_office(cast, review=True)

    with pytest.raises(Refused, match="已是本案承办人"):
        intake.assign(case, handler=cast.prosecutor, by=cast.head)


def test_the_todo_of_a_hearing_goes_along(cast):
    case = filed_case(cast, procedure="ordinary")
    court.hear(case, held_at=clock.now() + timedelta(days=10), place="第一法庭", by=cast.prosecutor)

    intake.assign(case, handler=cast.prosecutor2, by=cast.head)

    assert Task.objects.get().assigned_to == cast.prosecutor2


def test_a_clock_that_hangs_on_the_page_of_the_case_goes_along(cast):
    case = case_of_office(cast, review=True)
    deadline_clocks.start(
        "C14",
        organisation=case.organisation,
        responsible=cast.prosecutor,
        title=f"{case} 司法确认申请",
        owner_url=case.get_absolute_url(),
        starts_on=days_ago(1),
        by=cast.prosecutor,
    )

    intake.assign(case, handler=cast.prosecutor2, by=cast.head)

    assert Deadline.objects.get(term__code="C14").responsible == cast.prosecutor2
