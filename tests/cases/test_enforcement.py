"""履行与执行、办结、归档 (S18–S20)."""

from datetime import date, timedelta

import pytest

from cases import clocks
from cases.enforcement import actions
from cases.models import Case, Enforcement, FollowUp
from cases.recovery import actions as money
from cases.workflow import ENDS, Stage
from core import clock
from core.refusals import Conflict
from tests.cases.court import COURT, closed_case, days_ago, enforced_case, enter, fresh, judged_case, paid
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused


def apply(case, by, **fields):
    return actions.apply(
        case, by=by, **({"applied_on": days_ago(5), "court": COURT, "court_number": ""} | fields)
    )


def follow(case, by, on=None):
    return actions.follow_up(case, kind="call_back", on=on or days_ago(2), result="已到账一半。", by=by)


def close(case, by, result="paid", closed_on=None, note=""):
    return actions.close(case, result=result, closed_on=closed_on or clock.today(), note=note, by=by)


def archive(case, by, **fields):
    facts = {"archived_on": clock.today(), "volume": "民支-2026-16", "pages": 86, "retention": "永久"}
    return actions.archive(case, by=by, **(facts | fields))


def place(case, stage):
    """Put a case where no short way leads."""
    Case.objects.filter(pk=case.pk).update(stage=stage)


def codes(case):
    return [deadline.term.code for deadline in clocks.running(case)]


def test_applying_ends_the_two_year_clock(cast):
    case = enforced_case(cast)
    assert codes(case) == ["P14", "C18"]

    with locks_first():
        apply(case, cast.prosecutor)

    assert codes(case) == ["P14", "C19"]
    assert case.events.last().kind == "enforcement_applied"


def test_applying_twice_or_before_effect_is_refused(cast):
    case, judged = enforced_case(cast), judged_case(cast)
    with refused("申请执行日期 .* 早于裁判生效日期"):
        apply(case, cast.prosecutor, applied_on=days_ago(21))
    apply(case, cast.prosecutor)

    with refused("已登记申请执行"):
        apply(fresh(case), cast.prosecutor)
    with refused("不能登记申请执行"):
        apply(judged, cast.prosecutor)


def test_number_stop_and_resumption_are_written_into_the_record(cast):
    case = enforced_case(cast)
    record = apply(case, cast.prosecutor)
    facts = {
        "terminated_for_now_on": days_ago(2),
        "resumed_on": days_ago(1),
        "court_number": "（2026）内0902执88号",
    }

    actions.update(case, version=1, by=cast.prosecutor, **facts)

    record.refresh_from_db()
    assert (record.version, str(record)) == (2, "（2026）内0902执88号")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"terminated_for_now_on": days_ago(6)}, "终本日期 .* 早于申请执行日期"),
        ({"terminated_for_now_on": days_ago(2), "resumed_on": days_ago(3)}, "恢复执行日期 .* 早于终本日期"),
        ({"resumed_on": days_ago(3)}, "没有终本日期，不能登记恢复执行"),
        ({"terminated_for_now_on": days_ago(-1)}, "终本日期 .* 还没到"),
    ],
)
def test_dates_out_of_order_are_refused(cast, facts, sentence):
    case = enforced_case(cast)
    apply(case, cast.prosecutor)

    with refused(sentence):
        actions.update(fresh(case), version=1, by=cast.prosecutor, **facts)


def test_who_saves_second_sees_the_first(cast):
    case = enforced_case(cast)
    apply(case, cast.prosecutor)
    actions.update(case, version=1, by=cast.prosecutor, court_number="（2026）内0902执88号")

    with pytest.raises(Conflict) as conflict:
        actions.update(case, version=1, by=cast.clerk, court_number="（2026）内0902执99号")

    assert conflict.value.fields == {"court_number": ("（2026）内0902执99号", "（2026）内0902执88号")}
    assert Enforcement.objects.get().court_number == "（2026）内0902执88号"


def test_each_follow_up_sets_the_next_thirty_days_later(cast):
    with clock.travel(date(2026, 11, 23)):
        case = enforced_case(cast)
        follow(case, cast.prosecutor)
        follow(case, cast.prosecutor, clock.today())

    due = {deadline.term.code: str(deadline.due_on) for deadline in clocks.running(case)}
    assert due == {"P14N": "2026-12-23", "C18": "2028-11-13"}
    assert FollowUp.objects.count() == 2


def test_agreed_money_is_followed_after_termination_too(cast):
    terminated = case_of_office(cast, closed=True)
    place(terminated, Stage.TERMINATED)

    follow(fresh(terminated), cast.prosecutor)

    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("stage", ["review", "trial", "closed"])
def test_no_follow_up_at_other_stages_nor_in_the_future(cast, stage):
    case, other = enforced_case(cast), case_of_office(cast, **{stage: True})

    with refused("不能登记跟进"):
        follow(other, cast.prosecutor)
    with refused("跟进日期 .* 还没到"):
        follow(case, cast.prosecutor, days_ago(-1))


def test_all_paid_closes_and_ends_every_clock(cast):
    case = enforced_case(cast)
    paid(case, cast)

    close(case, cast.prosecutor)

    case = fresh(case)
    assert (case.stage, case.closed_on, codes(case)) == (Stage.CLOSED, clock.today(), [])


def test_all_paid_is_refused_with_both_numbers_while_somebody_is_short(cast):
    case = enforced_case(cast)
    paid(case, cast, "12000.00", "3000.00")
    short = case.claimants.order_by("pk").last()

    with refused(f"已到账 15,000.00 元，应到账 20,000.00 元，{short}还没收齐"):
        close(case, cast.prosecutor)


def test_what_one_got_too_much_does_not_pay_another(cast):
    case = enforced_case(cast)
    paid(case, cast, "20000.00", "1.00", excess_reason="含逾期利息")

    with refused("还没收齐"):
        close(case, cast.prosecutor)


def test_closing_waits_for_verification(cast):
    case = enforced_case(cast)
    enter(case, cast.clerk)

    with refused("还有到账没有核对"):
        close(case, cast.prosecutor)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"result": "given_up"}, "请写明原因"),
        ({"result": "dismissed", "note": "驳回"}, "请在诉讼页登记"),
        ({"result": "other", "note": "其他", "closed_on": days_ago(-1)}, "办结日期 .* 还没到"),
        ({"result": "other", "note": "其他", "closed_on": days_ago(61)}, "办结日期早于决定日期"),
    ],
)
def test_closing_without_reason_or_day_is_refused(cast, fields, sentence):
    case = enforced_case(cast)

    with refused(sentence):
        close(case, cast.prosecutor, **fields)


def test_closing_with_a_reason_though_unpaid(cast):
    case = enforced_case(cast)

    close(case, cast.prosecutor, result="terminated_for_now", note="法院终本，暂无财产。")

    assert fresh(case).closure.note == "法院终本，暂无财产。"


@pytest.mark.parametrize("stage", sorted(ENDS))
def test_every_end_can_be_archived(cast, stage):
    case = case_of_office(cast, closed=True)
    place(case, stage)

    archive(fresh(case), cast.clerk)

    case = fresh(case)
    assert (case.stage, case.archived_on) == (Stage.ARCHIVED, clock.today())


@pytest.mark.parametrize("stage", ["review", "supported", "trial", "enforcement"])
def test_nothing_open_is_archived(cast, stage):
    case = case_of_office(cast, **{stage: True})

    with refused("办结后才能归档"):
        archive(case, cast.clerk)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"archived_on": clock.today() + timedelta(days=1)}, "归档日期 .* 还没到"),
        ({"archived_on": days_ago(1)}, "归档日期早于办结日期"),
        ({"pages": 0}, "页数要大于 0"),
    ],
)
def test_an_archive_that_cannot_be_is_refused(cast, fields, sentence):
    case = closed_case(cast)

    with refused(sentence):
        archive(case, cast.clerk, **fields)


def test_archiving_waits_for_money_and_then_closes_the_file(cast):
    case = closed_case(cast)
    entry = enter(case, cast.clerk, "1.00", "0", excess_reason="逾期利息")
    with refused("还有到账没有核对"):
        archive(case, cast.clerk)
    money.verify(entry, by=cast.prosecutor)

    archive(case, cast.clerk)

    with refused("案件已归档，只读"):
        enter(fresh(case), cast.clerk, "1.00", "0", excess_reason="逾期利息")
