"""Two people end one mediation at once: one does, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from cases.models import Proposal
from core import clock
from core.refusals import Refused
from mediation import actions
from mediation.models import Agreement, Mediation
from tests.mediation.factories import running, shares_of

RACES = 20
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def race(*acts):
    """Run the acts at the same moment on connections of their own."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def agreeing(mediation, by):
    today = clock.today()
    shares = shares_of(mediation, Decimal("100.00"), Decimal("200.00"))
    return lambda: actions.agree(
        Mediation.objects.get(pk=mediation.pk),
        shares=shares,
        made_on=today,
        effective_on=today,
        performance="一次付清",
        signed=True,
        by=by,
    )


def failing(mediation, by):
    return lambda: actions.fail(
        Mediation.objects.get(pk=mediation.pk), reason="谈不拢", ended_on=clock.today(), by=by
    )


@pytest.mark.parametrize("pair", [(agreeing, agreeing), (agreeing, failing), (failing, failing)])
def test_two_at_once_end_a_mediation_once(cast, pair):
    people = cast.prosecutor, cast.clerk
    assert cast.head
    assert cast.chief
    for _ in range(RACES):
        mediation = running(cast)
        acts = [make(mediation, by) for make, by in zip(pair, people, strict=True)]

        assert race(*acts) == ["done", "refused"]

        agreed = Mediation.objects.get(pk=mediation.pk).status == "agreed"
        assert Agreement.objects.filter(mediation=mediation).count() == int(agreed)
        assert Proposal.objects.filter(case=mediation.case).count() == int(agreed)


def test_two_at_once_start_one_mediation(cast):
    people = cast.prosecutor, cast.clerk
    for _ in range(RACES):
        case = running(cast).case
        Mediation.objects.filter(case=case).update(
            status="failed", ended_on=clock.today(), failure_reason="谈不拢"
        )

        def start(by, case=case):
            return lambda: actions.start(
                case, kind="procuratorial", mediator=None, started_on=clock.today(), willing=True, by=by
            )

        assert race(*map(start, people)) == ["done", "refused"]
