"""公告送达: the copy starts the defence, the judgment the appeal; what is taken back is as it was before."""

from datetime import date, datetime

import pytest

from cases import clocks
from cases.filing import actions as court
from cases.occurrences import actions
from cases.occurrences.effects import effects_of
from core import clock
from tests.cases.court import days_ago, filed_case, fresh, judge
from tests.cases.events import clock_of, codes, record
from tests.cases.traces import refused

ON, OVER = date(2026, 10, 12), date(2026, 11, 11)


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(datetime(2026, 11, 25, 15)):
        yield


@pytest.fixture
def judged(cast):
    """Judged, not served: 2026-10-10."""
    case = filed_case(cast, "ordinary")
    judge(case, cast.prosecutor, made_on=date(2026, 10, 10), last_served_on=None)
    return fresh(case)


def withdraw(case, one):
    return actions.withdraw(case, occurrence=one, reason="公告还没满", by=case.handler)


def test_the_end_of_an_announced_copy_serves_it_and_the_defence_begins(cast):
    case = filed_case(cast, "ordinary")
    assert [(d.rule["code"], str(d.due_on)) for d in effects_of(case, "announced", ON).later] == [
        ("C3", "2026-11-26")
    ]
    begun = record(case, "announced", ON)

    over = record(case, "announcement_over", OVER)

    assert (begun.paper, codes(case)) == ("copy", ["C3", "C5"])
    assert (str(clock_of(case, "C3").due_on), clock_of(case, "C2").met_on) == ("2026-11-26", OVER)
    withdraw(case, over)
    assert codes(case) == ["C2", "C21", "C5"]
    assert clock_of(case, "C5").paused_on == ON


def test_the_end_of_another_paper_starts_no_defence_and_serves_no_copy(cast):
    case = filed_case(cast, "ordinary")
    record(case, "announced", ON, paper="other")

    assert effects_of(case, "announcement_over", OVER).begin == []
    record(case, "announcement_over", OVER)

    assert codes(case) == ["C2", "C5"]


def test_the_end_of_an_announced_judgment_is_its_last_service(cast, judged):
    assert [d.rule["code"] for d in effects_of(judged, "announced", ON).later] == ["C8"]
    begun = record(judged, "announced", ON)
    foreseen = effects_of(judged, "announcement_over", OVER)

    over = record(judged, "announcement_over", OVER)

    judgment = judged.filings.get().judgments.get()
    appeal = clock_of(judged, "C8")
    assert (begun.paper, judgment.last_served_on, over.judgment) == ("judgment", OVER, judgment)
    assert (str(appeal.due_on), appeal.case_link.rests_on) == (
        "2026-11-26",
        f"judgment_served-{judgment.pk}",
    )
    assert [(d.rule["code"], d.due_on) for d in foreseen.begin] == [("C8", appeal.due_on)]
    withdraw(judged, over)
    judgment.refresh_from_db()
    assert (judgment.last_served_on, codes(judged)) == (None, ["C21"])
    assert clock_of(judged, "C8").cancel_reason.startswith("撤销“公告期满”")


def test_a_service_that_the_appeal_rests_on_is_not_taken_back(cast, judged):
    record(judged, "announced", ON)
    over = record(judged, "announcement_over", OVER)
    court.appeal(judged, party="被告", filed_on=date(2026, 11, 20), by=cast.prosecutor)

    with refused("已登记上诉，裁判送达不能撤销|已于 2026-11-20 办结"):
        withdraw(judged, over)


def test_a_service_on_record_is_kept_and_said(cast, judged):
    record(judged, "announced", ON)
    court.serve(judged, last_served_on=date(2026, 10, 20), by=cast.prosecutor)

    assert str(effects_of(judged, "announcement_over", OVER).served.last_served_on) == "2026-10-20"
    record(judged, "announcement_over", OVER)

    assert [one.starts_on for one in clocks.running(judged, ["C8"])] == [date(2026, 10, 20)]


@pytest.mark.parametrize(
    ("paper", "sentence"), [("judgment", "请先登记裁判"), ("other-thing", "公告的文书不在列表里")]
)
def test_what_cannot_be_announced_is_refused(cast, paper, sentence):
    case = filed_case(cast, "ordinary")

    with refused(sentence):
        record(case, "announced", days_ago(9), paper=paper)


def test_after_the_judgment_no_copy_is_announced_nor_anything_before_it(cast, judged):
    with refused("公告的不会是起诉状副本"):
        record(judged, "announced", ON, paper="copy")
    with refused("早于裁判日期 2026-10-10"):
        record(judged, "announced", date(2026, 10, 9))
