"""办结、归档 and what came before them: no day of an end lies before the day of its cause, nothing runs on after it."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.intake import actions as intake
from cases.models import SupportWithdrawal
from cases.workflow import Matter
from core import clock
from core.refusals import Refused
from deadlines.models import Task
from tests.cases.court import days_ago, enforced_case, filed_case, fresh, judge, supported_case
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import AcceptanceReviewFactory, case_of_office

ARCHIVED = {"volume": "一册", "pages": 10, "retention": "long"}


def rejected(cast):
    case = case_of_office(cast)
    AcceptanceReviewFactory(case=case)
    intake.reject(case, ground="able", advice="可自行起诉。", decided_on=clock.today(), by=cast.head)
    return fresh(case)


def withdrawn(cast):
    case = filed_case(cast)
    ground = SupportWithdrawal.Ground.values[0]
    return agree_all(cast, submitted(cast, Matter.WITHDRAW_SUPPORT, case=case, ground=ground))


def test_rejection_and_transfer_are_not_dated_before_the_receipt(cast):
    case = case_of_office(cast)
    AcceptanceReviewFactory(case=case)
    day = case.received_on - timedelta(days=1)

    with pytest.raises(Refused, match="决定日期早于收到日期"):
        intake.reject(case, ground="able", advice="可自行起诉。", decided_on=day, by=cast.head)
    with pytest.raises(Refused, match="移送日期早于收到日期"):
        intake.transfer(case, target=cast.other_office, reason="管辖", sent_on=day, by=cast.head)


@pytest.mark.parametrize("ended", [rejected, withdrawn])
def test_archiving_is_not_dated_before_the_end(cast, ended):
    case = ended(cast)

    with pytest.raises(Refused, match="归档日期早于办结日期"):
        following.archive(case, archived_on=days_ago(1), by=cast.prosecutor, **ARCHIVED)


def test_closing_is_not_dated_before_the_judgment_took_effect(cast):
    case = enforced_case(cast)

    with pytest.raises(Refused, match="早于裁判生效日期"):
        following.close(case, result="other", closed_on=days_ago(30), note="原因", by=cast.prosecutor)


def test_closing_is_not_dated_before_the_refusal_of_the_court(cast):
    case = supported_case(cast)
    court.court_refuses(
        case,
        court="集宁区人民法院",
        refused_on=days_ago(5),
        reason="管辖",
        next_step="仲裁",
        by=cast.prosecutor,
    )

    with pytest.raises(Refused, match="早于法院不予受理日期"):
        following.end_after_refusal(case, closed_on=days_ago(6), note="原因", by=cast.prosecutor)


def test_the_end_takes_clocks_and_todos_of_coming_hearings_with_it(cast):
    case = filed_case(cast, procedure="ordinary")
    court.hear(case, held_at=clock.now() + timedelta(days=10), place="第一法庭", by=cast.prosecutor)
    ruling = {"kind": "ruling", "result": "withdrawn", "adopted": "none", "last_served_on": None}
    judge(case, cast.prosecutor, awards={}, made_on=days_ago(1), **ruling)

    following.end_in_court(case, closed_on=clock.today(), note="已付款撤诉", by=cast.prosecutor)

    assert not clocks.running(fresh(case))
    assert not Task.objects.open().exists()


def test_reporting_one_hearing_leaves_the_notice_of_the_next(cast):
    case = filed_case(cast, procedure="ordinary")
    first = court.hear(case, held_at=clock.now() + timedelta(days=10), place="第一法庭", by=cast.prosecutor)
    court.hear(case, held_at=clock.now() + timedelta(days=40), place="第一法庭", by=cast.prosecutor)
    report = {"note": "开庭。", "prosecutor_attended": False, "opinion_read": False}

    with clock.travel(clock.now() + timedelta(days=11)):
        court.report_hearing(case, hearing=first, by=cast.prosecutor, **report)

    assert [each.term.code for each in clocks.running(fresh(case), ["C4"])] == ["C4"]
