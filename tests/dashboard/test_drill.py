"""List, workbook, drill and dashboard say the same sum to the fen; the unit above sees no names."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry, Verb
from cases import lists
from core import clock
from dashboard.figures import FIGURES
from tests.cases.factories import CaseFactory, ClaimantFactory
from tests.cases.following import with_clock
from tests.cast import client_for
from tests.dashboard.money import paid, reversed_, withdrawn
from tests.htmx import assert_panel_is_part_of_page

DASHBOARD = reverse("dashboard:figures")
every_figure = pytest.mark.parametrize("name", FIGURES)


def url(name):
    return reverse("dashboard:drill", args=[name])


def shown(client, address, **query) -> dict[str, str]:
    body = client.get(address, query).content.decode()
    return dict(re.findall(r'data-figure="(\w+)" value="([^"]+)"', body))


def exported(client, name, **query) -> list[tuple]:
    answer = client.get(reverse("dashboard:drill_export", args=[name]), query)
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def fill(user, seed, *, cases=6):
    """Random cases of an office: groups, withdrawn claimants, money verified or not, some of it reversed."""
    dice = Random(seed)
    for _ in range(cases):
        day = clock.today() - timedelta(days=dice.randrange(300))
        case = CaseFactory(handler=user, review=True, received_on=day, accepted_on=day)
        claims = [dice.randrange(1, 9999999) / Decimal(100) for _ in range(dice.randrange(1, 4))]
        workers = [ClaimantFactory(case=case, claim=f"{claim:.2f}") for claim in claims]
        for worker in workers:
            entry = paid(
                case,
                {worker: f"{dice.randrange(1, 999999) / Decimal(100):.2f}"},
                on=min(day + timedelta(days=dice.randrange(200)), clock.today()),
                verified=dice.random() < 0.7,
                channel=dice.choice(["voluntary", "enforced", "after_judgment"]),
            )
            if entry.verified_at and dice.random() < 0.4:
                reversed_(entry)
        if dice.random() < 0.3:
            withdrawn(workers[0])
        with_clock(case, due_in=dice.randrange(-5, 5))
        with_clock(case, "P6b", due_in=-1)


def total(name, rows) -> str:
    """What the rows of a workbook add up to: their yuan column, or their number."""
    if not FIGURES[name].is_money:
        return str(len(rows) - 1)
    (column,) = [n for n, head in enumerate(rows[0]) if "（元）" in head]
    return f"{sum((Decimal(str(row[column])) for row in rows[1:]), Decimal()):.2f}"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("period", ["rolling", "month", "all"])
def test_dashboard_drill_and_workbook_agree_to_the_fen(prosecutor, other, seed, period):
    fill(prosecutor, seed)
    fill(other, seed + 100, cases=2)
    browser = client_for(prosecutor)
    dashboard = shown(browser, DASHBOARD, period=period)

    assert set(dashboard) == set(FIGURES)
    assert {name: shown(browser, url(name), period=period)[name] for name in FIGURES} == dashboard
    assert {name: total(name, exported(browser, name, period=period)) for name in FIGURES} == dashboard


def test_the_list_of_cases_adds_up_to_the_same(prosecutor):
    fill(prosecutor, 7)
    dashboard = shown(client_for(prosecutor), DASHBOARD, period="all")

    sums = lists.sums(lists.visible(prosecutor))

    assert dashboard["accepted_cases"] == str(sums.cases)
    assert dashboard["claimed_amount"] == f"{sums.claimed:.2f}"
    assert dashboard["recovered_amount"] == f"{sums.recovered:.2f}"


@pytest.mark.parametrize("seed", range(3))
def test_the_units_below_add_up_to_the_figure_of_the_unit_above(prosecutor, other, city, seed):
    fill(prosecutor, seed)
    fill(other, seed + 100)
    browser = client_for(city)

    for name, whole in shown(browser, DASHBOARD).items():
        units = exported(browser, name)
        parts = {row[0]: Decimal(str(row[2])) for row in units[1:]}
        assert sum(parts.values()) == Decimal(whole), name
        for code, part in parts.items():
            assert Decimal(shown(browser, url(name), unit=code)[name]) == part
            assert Decimal(total(name, exported(browser, name, unit=code))) == part


@every_figure
def test_the_unit_above_sees_no_names_and_no_way_into_a_case(prosecutor, city, name):
    fill(prosecutor, 3)
    people = {claimant.person.name for case in lists.visible(prosecutor) for claimant in case.claimants.all()}
    browser = client_for(city)
    unit = prosecutor.organisation.code

    page = browser.get(url(name), {"unit": unit}).content.decode()
    sheet = str(exported(browser, name, unit=unit))

    assert 'href="/cases/' not in page
    assert [who for who in people if who in page or who in sheet] == []


def test_every_page_of_a_long_drill_shows_the_total_of_the_whole(prosecutor):
    case = CaseFactory(handler=prosecutor, review=True)
    for _ in range(55):
        paid(case, {ClaimantFactory(case=case): "10.00"})
    browser = client_for(prosecutor)

    pages = [browser.get(url("recovered_amount"), {"page": n}).content.decode() for n in (1, 2)]

    assert [page.count("<tr>") - 1 for page in pages] == [50, 5]
    assert all('data-figure="recovered_amount" value="550.00"' in page for page in pages)


def test_a_bar_of_a_chart_opens_only_its_own_rows(prosecutor):
    fill(prosecutor, 5)
    browser = client_for(prosecutor)
    whole = Decimal(shown(browser, url("recovered_amount"))["recovered_amount"])

    parts = [
        Decimal(shown(browser, url("recovered_amount"), channel=channel)["recovered_amount"])
        for channel in ["voluntary", "enforced", "after_judgment"]
    ]

    assert sum(parts) == whole
    assert whole not in parts


def test_taking_rows_away_is_on_record(prosecutor):
    fill(prosecutor, 1, cases=1)
    exported(client_for(prosecutor), "accepted_cases")

    entry = Entry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor_number, entry.target_label, entry.detail) == (prosecutor.pk, "受理案件明细", "1 行")


def test_numbers_of_papers_are_masked_in_page_and_workbook(prosecutor):
    case = CaseFactory(handler=prosecutor, review=True)
    worker = ClaimantFactory(case=case)
    paid(case, {worker: "10.00"})
    browser = client_for(prosecutor)

    page = browser.get(url("recovered_workers")).content.decode()
    sheet = str(exported(browser, "recovered_workers"))

    assert all(worker.person.id_number not in text and "**********" in text for text in (page, sheet))


@every_figure
def test_the_panel_is_part_of_the_page(prosecutor, name):
    fill(prosecutor, 2, cases=2)
    assert_panel_is_part_of_page(client_for(prosecutor), url(name))


@every_figure
def test_a_drill_costs_the_same_at_one_and_many_rows(prosecutor, name, django_assert_max_num_queries):
    browser = client_for(prosecutor)
    fill(prosecutor, 1, cases=1)
    browser.get(url(name), {"period": "all"})
    with django_assert_max_num_queries(12) as few:
        browser.get(url(name), {"period": "all"})
    fill(prosecutor, 2, cases=5)
    with django_assert_max_num_queries(len(few)):
        browser.get(url(name), {"period": "all"})
