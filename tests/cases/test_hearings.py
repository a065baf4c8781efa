"""开庭 (S14): held or ahead, the notice of three days, what happened."""

from datetime import datetime, time, timedelta

import pytest

from cases import clocks
from cases.filing import actions
from cases.models import Hearing
from cases.workflow import Stage
from core import clock
from deadlines.models import Deadline, Task
from tests.cases.court import days_ago, filed_case, fresh
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused


def at(day):
    return datetime.combine(day, time(9, 30), tzinfo=clock.SHANGHAI)


def hear(case, by, day=None, **fields):
    return actions.hear(case, held_at=at(day or days_ago(45)), place="第三审判庭", by=by, **fields)


def test_the_first_hearing_opens_the_trial_the_second_only_notes(cast):
    case = filed_case(cast)

    hear(case, cast.prosecutor)
    hear(case, cast.prosecutor, days_ago(44))

    assert fresh(case).stage == Stage.TRIAL
    kinds = case.events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["open_trial", "hearing"]


def test_it_locks_before_it_looks(cast):
    case = filed_case(cast)

    with locks_first():
        hear(case, cast.prosecutor)


def test_a_hearing_ahead_in_ordinary_procedure_counts_its_notice_backward(cast):
    with clock.travel(datetime(2026, 11, 23, 9)):
        case = filed_case(cast, "ordinary")
        hear(case, cast.prosecutor, clock.today() + timedelta(days=10))

    notice = clocks.running(case, ["C4"])[0]
    assert str(notice.due_on) == "2026-11-30"
    task = Task.objects.get(owner_url=case.get_absolute_url())
    assert (str(task.due_on), task.assigned_to) == ("2026-12-03", cast.prosecutor)


def test_a_notice_already_received_meets_its_clock(cast):
    case = filed_case(cast, "ordinary")

    hear(case, cast.prosecutor, clock.today() + timedelta(days=20), notice_received_on=days_ago(1))

    assert Deadline.objects.get(case_link__case=case, term__code="C4").met_on == days_ago(1)


@pytest.mark.parametrize("procedure", ["simplified", "small_claims"])
def test_simplified_procedure_has_no_notice_clock_but_the_to_do(cast, procedure):
    case = filed_case(cast, procedure)

    hear(case, cast.prosecutor, clock.today() + timedelta(days=10))

    assert clocks.running(case, ["C4"]) == []
    assert Task.objects.open().count() == 1


def test_a_hearing_held_already_is_no_to_do(cast):
    case = filed_case(cast, "ordinary")

    hear(case, cast.prosecutor, note="原被告到庭。")

    assert clocks.running(case, ["C4"]) == []
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "fields", "sentence"),
    [
        (days_ago(56), {}, "开庭时间早于立案日期"),
        (days_ago(-3), {"note": "原告到庭"}, "还没到开庭时间"),
        (days_ago(-3), {"prosecutor_attended": True}, "还没到开庭时间"),
        (days_ago(45), {"opinion_read": True}, "没有出庭就不能宣读"),
        (days_ago(45), {"notice_received_on": days_ago(44)}, "收到通知日期要在"),
        (days_ago(45), {"notice_received_on": days_ago(56)}, "收到通知日期要在"),
    ],
)
def test_a_hearing_that_cannot_be_is_refused(cast, day, fields, sentence):
    case = filed_case(cast)

    with refused(sentence):
        hear(case, cast.prosecutor, day, **fields)


@pytest.mark.parametrize("stage", ["supported", "enforcement", "closed"])
def test_no_hearing_outside_the_court_stages(cast, stage):
    case = case_of_office(cast, **{stage: True})

    with refused("不能登记开庭"):
        hear(case, cast.prosecutor)


def test_no_hearing_without_a_filing(cast):
    case = case_of_office(cast, filed=True)

    with refused("还没登记法院立案"):
        hear(case, cast.prosecutor)


def test_what_happened_is_told_once_and_ends_the_to_do(cast):
    case = filed_case(cast, "ordinary")
    hearing = hear(case, cast.prosecutor, clock.today() + timedelta(days=10))
    told = {"note": "宣读支持起诉书。", "prosecutor_attended": True, "opinion_read": True}
    with refused("还没到开庭时间"):
        actions.report_hearing(case, hearing=hearing, by=cast.prosecutor, **told)

    with clock.travel(hearing.held_at + timedelta(hours=3)):
        actions.report_hearing(case, hearing=hearing, by=cast.prosecutor, **told)
        with refused("已登记这次开庭的庭审情况"):
            actions.report_hearing(case, hearing=hearing, by=cast.prosecutor, **told)

    assert Hearing.objects.get().opinion_read
    assert (Task.objects.open().count(), clocks.running(case, ["C4"])) == (0, [])
