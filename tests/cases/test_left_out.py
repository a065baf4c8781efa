"""A form that leaves a date out never erases it: every edit form of a case that carries dates, and the base."""

from datetime import date

import pytest
from django.urls import reverse

from cases.enforcement import actions as following
from core import clock
from core.fields import DayField, TextField
from core.forms import Versioned
from tests.cases.court import COURT, days_ago, enforced_case
from tests.cases.deciding import supportable
from tests.cases.factories import AcceptanceReviewFactory, CaseFactory, ClaimantFactory, ClaimItemFactory
from tests.cast import client_for

DAY = date(2026, 3, 2)


class Edit(Versioned):
    """A made-up form over a stored row."""

    begun_on = DayField(label="开始日期")
    ended_on = DayField(label="结束日期", required=False)
    note = TextField(label="说明", required=False)


def facts(posted, version=3):
    form = Edit(posted, initial={"begun_on": DAY, "ended_on": DAY, "note": "原话", "version": version})
    return form.facts if form.is_valid() else form.errors


def test_a_date_that_is_not_in_the_post_stays_as_it_is_stored():
    assert facts({"version": "3"}) == {"begun_on": DAY, "ended_on": DAY, "note": ""}


def test_a_blank_date_is_cleared_only_where_blank_is_allowed():
    assert facts({"version": "3", "begun_on": "2026-03-03", "ended_on": ""})["ended_on"] is None
    assert "begun_on" in facts({"version": "3", "begun_on": "", "ended_on": ""})


def test_a_suggested_date_of_a_row_that_is_not_there_yet_is_not_stored():
    assert "begun_on" in facts({"version": "0"}, version=0)


def _enforcement(cast):
    case = enforced_case(cast)
    row = following.apply(case, applied_on=days_ago(9), court=COURT, court_number="", by=cast.prosecutor)
    row = following.update(case, version=row.version, terminated_for_now_on=days_ago(5), by=cast.prosecutor)
    posted = {"version": row.version, "court": COURT, "court_number": ""}
    return "enforcement", (), case, posted, row, ("applied_on", "terminated_for_now_on")


def _claimant(cast):
    case = CaseFactory(handler=cast.prosecutor, review=True)
    row = ClaimantFactory(case=case, worked_from=DAY, worked_to=DAY)
    return (
        "claim",
        (row.pk,),
        case,
        {"version": row.version, "job": "木工"},
        row,
        ("worked_from", "worked_to"),
    )


def _limitation(cast):
    case = supportable(cast)
    row = case.review
    row.limitation_from = DAY
    row.save()
    posted = {"version": row.version, "limitation_note": "没有超过"}
    return "review_limitation", (), case, posted, row, ("limitation_from",)


def _examination(cast):
    case = CaseFactory(handler=cast.prosecutor)
    row = AcceptanceReviewFactory(case=case, examined_on=case.received_on)
    names = ("in_scope", "right_holder", "clear_respondent", "jurisdiction", "voluntary", "weak_ability")
    posted = dict.fromkeys((*names, "other_relief", "not_in_court"), "yes")
    posted |= {"proposal": "accept", "opinion": "符合。", "version": row.version}
    return "examination", (), case, posted, row, ("examined_on",)


@pytest.mark.parametrize("maker", [_enforcement, _claimant, _limitation, _examination])
def test_an_edit_form_without_its_dates_keeps_them(cast, maker):
    name, more, case, posted, row, fields = maker(cast)
    row.refresh_from_db()
    stored = [getattr(row, field) for field in fields]
    assert all(stored)

    response = client_for(cast.prosecutor).post(reverse(f"cases:{name}", args=[case.code, *more]), posted)

    row.refresh_from_db()
    assert response.status_code == 302
    assert [getattr(row, field) for field in fields] == stored


def test_a_claim_item_keeps_its_period_and_a_row_taken_away_stays_away(cast):
    case = CaseFactory(handler=cast.prosecutor, review=True)
    one = ClaimantFactory(case=case, claim=False)
    for _ in range(2):
        ClaimItemFactory(claimant=one, period_from=DAY, period_to=clock.today())
    posted = {"version": one.version, "kind-0": "unpaid_wage", "due-0": "9000", "paid-0": "0"}

    address = reverse("cases:claim_items", args=[case.code, one.pk])
    response = client_for(cast.prosecutor).post(address, posted)

    assert response.status_code == 302
    assert [(item.period_from, item.period_to) for item in one.items.all()] == [(DAY, clock.today())]
