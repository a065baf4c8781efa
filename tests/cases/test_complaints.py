"""民事起诉状: it says where both sides live (民诉法124条), or it is not complete."""

import pytest

from cases.bundles.checking import check
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.editing import items_of
from cases.paperwork.forms import form_of, initial_of
from documents import papers
from tests.bundles.stage import a_group
from tests.cast import client_for

COMPLAINTS = ["complaint_labour", "complaint_service"]


@pytest.fixture
def case(cast):
    case = a_group(cast, 2)
    person, company = case.claimants.order_by("pk")[1].person, case.respondents.get().company
    person.address = company.address = ""
    person.save(update_fields=["address"])
    company.save(update_fields=["address"])
    return case


@pytest.mark.parametrize("key", COMPLAINTS)
def test_a_complaint_without_the_seat_of_a_party_is_not_complete(case, cast, key):
    document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
    first = drafting.faults(case, document)[0]
    assert "申请人住址（李志强）" in first
    assert f"被申请人住所（{case.respondents.get().company.name}）" in first

    page = client_for(cast.prosecutor).get(f"/cases/{case.code}/documents/{document.pk}/").text
    assert "待填：申请人住址（李志强）" in page

    facts = papers.facts_of(document.latest)
    items = items_of(form_of(type(facts))(None, initial=initial_of(facts)), facts, case, document.latest)
    assert {"workers", "respondents"} <= {each.name for each in items.missing}


def test_in_a_batch_the_respondent_is_one_row_and_each_worker_his_own(case, cast):
    found = check(case, cast.prosecutor, ["complaint_service"], "all", [])
    company = case.respondents.get().company.name

    assert [(row.text, row.url, [each.number for each in row.workers]) for row in found.troubles] == [
        (f"待填：被申请人住所（{company}）", f"/cases/{case.code}/claims/#chain-title", [1, 2]),
        ("待填：申请人住址", "", [2]),
    ]


def test_papers_that_need_no_seat_go_without(case, cast):
    document = drafting.draft(case, paper_by("support_letter"), by=cast.prosecutor)
    assert "住址" not in "".join(drafting.faults(case, document))
