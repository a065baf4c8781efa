"""约定履行 (M1): money that was verified meets it, a reversal opens it again; dates of a mediation are corrected."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cases import clocks as case_clocks
from cases.correction import actions as correcting
from cases.correction.dates import stated_dates
from cases.correction.preview import preview
from cases.recovery import actions as money
from core import clock
from deadlines.models import Deadline
from mediation import actions
from tests.cases.court import days_ago, enter, paid
from tests.cases.factories import case_of_office
from tests.cases.traces import refused
from tests.mediation.factories import running, shares_of


@pytest.fixture(autouse=True)
def _approvers(cast):
    assert cast.head
    assert cast.chief


def agreed(cast, *, later=0, by_body=False, made_on=None, **dates):
    """12000 and 7000 yuan; the second sum is due `later` days after the first."""
    mediation = running(cast, by_body=by_body)
    type(mediation).objects.filter(pk=mediation.pk).update(started_on=days_ago(9))
    mediation.refresh_from_db()
    shares = shares_of(mediation, Decimal("12000.00"), Decimal("7000.00"))
    _, second = shares
    shares[second] = (Decimal("7000.00"), clock.today() + timedelta(days=later))
    made_on = made_on or days_ago(3)
    facts = {"made_on": made_on, "effective_on": made_on, "performance": "一次付清", "signed": True} | dates
    actions.agree(mediation, shares=shares, by=cast.prosecutor, **facts)
    return mediation


def m1(case):
    return list(Deadline.objects.filter(case_clocks.of_case(case), term__code="M1").order_by("due_on"))


def test_the_sum_of_each_day_meets_its_own_period(cast):
    case = agreed(cast, later=20).case

    paid(case, cast, 12000, 0, paid_on=days_ago(2))
    assert [one.met_on for one in m1(case)] == [days_ago(2), None]
    paid(case, cast, 0, 6999)
    assert [one.met_on for one in m1(case)] == [days_ago(2), None]
    paid(case, cast, 0, 1, paid_on=clock.today())

    _, second = m1(case)
    assert (second.met_on, second.met_by, second.met_note) == (
        clock.today(),
        cast.prosecutor,
        "约定款项已全部到账并核对",
    )


def test_what_nobody_verified_or_came_before_the_agreement_meets_nothing(cast):
    case = agreed(cast).case

    enter(case, cast.clerk, 12000, 7000)
    paid(case, cast, 12000, 7000, paid_on=days_ago(4), excess_reason="协议前已付")

    assert [one.met_on for one in m1(case)] == [None]


def test_money_reversed_opens_it_again_and_a_tick_by_hand_stays(cast):
    case = agreed(cast, later=20).case
    recovery = paid(case, cast, 12000, 0)
    assert [bool(one.met_on) for one in m1(case)] == [True, False]

    counter = money.reverse(recovery, reason="记错了案件", by=cast.clerk)
    assert m1(case)[0].met_on
    money.verify(counter, by=cast.prosecutor)

    first = m1(case)[0]
    assert (first.met_on, first.reopenings.get().was_note) == (None, "约定款项已全部到账并核对")


def test_money_that_came_before_the_agreement_was_registered_meets_it(cast):
    mediation = running(cast)
    type(mediation).objects.filter(pk=mediation.pk).update(started_on=days_ago(9))
    mediation.refresh_from_db()
    paid(mediation.case, cast, 12000, 7000, paid_on=days_ago(2))

    shares = shares_of(mediation, Decimal("12000.00"), Decimal("7000.00"))
    facts = {"made_on": days_ago(3), "effective_on": days_ago(3), "performance": "一次付清", "signed": True}
    actions.agree(mediation, shares=shares, by=cast.prosecutor, **facts)

    assert [one.met_on for one in m1(mediation.case)] == [days_ago(2)]


def correct(case, key, on):
    stated = stated_dates(case)[key]
    found = preview(case, stated, on)
    by = case.handler
    correcting.correct(case, what=key, on=on, reason="协议书上的日期", seen=found.seen, by=by)
    return found


def test_the_day_the_agreement_takes_effect_moves_the_judicial_confirmation(cast):
    mediation = agreed(cast, by_body=True)

    found = correct(mediation.case, f"agreement-{mediation.agreement.pk}", days_ago(1))

    confirmation = Deadline.objects.get(case_clocks.of_case(mediation.case), term__code="C14")
    assert [(one.deadline.rule["code"], one.new_due) for one in found.changes] == [
        ("C14", confirmation.due_on)
    ]
    assert confirmation.starts_on == days_ago(1)
    mediation.agreement.refresh_from_db()
    assert mediation.agreement.effective_on == days_ago(1)
    with refused("早于签订日期"):
        correct(mediation.case, f"agreement-{mediation.agreement.pk}", days_ago(4))


def test_beginning_and_failure_of_a_mediation_move_the_review(cast, settings):
    settings.MEDIATION_SUSPENDS = True
    case = case_of_office(cast, reviewed=True, received_on=days_ago(31), accepted_on=days_ago(30))
    case_clocks.start(case, "P6a", on=case.accepted_on, by=cast.prosecutor, rests_on="accepted_on")
    facts = {"kind": "procuratorial", "mediator": None, "started_on": days_ago(8), "willing": True}
    mediation = actions.start(case, **facts, by=cast.prosecutor)
    actions.fail(mediation, reason="差距太大", ended_on=days_ago(2), by=cast.prosecutor)

    correct(case, f"mediation-{mediation.pk}", days_ago(6))
    correct(case, f"mediation_end-{mediation.pk}", days_ago(1))

    (review,) = case_clocks.running(case, ["P6a"])
    assert (review.paused_on, review.paused_days) == (None, 5)
