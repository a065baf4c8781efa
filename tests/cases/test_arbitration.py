"""劳动仲裁 and the way round it by an IOU (LI1 15)."""

from datetime import date, timedelta

import pytest

from cases.decision.guards import support_gaps
from cases.models import LegalTrack
from cases.review import actions
from core import clock
from tests.cases.deciding import supportable
from tests.cases.factories import ArbitrationFactory, ClaimItemFactory, case_of_office
from tests.cases.traces import locks_first, refused


@pytest.fixture
def case(cast):
    """Support lacks nothing but what the labour track asks for."""
    case = supportable(cast)
    case.review.legal_track = LegalTrack.LABOUR
    case.review.save()
    return case


def except_by_iou(case):
    version = case.review.version
    return actions.claim_iou_exception(
        case, iou_exception=True, iou_note="有欠条。", version=version, by=case.handler
    )


def pages(case):
    return [gap.page for gap in support_gaps(case)]


@pytest.mark.parametrize("result", ["award", "refused", "overdue"])
def test_the_boards_word_opens_the_way_to_court(case, result):
    assert pages(case) == ["cases:review_arbitration"]

    ArbitrationFactory(case=case, result=result, result_on=clock.today())

    assert pages(case) == []


@pytest.mark.parametrize("result", ["pending", "mediated", "withdrawn"])
def test_other_results_do_not(case, result):
    ArbitrationFactory(case=case, result=result, result_on=None if result == "pending" else clock.today())

    assert pages(case) == ["cases:review_arbitration"]


def test_an_iou_in_evidence_spares_arbitration(case):
    except_by_iou(case)

    assert pages(case) == []


def test_the_exception_needs_the_iou_and_nothing_but_wages(case):
    except_by_iou(case)
    case.evidence.update(kind="chat")
    ClaimItemFactory(claimant=case.claimants.first(), kind="severance")

    assert pages(case)[:2] == ["cases:evidence", "cases:claims"]


def test_a_pending_arbitration_gets_its_result_once(cast):
    record = ArbitrationFactory(case=case_of_office(cast, review=True))
    result = {"result": "award", "result_on": clock.today(), "received_on": None, "is_final": False}

    with locks_first():
        actions.conclude_arbitration(record, by=cast.prosecutor, **result)

    record.refresh_from_db()
    assert record.result == "award"
    with refused("已登记结果：已裁决"):
        actions.conclude_arbitration(record, by=cast.prosecutor, **result)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"result_on": date(2020, 1, 1)}, "先后不对"),
        ({"result_on": clock.today(), "received_on": clock.today() - timedelta(days=1)}, "先后不对"),
        ({"result_on": clock.today() + timedelta(days=1)}, "还没到"),
    ],
)
def test_days_follow_each_other_and_none_lies_ahead(cast, days, sentence):
    record = ArbitrationFactory(case=case_of_office(cast, review=True))

    with refused(sentence):
        actions.conclude_arbitration(record, by=cast.prosecutor, result="award", **days)
