"""登记自愿申请 of several from one signed list: a row each, one event; refusals leave no trace."""

from datetime import timedelta

import pytest

from cases.intake.consents import consent_together, silent
from cases.models import Consent
from cases.workflow import Stage
from core import clock
from core.refusals import Refused
from tests.cases.factories import CaseFactory, ClaimantFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def case(cast):
    case = CaseFactory(handler=cast.prosecutor, review=True)
    ClaimantFactory.create_batch(3, case=case, signed=False)
    return case


def give(case, by, **changes):
    facts = {"claimants": silent(case), "kind": Consent.Kind.SIGNED, "given_on": clock.today()} | changes
    return consent_together(case, by=by, **facts)


def test_each_gets_a_row_of_their_own_and_the_log_one_line(case, cast):
    made = give(case, cast.clerk)

    assert [row.claimant for row in made] == list(case.claimants.order_by("pk"))
    assert silent(case) == []
    assert [event.note for event in case.events.all()] == ["3 人：书面申请并签名"]


@pytest.mark.parametrize(
    ("who", "changes", "sentence"),
    [
        ("chief", {}, "只有本院办案人员"),
        ("prosecutor2", {}, "本案由 李检察官 承办"),
        ("clerk", {"claimants": []}, "还没勾选申请人"),
        ("clerk", {"given_on": clock.today() + timedelta(days=2)}, "还没到"),
    ],
)
def test_refusals_leave_no_trace(case, cast, who, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        give(case, getattr(cast, who), **changes)
    assert (Consent.objects.count(), case.events.count()) == (0, 0)


def test_who_has_consented_is_refused_by_name(case, cast):
    first = case.claimants.first()
    give(case, cast.clerk, claimants=[first])
    with pytest.raises(Refused, match=str(first)):
        give(case, cast.clerk, claimants=list(case.claimants.all()))
    assert Consent.objects.count() == 1


def test_an_ended_case_takes_no_more(case, cast):
    type(case).objects.filter(pk=case.pk).update(stage=Stage.CLOSED)
    with pytest.raises(Refused, match="已办结"):
        give(case, cast.clerk)


def test_it_locks_the_case_before_it_looks(case, cast, django_assert_max_num_queries):
    people = silent(case)
    with django_assert_max_num_queries(30) as queries:
        give(case, cast.clerk, claimants=people)
    reads = [query["sql"] for query in queries.captured_queries if 'FROM "cases_case"' in query["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_the_page_ticks_everybody_who_has_not_spoken(case, cast):
    ClaimantFactory(case=case)
    client = client_for(cast.clerk)
    url = f"/cases/{case.code}/claims/consents/"

    page = client.get(url).content.decode()
    answer = client.post(
        url,
        {
            "claimants": [one.pk for one in silent(case)[:2]],
            "kind": "signed",
            "given_on": clock.today().isoformat(),
        },
    )

    assert page.count("checked") == 3
    assert (answer.status_code, len(silent(case))) == (302, 1)
    assert_panel_is_part_of_page(client, f"/cases/{case.code}/claims/")


def test_another_case_s_claimant_cannot_be_ticked(case, cast):
    stranger = case_of_office(cast, review=True).claimants.first()
    data = {"claimants": [stranger.pk], "kind": "signed", "given_on": clock.today().isoformat()}
    answer = client_for(cast.clerk).post(f"/cases/{case.code}/claims/consents/", data)
    assert answer.status_code == 422
    assert Consent.objects.filter(claimant__case=case).count() == 0
