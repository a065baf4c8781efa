"""文号登记: what each number is, which are void and why, which were taken and never used."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from core import clock
from documents import numbers, register
from documents.models import Number
from tests.cases.factories import case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("cases:numbers")


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


def issued(case, by):
    document = drafting.draft(case, paper_by("accept_notice"), by=by)
    return drafting.issue(case, document, by=by)


def entries(office, **wanted):
    return {each.number.text: each for each in register.entries(list(register.numbers_of(office, **wanted)))}


def test_a_number_on_a_paper_is_used_and_leads_there(cast, case):
    issue = issued(case, cast.prosecutor)
    page = client_for(cast.clerk).get(URL).text

    assert entries(cast.office)[issue.number].state == "used"
    assert issue.number in page
    assert reverse("cases:document", args=[case.code, issue.document_id]) in page


def test_a_number_of_a_voided_paper_stays_used_up_and_keeps_its_reason(cast, case):
    issue = issued(case, cast.prosecutor)
    drafting.void(case, issue.document, reason="写错申请人", by=cast.prosecutor)
    following = issued(case, cast.prosecutor)

    entry = entries(cast.office)[issue.number]
    assert (entry.state, entry.void_reason) == ("void", "写错申请人")
    assert Number.objects.get(text=issue.number).voided_by == cast.prosecutor
    assert following.number != issue.number
    assert "作废原因：写错申请人" in client_for(cast.clerk).get(URL).text


def test_a_draft_that_is_voided_gives_up_no_number(cast, case):
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    drafting.void(case, document, reason="不用了", by=cast.prosecutor)

    assert not Number.objects.exclude(voided_at=None).exists()


def test_a_number_taken_and_not_used_is_shown_as_such(cast):
    taken = numbers.take(cast.office, kind="letter", year=2026, by=cast.clerk)

    assert entries(cast.office)[taken.text].state == "unused"
    assert "未使用" in client_for(cast.clerk).get(URL).text


def test_the_number_of_a_case_leads_to_the_case(cast, case):
    number = numbers.take(cast.office, kind="case", year=2026, by=cast.head)
    type(case).objects.filter(pk=case.pk).update(official_number=number.text)

    page = client_for(cast.clerk).get(URL).text
    assert (">案号<" in page, case.get_absolute_url() in page) == (True, True)


def test_numbers_are_found_by_words_kind_and_year(cast, case):
    issue = issued(case, cast.prosecutor)
    letter = numbers.take(cast.office, kind="letter", year=2025, by=cast.clerk)
    year = clock.today().year

    assert set(entries(cast.office, kind="letter")) == {letter.text}
    assert set(entries(cast.office, year=year, kind="accept")) == {issue.number}
    assert set(entries(cast.office, words="支受")) == {issue.number}
    page = client_for(cast.clerk).get(URL, {"q": "支受", "kind": "accept", "year": str(year)}).text
    assert (issue.number in page, letter.text in page) == (True, False)


@pytest.mark.parametrize("query", [{"year": "abc"}, {"kind": "'"}, {"page": "x"}, {"q": "%"}])
def test_odd_questions_get_an_answer(cast, case, query):
    assert client_for(cast.clerk).get(URL, query).status_code == 200


def test_numbers_of_another_office_and_internal_codes_are_not_shown(cast, case):
    other = numbers.take(cast.other_office, kind="letter", year=2026, by=cast.other)
    numbers.take_code(cast.office, "", 2026)

    assert other.text not in client_for(cast.clerk).get(URL).text
    assert_panel_is_part_of_page(client_for(cast.clerk), URL)


def test_the_list_costs_the_same_for_one_number_and_for_five(cast, case):
    browser = client_for(cast.clerk)
    issued(case, cast.prosecutor)
    browser.get(URL)
    costs = []
    for more in (0, 4):
        for _ in range(more):
            issued(case, cast.prosecutor)
        with CaptureQueriesContext(connection) as queries:
            browser.get(URL)
        costs.append(len(queries))
    assert costs[0] == costs[1]
