"""Two people, or one with two clicks, at the same moment, on real PostgreSQL."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from cases.models import Case
from core.refusals import Conflict, Refused
from referrals.models import Referral
from referrals.triage.convert import convert
from tests.cast import client_for
from tests.referrals.factories import submitted
from tests.referrals.test_pages import NEW, post_data

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def together(*works) -> list[object]:
    """Run all at once; what each returned or raised, in order."""
    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            barrier.wait()
            results[place] = work()
        except (Refused, Conflict) as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def converting(lead: Referral, handler, by) -> Callable[[], object]:
    return lambda: convert(lead, handler=handler, by=by, version=lead.version)


def test_two_clerks_converting_at_once_make_one_case(legalaid, prosecutor, clerk, assistant):
    for _ in range(5):
        lead = submitted(legalaid, workers=1)

        results = together(*[converting(lead, prosecutor, by) for by in (clerk, assistant)])

        assert sorted(type(result).__name__ for result in results) == ["Case", "Conflict"]
    assert Case.objects.count() == 5


def test_one_form_sent_twice_at_once_makes_one_lead(legalaid):
    data = post_data(1, submission_key="7b0c2c8e-98a4-4c7e-9f39-0a35d7f7a002")
    clients = [client_for(legalaid) for _ in range(4)]

    answers = together(*[lambda client=client: client.post(NEW, data) for client in clients])

    assert Referral.objects.count() == 1
    assert {answer.url for answer in answers} == {answers[0].url}
