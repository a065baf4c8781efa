"""Each figure by its definition: what counts, what does not, whose it is."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Recovery
from core import clock
from dashboard.figures import FIGURES, scope_of
from dashboard.periods import period_of
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import CaseFactory, ClaimantFactory, case_of_office
from tests.cases.following import with_clock
from tests.cast import client_for
from tests.dashboard.money import paid, reversed_, withdrawn
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:figures")


def figure(name, user, **asked):
    return FIGURES[name].count(scope_of(user, period_of(asked), asked.get("unit", "")))


def on_page(user, **query) -> dict[str, str]:
    body = client_for(user).get(URL, query).content.decode()
    found = re.findall(r'data-figure="(\w+)" value="([^"]+)"', body)
    assert len(found) == len(dict(found)), "each figure stands on the page once"
    return dict(found)


def a_case(user, claims=("1000.00",), **traits):
    case = CaseFactory(handler=user, **({"review": True} | traits))
    return case, [ClaimantFactory(case=case, claim=claim) for claim in claims]


def test_the_page_shows_every_figure_of_the_contract_once(prosecutor):
    case, (worker,) = a_case(prosecutor, claims=["12000.50"])
    paid(case, {worker: "7000.25"})

    assert on_page(prosecutor) == {
        "recovered_amount": "7000.25",
        "recovered_workers": "1",
        "accepted_cases": "1",
        "supported_cases": "0",
        "claimed_amount": "12000.50",
        "open_cases": "1",
        "overdue": "0",
    }


def test_an_office_without_cases_has_a_page_of_noughts(prosecutor):
    assert set(on_page(prosecutor).values()) == {"0", "0.00"}
    assert set(on_page(prosecutor, period="all").values()) == {"0", "0.00"}


def test_only_verified_money_counts(prosecutor):
    case, (worker,) = a_case(prosecutor)
    paid(case, {worker: "400.00"}, verified=False)

    assert figure("recovered_amount", prosecutor) == Decimal("0.00")
    assert figure("recovered_workers", prosecutor) == 0


def test_a_reversal_takes_back_the_money_and_the_worker_once_it_is_verified(prosecutor):
    case, workers = a_case(prosecutor, claims=["1000.00", "1000.00"])
    wrong = paid(case, dict.fromkeys(workers, "300.00"))
    paid(case, {workers[0]: "500.00"})
    reversed_(wrong, verified=False)

    assert figure("recovered_amount", prosecutor) == Decimal("1100.00")

    Recovery.objects.filter(reverses=wrong).update(verified_by=wrong.verified_by, verified_at=clock.now())

    assert figure("recovered_amount", prosecutor) == Decimal("500.00")
    assert figure("recovered_workers", prosecutor) == 1


def test_a_person_in_two_cases_is_one_person(prosecutor):
    first, (worker,) = a_case(prosecutor)
    second = CaseFactory(handler=prosecutor, review=True)
    again = ClaimantFactory(case=second, person=worker.person)
    paid(first, {worker: "100.00"})
    paid(second, {again: "100.00"})

    assert figure("recovered_workers", prosecutor) == 1


@pytest.mark.parametrize(("day", "counts"), [(-1, False), (0, True), (9, True), (10, False)])
def test_both_days_of_a_period_count_and_none_beside_them(prosecutor, day, counts):
    first = clock.today() - timedelta(days=40)
    case, (worker,) = a_case(
        prosecutor, accepted_on=first + timedelta(days=day), received_on=first - timedelta(days=9)
    )
    paid(case, {worker: "100.00"}, on=first + timedelta(days=day))
    asked = {"period": "custom", "from": str(first), "to": str(first + timedelta(days=9))}

    assert figure("accepted_cases", prosecutor, **asked) == int(counts)
    assert figure("recovered_amount", prosecutor, **asked) == (100 if counts else 0)


def test_who_withdrew_is_not_claimed_for_and_the_decision_freezes_the_sum(cast, prosecutor):
    case = case_of_office(cast, reviewed=True)
    first, second = case.claimants.order_by("pk")
    withdrawn(second)
    before = figure("claimed_amount", prosecutor)

    agree_all(cast, submitted(cast, case=case))
    first.items.update(paid=Decimal("1.00"))

    assert (before, figure("claimed_amount", prosecutor)) == (Decimal("12000.00"), Decimal("12000.00"))


def test_support_counts_when_it_is_decided(cast, prosecutor):
    proposal = submitted(cast, "support")
    before = figure("supported_cases", prosecutor)
    agree_all(cast, proposal)

    assert (before, figure("supported_cases", prosecutor)) == (0, 1)
    assert (
        figure(
            "supported_cases", prosecutor, **{"period": "custom", "from": "2020-01-01", "to": "2020-02-01"}
        )
        == 0
    )


def test_open_and_overdue_are_of_now_whatever_the_period(prosecutor):
    case, _ = a_case(prosecutor)
    a_case(prosecutor, closed=True, review=False)
    with_clock(case, due_in=-1)
    with_clock(case, "P6b", due_in=0)
    long_ago = {"period": "custom", "from": "2020-01-01", "to": "2020-02-01"}

    assert figure("open_cases", prosecutor, **long_ago) == 1
    assert figure("overdue", prosecutor, **long_ago) == 1


def test_an_office_counts_its_own_and_the_unit_above_counts_all(prosecutor, other, city):
    for user, sum_ in [(prosecutor, "100.00"), (other, "23.00")]:
        case, (worker,) = a_case(user)
        paid(case, {worker: sum_})

    assert figure("recovered_amount", prosecutor) == Decimal("100.00")
    assert figure("recovered_amount", prosecutor, unit=other.organisation.code) == 0
    assert figure("recovered_amount", city) == Decimal("123.00")
    assert figure("recovered_amount", city, unit=other.organisation.code) == Decimal("23.00")


def test_a_bad_period_is_said_and_the_default_counted(prosecutor):
    page = client_for(prosecutor).get(URL, {"period": "custom", "from": "x"}).content.decode()

    assert "已按近十二个月统计" in page


def test_a_unit_outside_the_scope_is_said(prosecutor, other):
    assert (
        "不在你的范围内"
        in client_for(prosecutor).get(URL, {"unit": other.organisation.code}).content.decode()
    )


def test_the_panel_is_part_of_the_page(prosecutor):
    with clock.travel(date(2026, 11, 23)):
        assert_panel_is_part_of_page(client_for(prosecutor), URL)


def test_the_page_costs_the_same_however_many_cases_there_are(prosecutor, django_assert_max_num_queries):
    browser = client_for(prosecutor)

    def fill(n):
        for _ in range(n):
            case, (worker,) = a_case(prosecutor)
            paid(case, {worker: "10.00"})
            with_clock(case, due_in=-1)

    fill(1)
    browser.get(URL)
    with django_assert_max_num_queries(40) as one:
        browser.get(URL)
    fill(6)
    with django_assert_max_num_queries(len(one)):
        browser.get(URL)
