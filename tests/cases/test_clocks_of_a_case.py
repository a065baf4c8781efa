"""One case from pre-suit preservation to enforcement: every clock's day, counted on the wall calendar of 2026."""

from datetime import date, datetime

import pytest

from cases import clocks
from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.review import actions as review
from core import clock
from tests.cases.court import COURT, NUMBER, awards_of, fresh
from tests.cases.events import applied, record, reviewed_case
from tests.cases.factories import case_of_office


def on(month, day, hour=9):
    return clock.travel(datetime(2026, month, day, hour))


def due(case):
    """Every open clock with its due day."""
    return {one.rule["code"]: f"{one.due_on:%m-%d}" for one in clocks.running(case) if not one.paused_on}


def judge(case, made_on, served_on=None, **more):
    facts = {"kind": "judgment", "result": "full", "adopted": "full", "number": f"{NUMBER}民事判决书"}
    return court.judge(
        case,
        awards=awards_of(case),
        made_on=made_on,
        last_served_on=served_on,
        by=case.handler,
        **facts,
        **more,
    )


@pytest.fixture
def case(cast):
    dates = {"received_on": date(2026, 2, 1), "accepted_on": date(2026, 2, 2), "decided_on": date(2026, 3, 2)}
    return case_of_office(cast, supported=True, **dates)


def test_from_preservation_to_the_objection_in_enforcement(case):
    by = case.handler
    with on(3, 3, 15):
        record(case, "urgent_preservation", date(2026, 3, 3))
        assert due(case) == {"C11": "03-05"}
    with on(3, 4):
        record(case, "presuit_preserved", date(2026, 3, 4))
        assert due(case) == {"C12": "04-03"}  # Friday before 清明 04-04 to 04-06
    with on(3, 10):
        record(case, "court_received", date(2026, 3, 9))
        assert due(case) == {"C1": "03-16"}
    with on(3, 12):
        court.file(
            case, court=COURT, court_number=NUMBER, filed_on=date(2026, 3, 12), procedure="ordinary", by=by
        )
        case = fresh(case)
        assert due(case) == {"C2": "03-17", "C5": "09-14"}  # 09-12 is Saturday
    with on(3, 18):
        record(case, "announced", date(2026, 3, 18))
        assert due(case) == {"C2": "03-17", "C21": "04-17"}  # C5 stands still
    with on(4, 17):
        record(case, "announcement_over", date(2026, 4, 17))
        # the copy is served: 15 days from 04-17 end in 05-01 to 05-05; C5 has 30 days more
        assert due(case) == {"C3": "05-06", "C5": "10-12"}
    with on(5, 6):
        court.hear(case, held_at=datetime(2026, 5, 20, 9, tzinfo=clock.SHANGHAI), by=by)
        case = fresh(case)
        assert due(case) == {
            "C3": "05-06",
            "C4": "05-15",
            "C5": "10-12",
        }  # 05-17 is Sunday, counted back to Friday
    with on(6, 2):
        judge(case, date(2026, 6, 1), date(2026, 6, 2))
        assert due(case) == {"C8": "06-17"}
    with on(6, 16):
        court.appeal(case, party="被告", filed_on=date(2026, 6, 15), by=by)
        assert due(case) == {}
    with on(7, 1):
        record(case, "second_filed", date(2026, 7, 1))
        assert due(case) == {"C10": "10-08"}  # 10-01 to 10-07 rest
    with on(9, 10):
        judge(fresh(case), date(2026, 9, 9), date(2026, 9, 10))
        assert due(case) == {}  # no appeal from the second instance
    with on(9, 11):
        court.take_effect(case, effective_on=date(2026, 9, 10), performance_due_on=date(2026, 9, 20), by=by)
        case = fresh(case)
        assert due(case) == {"P14": "09-21", "C18": "09-20"}
    with on(9, 28):
        following.apply(case, applied_on=date(2026, 9, 28), court=COURT, court_number="", by=by)
        assert due(case) == {"P14": "09-21", "C19": "03-28"}
    with on(11, 4):
        record(fresh(case), "objection_received", date(2026, 11, 4))
        assert due(case)["C20"] == "11-19"
    with on(11, 19):
        record(fresh(case), "objection_ruled", date(2026, 11, 19))
        assert "C20" not in due(case)


def test_small_claims_have_neither_notice_nor_appeal(case):
    with on(3, 12):
        court.file(
            case,
            court=COURT,
            court_number=NUMBER,
            filed_on=date(2026, 3, 12),
            procedure="small_claims",
            by=case.handler,
        )
        case = fresh(case)
        assert due(case) == {"C2": "03-17", "C7": "05-12"}
        court.hear(case, held_at=datetime(2026, 4, 20, 9, tzinfo=clock.SHANGHAI), by=case.handler)
        assert due(case) == {"C2": "03-17", "C7": "05-12"}
    with on(4, 22):
        judge(fresh(case), date(2026, 4, 21), date(2026, 4, 22))
        assert due(case) == {}


def test_from_the_board_to_the_court_by_the_day_of_receipt(cast):
    case = reviewed_case(cast, received_on=date(2026, 2, 20), accepted_on=date(2026, 2, 24))
    with on(3, 2):
        record(case, "presuit_preserved", date(2026, 3, 2))
        one = applied(case, date(2026, 3, 2))
        assert due(case) == {"A1": "03-09", "P6a": "03-11", "P6b": "05-25"}  # C12 is met; 03-07 is Saturday
    with on(3, 5):
        record(case, "board_accepted", date(2026, 3, 5))
        assert due(case)["A2"] == "04-20"  # 04-19 is Sunday
    with on(4, 20):
        result = {"result": "award", "result_on": date(2026, 4, 15), "received_on": date(2026, 4, 17)}
        review.conclude_arbitration(one, is_final=True, by=case.handler, **result)
        assert due(case)["A3"] == "05-06"  # from 04-17: 05-02 in the May holiday to 05-05
        assert not {"A1", "A2"} & set(due(case))
        record(case, "award_received_by_employer", date(2026, 4, 18))
        assert due(case)["A4"] == "05-18"


def test_refusal_by_the_court_ends_what_ran_before_it(case):
    with on(3, 9):
        record(case, "court_received", date(2026, 3, 9))
    with on(3, 12):
        court.court_refuses(
            case,
            court=COURT,
            refused_on=date(2026, 3, 12),
            reason="材料不齐",
            next_step="补正",
            by=case.handler,
        )

        assert due(case) == {}
