"""Money and two people at once (T45): one verifier, one reversal, one entry; never more than there is to get."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Allocation, Recovery
from cases.recovery import actions, check
from core.refusals import Refused
from tests.cases.court import days_ago, enter, paid
from tests.cases.factories import CaseFactory, ClaimantFactory
from tests.cast import client_for

RACES = 30  # of each kind
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pool():
    """Two threads that keep their connection over all races."""
    with ThreadPoolExecutor(2) as pool:
        yield pool
        gate = Barrier(2)
        list(pool.map(lambda _: (gate.wait(), connection.close()), range(2)))


def race(pool, *acts):
    """Run the acts at the same moment; returns "done" or the sentence of the refusal for each."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        return "done"

    return sorted(pool.map(run, acts))


@pytest.fixture
def case(cast):
    case = CaseFactory(handler=cast.prosecutor, enforcement=True)
    ClaimantFactory(case=case, claim="1000000.00")
    return case


def test_two_verifiers_are_one_verification(cast, case, pool):
    assert cast.clerk
    verifiers = [cast.prosecutor, cast.assistant]
    for _ in range(RACES):
        entry = enter(case, cast.clerk, "1.00")

        results = race(pool, *[partial(actions.verify, entry, by=one) for one in verifiers])

        assert results.count("done") == 1
        assert case.events.filter(kind="recovery_verified").count() == Recovery.objects.count()


def test_verifying_against_returning_ends_in_one_of_the_two(cast, case, pool):
    people = cast.prosecutor, cast.assistant
    for _ in range(RACES):
        entry = enter(case, cast.clerk, "1.00")
        give_back = partial(actions.return_entry, entry, reason="与回单不符", by=people[1])

        results = race(pool, partial(actions.verify, entry, by=people[0]), give_back)

        entry.refresh_from_db()
        assert results.count("done") == 1
        assert entry.state in ("verified", "returned")


def test_two_reversals_are_one(cast, case, pool):
    people = cast.clerk, cast.assistant
    for _ in range(RACES):
        entry = paid(case, cast, "1.00")

        results = race(pool, *[partial(actions.reverse, entry, reason="重复", by=one) for one in people])

        assert results.count("done") == 1
        assert entry.reversals.count() == 1


def test_two_entries_at_once_never_exceed_what_is_due(cast, pool):
    people = cast.clerk, cast.assistant
    for _ in range(RACES):
        case = CaseFactory(handler=cast.prosecutor, enforcement=True)
        ClaimantFactory(case=case, claim="100.00")

        results = race(pool, *[partial(enter, case, one, "60.00") for one in people])

        assert results.count("done") == 1
        assert "超出应得 20.00 元" in results[1] + results[0]
        assert sum(row.amount for row in Allocation.objects.filter(recovery__case=case)) == Decimal("60.00")
    assert list(check.findings()) == []


def test_one_form_sent_twenty_times_at_once_is_one_entry(cast, case):
    claimant = case.claimants.get()
    data = {"paid_on": str(days_ago(1)), "amount": "5", "channel": "voluntary", "payer": "某公司"}
    data |= {"proof_note": "回单", f"line_{claimant.pk}": "5"}
    data |= {"submission_key": "7d7b5f0c-1b1e-4b65-9f6e-0a1b2c3d4e5f"}
    address, browsers = (
        reverse("cases:money_new", args=[case.code]),
        [client_for(cast.clerk) for _ in range(20)],
    )
    gate = Barrier(20)

    def send(browser):
        gate.wait()
        try:
            return browser.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(send, browsers))

    assert answers == [302] * 20
    assert Recovery.objects.count() == 1
