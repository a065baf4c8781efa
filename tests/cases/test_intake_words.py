"""Sentences of the intake forms: which row, which question."""

from django.urls import reverse

from cases.intake.forms import CONDITIONS
from tests.cases.factories import case_of_office
from tests.cast import client_for


def test_an_open_condition_is_named_as_the_question_it_is(cast):
    case = case_of_office(cast)

    answer = client_for(cast.prosecutor).post(reverse("cases:examination", args=[case.code]), {"version": 1})

    assert answer.status_code == 422
    for question in CONDITIONS.values():
        assert f"“{question}”还没选，请选是、否或不适用。" in answer.text


def test_a_claim_paid_beyond_what_is_due_is_named_by_its_row_and_once(cast):
    case = case_of_office(cast, review=True)
    one = case.claimants.first()
    rows = {"kind-0": "unpaid_wage", "due-0": "100", "paid-0": "200", "kind-1": "unpaid_wage", "paid-1": "5"}

    url = reverse("cases:claim_items", args=[case.code, one.pk])
    answer = client_for(cast.prosecutor).post(url, rows | {"version": one.version})

    assert answer.status_code == 422
    assert "第 1 项已付大于应付，请核对两个金额。" in answer.text
    assert "还没填第 2 项应付" in answer.text
    assert "第 2 项已付大于应付" not in answer.text
