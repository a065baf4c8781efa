"""回款台账: what the office received, who entered and verified it, and what it adds up to."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry, Verb
from cases.models import Recovery
from core import clock
from dashboard.figures import FIGURES, scope_of
from dashboard.periods import period_of
from tests.cases.factories import CaseFactory, ClaimantFactory
from tests.cast import client_for
from tests.dashboard.money import paid, reversed_
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:ledger")


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def entry(user, *amounts, **kwargs):
    """One recovery of a fresh case; `amounts` are the shares of its workers."""
    case = CaseFactory(handler=user, review=True)
    return paid(case, {ClaimantFactory(case=case): amount for amount in amounts or ["100.00"]}, **kwargs)


def shown(browser, **query) -> str:
    response = browser.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def exported(browser, **query) -> list[tuple]:
    answer = browser.get(reverse("dashboard:ledger_export"), query)
    return list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))


def test_a_row_says_who_got_what_and_who_entered_and_verified_it(browser, prosecutor):
    recovery = entry(prosecutor, "100.00", "23.45")
    page = shown(browser)

    assert all(
        text in page
        for text in [
            "123.45",
            "等 2 人",
            "主动履行",
            "已核对",
            str(recovery.recorded_by),
            str(recovery.verified_by),
        ]
    )
    assert reverse("cases:money", args=[recovery.case.code]) in page


def test_nothing_of_another_office_is_in_it(browser, other):
    recovery = entry(other)

    assert recovery.case.official_number not in shown(browser)
    assert len(exported(browser)) == 1


def test_each_view_holds_its_own_entries(browser, prosecutor):
    verified, waiting = entry(prosecutor), entry(prosecutor, verified=False)

    page = shown(browser, state="waiting")

    assert waiting.case.official_number in page
    assert f">{verified.case}<" not in page


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ({"channel": "enforced"}, True),
        ({"channel": "voluntary"}, False),
        ({"q": "示例建设"}, True),
        ({"q": "查无此人"}, False),
        ({"from": clock.today() - timedelta(days=3), "to": clock.today() - timedelta(days=3)}, True),
        ({"from": clock.today() - timedelta(days=2)}, False),
        ({"to": clock.today() - timedelta(days=4)}, False),
    ],
)
def test_every_filter_narrows_list_and_workbook_alike(browser, prosecutor, query, finds):
    recovery = entry(prosecutor, channel="enforced", on=clock.today() - timedelta(days=3))

    assert (f">{recovery.case}<" in shown(browser, **query)) is finds
    assert len(exported(browser, **query)) == 1 + finds


def test_the_sum_of_the_ledger_is_the_figure_of_the_dashboard(browser, prosecutor):
    entry(prosecutor, "1000.10")
    reversed_(entry(prosecutor, "55.55"))
    entry(prosecutor, "7.00", verified=False)
    figure = FIGURES["recovered_amount"].count(scope_of(prosecutor, period_of({"period": "all"})))

    rows = exported(browser, state="verified")

    assert sum(Decimal(str(row[4])) for row in rows[1:]) == figure == Decimal("1000.10")
    page = shown(browser)
    assert "1,000.10" in page
    assert "另有待核对 7.00 元" in page


def test_what_a_person_typed_stays_text_in_the_workbook(browser, prosecutor):
    waiting = entry(prosecutor, verified=False)
    Recovery.objects.filter(pk=waiting.pk).update(payer="=1+1")
    answer = browser.get(reverse("dashboard:ledger_export"), {"state": "waiting"})

    cell = load_workbook(BytesIO(b"".join(answer.streaming_content))).active["G2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_the_export_is_on_record(browser, prosecutor):
    entry(prosecutor)
    exported(browser)

    assert [(e.target_label, e.detail) for e in Entry.objects.filter(verb=Verb.EXPORT)] == [
        ("回款台账", "1 笔")
    ]


def test_the_panel_is_part_of_the_page(browser, prosecutor):
    entry(prosecutor)
    assert_panel_is_part_of_page(browser, URL)


def test_one_and_thirty_rows_cost_the_same_and_no_more_than_twelve_queries(
    browser, prosecutor, django_assert_max_num_queries
):
    entry(prosecutor)
    shown(browser)
    with django_assert_max_num_queries(12) as one:
        shown(browser)
    for _ in range(29):
        entry(prosecutor)
    with django_assert_max_num_queries(len(one)):
        shown(browser)
