"""登记送达: the handed-over paper is on record and its clock is met; refusals leave no trace."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.models import CaseService
from cases.service.outside import serve
from cases.workflow import Stage
from core import clock
from core.refusals import Refused
from tests.cases.factories import case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def case(cast):
    case = case_of_office(cast, supported=True)
    clocks.start(case, "P4", on=case.accepted_on, by=cast.prosecutor)
    clocks.start(case, "P7", on=case.decided_on, by=cast.prosecutor)
    return case


def hand_over(case, by, **changes):
    facts = {
        "paper": CaseService.Paper.DECISION,
        "addressee": "集宁区人民法院",
        "means": "direct",
        "served_on": clock.today(),
    } | changes
    return serve(case, by=by, **facts)


@pytest.mark.parametrize(
    ("paper", "left"), [("acceptance", ["P7"]), ("decision", ["P4"]), ("other", ["P4", "P7"])]
)
def test_service_meets_the_clock_of_its_paper_and_tells_the_handler(
    case, cast, paper, left, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        record = hand_over(case, cast.clerk, paper=paper)
        assert cast.prosecutor.notifications.count() == 0

    assert sorted(each.term.code for each in clocks.running(case)) == left
    assert [(event.kind, event.actor) for event in case.events.all()] == [("served", cast.clerk)]
    assert (record.recorded_by, cast.prosecutor.notifications.count()) == (cast.clerk, 1)


@pytest.mark.parametrize(
    ("who", "changes", "sentence"),
    [
        ("chief", {}, "只有本院办案人员"),
        ("other", {}, "只有本院办案人员"),
        ("prosecutor2", {}, "本案由 李检察官 承办"),
        ("clerk", {"served_on": clock.today() + timedelta(days=2)}, "还没到"),
        ("clerk", {"served_on": clock.today() - timedelta(days=90)}, "早于文书作出日期"),
    ],
)
def test_refusals_leave_no_trace(case, cast, who, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        hand_over(case, getattr(cast, who), **changes)
    assert (CaseService.objects.count(), case.events.count(), len(clocks.running(case))) == (0, 0, 2)


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [(Stage.REGISTERED, "不能登记送达"), (Stage.REVIEW, "还没作出"), (Stage.ARCHIVED, "只读")],
)
def test_a_paper_that_cannot_exist_is_not_served(cast, stage, sentence):
    case = case_of_office(cast, accepted=True, stage=stage)
    with pytest.raises(Refused, match=sentence):
        hand_over(case, cast.clerk)
    assert CaseService.objects.count() == 0


def test_it_locks_the_case_before_it_looks(case, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as queries:
        hand_over(case, cast.clerk)
    reads = [query["sql"] for query in queries.captured_queries if 'FROM "cases_case"' in query["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_page_and_panel(case, cast):
    client = client_for(cast.clerk)
    url = f"/cases/{case.code}/services/new/"
    data = {
        "paper": "decision",
        "addressee": "法院",
        "means": "direct",
        "served_on": clock.today().isoformat(),
    }

    wrong = client.post(url, data | {"addressee": ""})
    right = client.post(url, data)

    assert (wrong.status_code, "还没填受送达人" in wrong.content.decode()) == (422, True)
    assert (right.status_code, right.url) == (302, case.get_absolute_url())
    assert "法院" in client.get(url).content.decode()
    assert_panel_is_part_of_page(client, url)
    assert client_for(cast.other).get(url).status_code == 404
