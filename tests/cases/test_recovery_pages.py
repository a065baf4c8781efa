"""回款 as people meet it: the form with its table, the proposal, the proof, the queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Recovery
from documents.models import Attachment
from tests.cases.court import days_ago, enforced_case, enter, paid
from tests.cases.factories import CaseFactory, ClaimantFactory
from tests.cast import client_for
from tests.hostile.files import picture, upload

KEY = "7d7b5f0c-1b1e-4b65-9f6e-0a1b2c3d4e5f"


@pytest.fixture
def case(cast):
    return enforced_case(cast)


@pytest.fixture
def browser(clerk):
    return client_for(clerk)


def url(name, case, *more):
    return reverse(f"cases:{name}", args=[case.code, *more])


def typed(case, *shares, **fields):
    lines = {
        f"line_{one.pk}": share for one, share in zip(case.claimants.order_by("pk"), shares, strict=True)
    }
    facts = {"paid_on": str(days_ago(1)), "amount": "10000", "channel": "voluntary", "payer": "某公司"}
    return facts | {"proof_note": "银行回单"} | lines | fields


def test_an_entry_with_its_proof_waits_for_another_person(case, browser):
    data = typed(case, "6,000", "4000", file=upload("回单.jpg", picture()))

    answer = browser.post(url("money_new", case), data)

    assert (answer.status_code, answer.url) == (302, url("money", case))
    entry = Recovery.objects.get()
    assert (str(entry.amount), entry.state, entry.allocations.count()) == ("10000.00", "waiting", 2)
    page = browser.get(url("money", case)).text
    assert "待核对" in page
    proof = browser.get(url("money_proof", case, entry.pk))
    assert proof["Content-Disposition"].startswith("attachment")
    assert b"".join(proof.streaming_content)


def test_a_sum_that_differs_is_422_keeps_what_was_typed_and_no_file(case, browser):
    data = typed(case, "6000", "3000", file=upload("回单.jpg", picture()))

    answer = browser.post(url("money_new", case), data)

    assert answer.status_code == 422
    assert "2 人合计 9,000.00 元，与到账金额 10,000.00 元不一致" in answer.text
    assert 'value="6000"' in answer.text
    assert (Recovery.objects.count(), Attachment.objects.count()) == (0, 0)


def test_in_proportion_proposes_and_saves_nothing(case, browser):
    answer = browser.post(url("money_new", case), typed(case, "", "", amount="100.01", proportion="1"))

    assert answer.status_code == 200
    shares = re.findall(r'name="line_\d+" value="([\d.]+)"', answer.text)
    assert shares == ["60.01", "40.00"]
    assert "含尾差 0.01 元" in answer.text
    assert "某公司" in answer.text
    assert Recovery.objects.count() == 0


def test_in_proportion_without_a_sum_says_so(case, browser):
    answer = browser.post(url("money_new", case), typed(case, "", "", amount="", proportion="1"))

    assert answer.status_code == 422
    assert "还没填到账金额" in answer.text


def test_one_form_sent_twice_is_one_entry(case, browser):
    data = typed(case, "6000", "4000", submission_key=KEY)

    answers = [browser.post(url("money_new", case), data).status_code for _ in range(2)]

    assert (answers, Recovery.objects.count()) == ([302, 302], 1)


def test_a_wrong_share_names_the_worker(case, browser):
    first = case.claimants.order_by("pk").first()

    answer = browser.post(url("money_new", case), typed(case, "-5", "abc"))

    assert answer.status_code == 422
    assert f"{first}的分配金额不能小于 0。" in answer.text


def test_the_proof_comes_only_through_its_own_case(cast, case, browser):
    entry = enter(case, cast.clerk)
    foreign = enforced_case(cast)

    assert browser.get(url("money_proof", case, entry.pk)).status_code == 404
    assert browser.get(url("money_entry", foreign, entry.pk)).status_code == 404
    assert client_for(cast.other).get(url("money_entry", case, entry.pk)).status_code == 404


def test_own_entries_offer_no_verification(cast, case, browser):
    entry = enter(case, cast.clerk)

    page = browser.get(url("money_entry", case, entry.pk)).text

    assert "登记人不能核对自己登记的到账" in page
    assert "核对无误" not in page
    assert browser.post(url("money_verify", case, entry.pk)).status_code == 422


def test_returned_and_reversed_over_the_pages(cast, case):
    verifier, entry = client_for(cast.prosecutor), enter(case, cast.clerk, "1.00", "0")
    verifier.post(url("money_return", case, entry.pk), {"reason": "与回单不符"})
    good = paid(case, cast)
    verifier.post(url("money_reverse", case, good.pk), {"reason": "重复"})

    page = verifier.get(url("money", case)).text

    assert "已退回" in page
    assert "冲正" in page
    assert "-20,000.00" in page


def test_sixty_workers_cost_no_more_queries_than_the_limit(cast):
    case = CaseFactory(handler=cast.prosecutor, enforcement=True)
    for _ in range(60):
        ClaimantFactory(case=case)
    for _ in range(3):
        enter(case, cast.clerk, *["1.00"] * 60)
    browser = client_for(cast.prosecutor)
    browser.get(url("money", case))

    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url("money", case)).status_code == 200

    assert len(queries) <= 20
