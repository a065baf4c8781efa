"""裁判、送达、上诉、生效、撤诉驳回 (S15, S16)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases import clocks
from cases.enforcement import actions as following
from cases.filing import actions
from cases.models import Closure, Judgment
from cases.totals import confirmed
from cases.workflow import Stage
from core import clock
from tests.cases.court import (
    awards_of,
    days_ago,
    enforced_case,
    filed_case,
    fresh,
    judge,
    judged_case,
    supported_case,
)
from tests.cases.factories import ClaimantFactory
from tests.cases.traces import locks_first, refused

MEDIATED = {"kind": "mediation", "result": "mediated"}
LOST = {"result": "dismissed", "adopted": "none", "awards": {}}
WITHDRAWN = {"kind": "ruling", "result": "withdrawn", "adopted": "not_judged", "awards": {}}


def codes(case):
    return [deadline.term.code for deadline in clocks.running(case)]


def take_effect(case, by, effective_on, due_on=None):
    return actions.take_effect(
        case, effective_on=effective_on, performance_due_on=due_on or effective_on, by=by
    )


def end(case, by, closed_on, note="原告撤诉，款项已在庭外付清。"):
    return following.end_in_court(case, closed_on=closed_on, note=note, by=by)


def test_a_judgment_ends_the_trial_period_and_starts_that_of_appeal(cast):
    case = judged_case(cast)

    assert codes(case) == ["C8"]
    assert clocks.running(case)[0].starts_on == days_ago(38)
    assert case.events.last().note == "全部支持，确认 20,000.00 元"


def test_it_locks_before_it_looks(cast):
    case = filed_case(cast)

    with locks_first():
        judge(case, cast.prosecutor)


@pytest.mark.parametrize(
    ("procedure", "fields", "running"),
    [
        ("small_claims", {}, []),
        ("simplified", MEDIATED, []),
        ("simplified", WITHDRAWN, []),
        ("ordinary", LOST, ["C8"]),
        ("ordinary", WITHDRAWN | {"result": "rejected"}, ["C9"]),
        ("simplified", {"last_served_on": None}, []),
    ],
)
def test_which_appeal_period_runs(cast, procedure, fields, running):
    assert codes(judged_case(cast, procedure, **fields)) == running


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"made_on": days_ago(-1)}, "裁判日期 .* 还没到"),
        ({"made_on": days_ago(56)}, "裁判日期早于立案日期"),
        ({"last_served_on": days_ago(41)}, "最后送达日期早于裁判日期"),
        ({"last_served_on": days_ago(-1)}, "最后送达日期 .* 还没到"),
        ({"kind": "ruling"}, "裁定的结果不能是“全部支持”"),
        ({"kind": "mediation"}, "调解书的结果不能是“全部支持”"),
        ({"result": "dismissed"}, "没有确认金额，金额请留空"),
        ({"awards": {}}, "还没填确认金额：.*、.*。没有判给的请填 0"),
    ],
)
def test_a_judgment_that_cannot_be_is_refused(cast, fields, sentence):
    case = filed_case(cast)

    with refused(sentence):
        judge(case, cast.prosecutor, **fields)


def test_awards_of_strangers_or_of_nothing_at_all_are_refused(cast):
    case = filed_case(cast)
    foreign = {ClaimantFactory(): Decimal(1)}

    with refused("不属于本案"):
        judge(case, cast.prosecutor, awards=awards_of(case) | foreign)
    with refused("确认金额全部是 0"):
        judge(case, cast.prosecutor, awards=awards_of(case, 0, 0))


def test_no_judgment_twice_and_none_outside_court(cast):
    judged, supported = judged_case(cast), supported_case(cast)

    with refused("已登记一审裁判"):
        judge(judged, cast.prosecutor)
    with refused("不能登记裁判"):
        judge(supported, cast.prosecutor, awards={})


def test_service_may_come_later_and_starts_the_period(cast):
    case = judged_case(cast, last_served_on=None)
    with refused("还没登记裁判的最后送达日期"):
        take_effect(case, cast.prosecutor, days_ago(10))
    with refused("最后送达日期早于裁判日期"):
        actions.serve(case, last_served_on=days_ago(41), by=cast.prosecutor)

    actions.serve(case, last_served_on=days_ago(30), by=cast.prosecutor)

    assert codes(case) == ["C8"]
    with refused("已登记最后送达日期"):
        actions.serve(case, last_served_on=days_ago(29), by=cast.prosecutor)


def test_an_appeal_stops_the_clock_and_waits_for_the_second_instance(cast):
    case = judged_case(cast)

    actions.appeal(case, party="示例建设工程有限公司", filed_on=days_ago(30), by=cast.prosecutor)

    assert codes(case) == []
    with refused("上诉还没有二审裁判"):
        take_effect(case, cast.prosecutor, days_ago(10))
    with refused("已登记上诉"):
        actions.appeal(case, party="某公司", filed_on=days_ago(30), by=cast.prosecutor)
    with refused("二审裁判日期早于上诉日期"):
        judge(case, cast.prosecutor, made_on=days_ago(31), last_served_on=None)


def test_the_second_instance_counts_and_takes_effect_at_once(cast):
    case = judged_case(cast)
    actions.appeal(case, party="示例建设工程有限公司", filed_on=days_ago(30), by=cast.prosecutor)
    awards = awards_of(case, "11000.00", "7000.00")
    judge(case, cast.prosecutor, made_on=days_ago(5), last_served_on=days_ago(4), awards=awards)

    take_effect(case, cast.prosecutor, days_ago(4))

    assert type(case).objects.annotate(sum_=confirmed()).get(pk=case.pk).sum_ == Decimal("18000.00")
    assert Judgment.objects.get(effective_on__isnull=False).instance == 2
    assert codes(case) == ["P14", "C18"]


@pytest.mark.parametrize(("procedure", "fields"), [("small_claims", {}), ("simplified", MEDIATED)])
def test_small_claims_and_mediation_have_no_appeal(cast, procedure, fields):
    case = judged_case(cast, procedure, **fields)

    with refused("没有上诉"):
        actions.appeal(case, party="某公司", filed_on=days_ago(30), by=cast.prosecutor)


def test_taking_effect_starts_enforcement_period_and_follow_up(cast):
    with clock.travel(date(2026, 11, 23)):
        case = enforced_case(cast)

    due = {deadline.term.code: str(deadline.due_on) for deadline in clocks.running(case)}
    assert due == {"C18": "2028-11-13", "P14": "2026-11-16"}
    assert fresh(case).stage == Stage.ENFORCEMENT


@pytest.mark.parametrize("ahead", [0, 1])
def test_no_effect_before_the_appeal_period_is_over(cast, ahead):
    case = judged_case(cast)
    due_on = clocks.running(case)[0].due_on

    with refused(f"上诉期到 {due_on} 届满，裁判最早次日生效"):
        take_effect(case, cast.prosecutor, due_on - timedelta(days=ahead))
    take_effect(case, cast.prosecutor, due_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("effective", "due", "sentence"),
    [
        (days_ago(-1), None, "生效日期 .* 还没到"),
        (days_ago(10), days_ago(41), "履行期限届满日早于裁判日期"),
        (days_ago(41), None, "生效日期早于裁判日期"),
    ],
)
def test_effect_on_an_impossible_day_is_refused(cast, effective, due, sentence):
    case = judged_case(cast)

    with refused(sentence):
        take_effect(case, cast.prosecutor, effective, due)


def test_no_effect_without_judgment_or_without_money(cast):
    filed, lost = filed_case(cast), judged_case(cast, **LOST)

    with refused("还没登记裁判，不能登记生效"):
        take_effect(filed, cast.prosecutor, days_ago(1))
    with refused("请按撤诉或驳回办结"):
        take_effect(lost, cast.prosecutor, days_ago(1))


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        (WITHDRAWN, Closure.Result.COURT_WITHDRAWN),
        (WITHDRAWN | {"result": "deemed_withdrawn"}, Closure.Result.COURT_WITHDRAWN),
        (WITHDRAWN | {"result": "rejected"}, Closure.Result.DISMISSED),
        (LOST, Closure.Result.DISMISSED),
        (WITHDRAWN | {"result": "transferred"}, Closure.Result.OTHER),
    ],
)
def test_a_result_without_money_ends_the_case(cast, fields, result):
    case = judged_case(cast, **fields)

    end(case, cast.prosecutor, clock.today())

    case = fresh(case)
    assert (case.stage, case.closed_on, case.closure.result) == (Stage.CLOSED, clock.today(), result)
    assert codes(case) == []


def test_what_may_still_be_appealed_does_not_end_the_case(cast):
    case, unserved = judged_case(cast, **LOST), judged_case(cast, **LOST | {"last_served_on": None})

    with refused("上诉期到 .* 届满"):
        end(case, cast.prosecutor, clocks.running(case)[0].due_on)
    with refused("还没登记裁判的最后送达日期"):
        end(unserved, cast.prosecutor, clock.today())


@pytest.mark.parametrize(
    ("closed_on", "note", "sentence"),
    [
        (days_ago(0), " ", "请写明原因"),
        (days_ago(41), "撤诉", "办结日期早于裁判日期"),
        (days_ago(-1), "撤诉", "还没到"),
    ],
)
def test_an_end_without_reason_or_on_an_impossible_day_is_refused(cast, closed_on, note, sentence):
    case = judged_case(cast, **WITHDRAWN)

    with refused(sentence):
        end(case, cast.prosecutor, closed_on, note)


def test_a_result_with_money_does_not_end_the_case_in_court(cast):
    case = judged_case(cast)

    with refused("请登记生效后跟进履行"):
        end(case, cast.prosecutor, clock.today())
