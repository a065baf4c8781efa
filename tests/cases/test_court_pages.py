"""The pages of court, enforcement and money: as page, as panel, refused, for strangers."""

import pytest
from django.urls import reverse

from cases.models import Filing, Judgment
from cases.workflow import Stage
from tests.cases.court import (
    NUMBER,
    closed_case,
    days_ago,
    enforced_case,
    enter,
    filed_case,
    judged_case,
    supported_case,
)
from tests.cases.factories import CaseFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

OPEN = [
    (supported_case, ["filing", "filing_new", "court_refusal"]),
    (filed_case, ["filing", "hearing_new", "judgment", "court_refusal"]),
    (judged_case, ["filing", "appeal", "effective", "money_new"]),
    (enforced_case, ["filing", "enforcement", "follow_up", "closing", "money", "money_new"]),
    (closed_case, ["filing", "enforcement", "money", "archiving"]),
]
NAMES = [
    *["filing", "filing_new", "court_refusal", "refusal_end", "hearing_new", "judgment", "judgment_served"],
    *["appeal", "effective", "court_ended", "enforcement", "follow_up", "closing", "archiving"],
    *["money", "money_new"],
]


def url(name, case, *more):
    return reverse(f"cases:{name}", args=[case.code, *more])


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


@pytest.mark.parametrize(("maker", "name"), [(maker, name) for maker, names in OPEN for name in names])
def test_the_panel_is_part_of_the_page(cast, browser, maker, name):
    assert_panel_is_part_of_page(browser, url(name, maker(cast)))


@pytest.mark.parametrize("stage", ["", "review", "closed"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_answers_at_any_stage(cast, browser, name, stage):
    case = CaseFactory(handler=cast.prosecutor, **({stage: True} if stage else {}))

    assert browser.get(url(name, case)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_gets_404(cast, name):
    assert client_for(cast.other).get(url(name, case_of_office(cast, enforcement=True))).status_code == 404


def test_a_filing_is_registered_by_its_form(cast, browser):
    case = supported_case(cast)
    data = {
        "court": "集宁区人民法院",
        "court_number": "(2026)内0902民初123号",
        "filed_on": str(days_ago(3)),
        "procedure": "simplified",
        "fee": "182.75",
    }

    answer = browser.post(url("filing_new", case), data)

    assert (answer.status_code, answer.url) == (302, url("filing", case))
    filing = Filing.objects.get(case=case)
    assert (filing.court_number, str(filing.fee)) == (NUMBER, "182.75")
    case.refresh_from_db()
    assert case.stage == Stage.FILED


def test_a_wrong_court_number_is_422_and_nothing_is_lost(cast, browser):
    case = supported_case(cast)

    answer = browser.post(url("filing_new", case), {"court_number": "123", "judge": "王法官"})

    assert answer.status_code == 422
    assert "法院案号请写成类似" in answer.text
    assert "王法官" in answer.text


def test_a_judgment_is_registered_with_a_sum_for_each(cast, browser):
    case = filed_case(cast)
    first, second = case.claimants.order_by("pk")
    data = {
        "kind": "judgment",
        "result": "partial",
        "adopted": "partial",
        "number": f"{NUMBER}民事判决书",
        "made_on": str(days_ago(5)),
        f"line_{first.pk}": "11,000",
        f"line_{second.pk}": "0",
    }

    answer = browser.post(url("judgment", case), data)

    assert answer.status_code == 302
    judgment = Judgment.objects.get(filing__case=case)
    assert [str(award.amount) for award in judgment.awards.order_by("claimant")] == ["11000.00", "0.00"]
    assert "11,000.00" in browser.get(url("filing", case)).text


def test_a_missing_sum_names_the_worker(cast, browser):
    case = filed_case(cast)
    first, second = case.claimants.order_by("pk")
    data = {"kind": "judgment", "result": "full", "adopted": "full", "number": NUMBER}
    data |= {"made_on": str(days_ago(5)), f"line_{first.pk}": "11000"}

    answer = browser.post(url("judgment", case), data)

    assert answer.status_code == 422
    assert f"还没填确认金额：{second}" in answer.text


def test_stale_enforcement_is_409_with_both_values(cast, browser):
    case = enforced_case(cast)
    at = url("enforcement", case)
    data = {"applied_on": str(days_ago(2)), "court": "集宁区人民法院", "court_number": ""}
    browser.post(at, data)
    browser.post(at, data | {"version": "1", "court_number": "（2026）内0902执88号"})

    answer = browser.post(at, data | {"version": "1", "court_number": "（2026）内0902执99号"})

    assert answer.status_code == 409
    assert "内0902执88号" in answer.text
    assert "内0902执99号" in answer.text
    case.enforcement.refresh_from_db()
    assert case.enforcement.court_number == "（2026）内0902执88号"


def test_an_entry_of_money_has_its_page_until_it_is_verified(cast, browser):
    case = enforced_case(cast)
    entry = enter(case, cast.clerk)

    assert_panel_is_part_of_page(browser, url("money_entry", case, entry.pk))
    answer = browser.post(url("money_verify", case, entry.pk), {})

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.verified_by == cast.prosecutor
