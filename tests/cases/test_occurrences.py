"""程序事件: what the table says happens to the clocks, for every row of it; dates counted by hand."""

from datetime import date, datetime, timedelta

import pytest

from cases import clocks
from cases.enforcement import actions as following
from cases.occurrences import actions
from cases.occurrences.kinds import KINDS, STOPPERS
from core import clock
from deadlines.models import Deadline, Term
from deadlines.periods import PERIODS
from tests.cases.court import days_ago, enforced_case, file, filed_case, supported_case
from tests.cases.events import applied, at, case_for, clock_of, codes, record, reviewed_case
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused

KNOWN = {period.code for period in PERIODS}
STARTERS = [(kind, code) for kind, row in KINDS.items() for code in row.starts]
ENDERS = [(kind, code) for kind, row in KINDS.items() for code in row.meets]
# event → day it happened → day on which its clock is due; by the calendar on the wall, not by the program
BY_HAND = [
    ("court_received", "C1", date(2023, 9, 22), "2023-10-07"),  # T1: 09-29 is holiday, Sat 10-07 works
    ("copy_served", "C3", date(2026, 9, 16), "2026-10-08"),  # 10-01 to 10-07 rest, 10-08 Thursday
    ("announcement_over", "C3", date(2026, 11, 9), "2026-11-24"),
    ("announced", "C21", date(2026, 10, 12), "2026-11-11"),
    ("second_filed", "C10", date(2026, 8, 31), "2026-11-30"),
    ("presuit_preserved", "C12", date(2026, 10, 9), "2026-11-09"),  # 11-08 is Sunday
    ("ruling_received", "C13", date(2026, 11, 9), "2026-11-16"),  # 11-14 is Saturday
    ("review_asked", "C13C", date(2026, 11, 9), "2026-11-19"),
    ("confirmation_accepted", "C15", date(2023, 12, 2), "2024-01-02"),  # T5
    ("order_accepted", "C16", date(2026, 11, 2), "2026-11-17"),
    ("order_received", "C17", date(2026, 11, 3), "2026-11-18"),
    ("objection_received", "C20", date(2026, 11, 4), "2026-11-19"),
    ("obstacle_gone", "C22", date(2026, 11, 10), "2026-11-20"),
    ("board_accepted", "A2", date(2026, 9, 14), "2026-10-29"),
    ("award_received", "A3", date(2024, 4, 20), "2024-05-06"),  # T6: 05-05 in block
    ("award_received_by_employer", "A4", date(2026, 10, 12), "2026-11-11"),
    ("labour_mediation_asked", "A5", date(2026, 11, 3), "2026-11-18"),
    ("inspection_opened", "I1", date(2023, 8, 7), "2023-11-03"),  # T12
    ("violation_ended", "I2", date(2024, 11, 12), "2026-11-12"),
    ("aid_asked", "LA1", date(2026, 11, 10), "2026-11-17"),
    ("aid_granted", "LA2", date(2026, 11, 10), "2026-11-13"),
    ("transfer_decided", "P5", date(2026, 11, 10), "2026-11-13"),
    ("recusal_asked", "P8", date(2026, 11, 10), "2026-11-13"),
    ("recusal_review_asked", "P8R", date(2026, 11, 10), "2026-11-13"),
    ("hearing_set", "P9", date(2026, 12, 3), "2026-11-30"),  # backward
    ("court_proposed", "P13", date(2026, 10, 16), "2026-11-16"),
    ("inquiry_approved", "P12", date(2023, 12, 31), "2024-02-29"),  # T10
    ("suggestion_issued", "P11", date(2026, 11, 11), "2026-11-16"),
    ("suggestion_received", "P10", date(2024, 12, 31), "2025-02-28"),  # T10, from receipt (trap 22)
]


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(datetime(2026, 11, 25, 15)):
        yield


def long_ago(case, on):
    """Put the dates of the case before this day, so that the day alone is under test."""
    early = on - timedelta(days=400)
    type(case).objects.filter(pk=case.pk).update(received_on=early, accepted_on=early, decided_on=early)
    case.arbitrations.filter(result_on__isnull=False).update(applied_on=early, result_on=early)
    case.arbitrations.filter(result_on=None).update(applied_on=early)
    for filing in case.filings.all():
        filing.judgments.update(made_on=early)
        filing.judgments.filter(effective_on__isnull=False).update(effective_on=early)
        filing.filed_on = early
        filing.save()
    for appeal in [j.appeal for f in case.filings.all() for j in f.judgments.all() if hasattr(j, "appeal")]:
        appeal.filed_on = early
        appeal.save()
    Deadline.objects.filter(clocks.of_case(case)).update(starts_on=early)


def test_the_table_names_periods_that_there_are():
    named = {code for row in KINDS.values() for code in (*row.starts, *row.meets, *row.ruling, *row.stopped)}

    assert named <= KNOWN


def test_what_the_table_starts_it_also_ends():
    """Every clock that an event starts is ended by another event, or by a record of the procedure table."""
    by_record = {"C1", "C12", "A2", "A3", "C10", "C10R"}
    started = {code for row in KINDS.values() for code in (*row.starts, *row.ruling)}
    ended = {code for row in KINDS.values() for code in row.meets}

    assert started - ended - by_record == set()


def test_what_stops_clocks_stops_only_those_whose_rule_knows_the_cause():
    for kind, row in KINDS.items():
        for code in row.stopped:
            cause = row.stops or row.goes_on
            assert cause in Term.objects.get(code=code, organisation=None).pause_events, (kind, code)


@pytest.mark.parametrize(("kind", "code", "on", "due"), BY_HAND)
def test_an_event_starts_its_clock_on_the_day_it_happened(cast, kind, code, on, due):
    case = case_for(cast, kind)
    long_ago(case, on)
    if KINDS[kind].after:
        record(case, KINDS[kind].after, on - timedelta(days=30))

    with locks_first():
        one = record(case, kind, on)

    started = clock_of(case, code) if code != "A1" else None
    assert (started.starts_on, str(started.due_on), started.event) == (on, due, KINDS[kind].label)
    assert started.case_link.rests_on == f"occurrence-{one.pk}"
    assert started.responsible == case.handler
    assert case.events.last().kind == "occurred"


def test_every_starting_row_is_in_the_table_by_hand():
    seen = {(kind, code) for kind, code, *_ in BY_HAND} | {
        ("urgent_preservation", "C11"),
        ("court_completed", "C1"),
    }

    assert set(STARTERS) == seen


def test_urgent_preservation_runs_by_the_hour(cast):
    case = supported_case(cast)

    record(case, "urgent_preservation", date(2026, 11, 21), at=at(date(2026, 11, 21), 16))

    assert clock_of(case, "C11").due_at == at(date(2026, 11, 23), 16)


def test_without_the_hour_urgent_preservation_is_refused(cast):
    case = supported_case(cast)

    with refused("按小时计算，请填写时刻"):
        record(case, "urgent_preservation", days_ago(1), at=None)


@pytest.mark.parametrize(("kind", "code"), ENDERS)
def test_an_event_ends_its_clock(cast, kind, code):
    case = case_for(cast, kind)
    if KINDS[kind].after:
        record(case, KINDS[kind].after, days_ago(2))
    if code not in codes(case):
        hour = {"at": at(days_ago(2))} if code == "C11" else {}
        clocks.start(case, code, on=days_ago(2), by=cast.prosecutor, **hour)

    one = record(case, kind, clock.today())

    met = Deadline.objects.filter(clocks.of_case(case), term__code=code, met_on=clock.today())
    assert [each.met_note for each in met] == [f"{KINDS[kind].label}（事件 {one.pk}）"]
    assert [each.said_at_end for each in met] == [KINDS[kind].label]
    assert code not in codes(case) or code in KINDS[kind].starts


@pytest.mark.parametrize("kind", sorted(STOPPERS))
def test_a_beginning_stops_the_clocks_and_its_end_adds_the_days(cast, kind):
    case = case_for(cast, kind)
    if kind.startswith("board"):
        applied(case, days_ago(10))
        record(case, "board_accepted", days_ago(9))
    stopped = [one.rule["code"] for one in clocks.running(case, KINDS[kind].stopped)]
    days = {code: clock_of(case, code).paused_days for code in stopped}
    assert stopped

    record(case, kind, days_ago(7))
    assert {clock_of(case, code).paused_on for code in stopped} == {days_ago(7)}
    record(case, STOPPERS[kind], days_ago(3))

    for code in stopped:
        now = clock_of(case, code)
        assert (now.paused_on, now.paused_days - days[code]) == (None, 4)
        assert [p.cause for p in now.pauses.all()] == [KINDS[kind].stops]


def test_a_second_instance_after_a_ruling_has_thirty_days(cast):
    case = case_for(cast, "second_filed")
    judgment = case.filings.get().judgments.get()
    judgment.kind, judgment.result = "ruling", "rejected"
    judgment.save()
    long_ago(case, date(2026, 11, 2))

    record(case, "second_filed", date(2026, 11, 2))

    assert [str(one.due_on) for one in clocks.running(case, ["C10", "C10R"])] == ["2026-12-02"]


def test_completed_papers_start_the_seven_days_anew(cast):
    case = supported_case(cast)
    record(case, "court_received", days_ago(6))

    record(case, "court_completed", days_ago(1))

    assert [one.starts_on for one in clocks.running(case, ["C1"])] == [days_ago(1)]
    old = Deadline.objects.get(clocks.of_case(case), term__code="C1", cancelled_at__isnull=False)
    assert old.cancel_reason.startswith("法院收到补正材料（事件 ")


def test_of_two_defendants_only_the_one_who_answered_is_done(cast):
    case = filed_case(cast, "ordinary")
    record(case, "copy_served", days_ago(9), ends=[])
    record(case, "copy_served", days_ago(5), again=True)
    first, second = clocks.running(case, ["C3"])

    record(case, "answered", days_ago(1), ends=[first.pk])

    assert clocks.running(case, ["C3"]) == [second]


@pytest.mark.parametrize(
    ("kind", "shift", "sentence"),
    [
        ("inspection_opened", 1, "还没到，请改成今天或以前的日期"),
        ("court_received", -1, "不能登记“法院收到起诉材料”"),
        ("answered", -1, "不能登记“被告提交答辩”"),
        ("nonsense", -1, "这种事件不在列表里"),
        ("award_received_by_employer", -1, "没有一裁终局的仲裁裁决"),
        ("board_accepted", -1, "没有审理中的劳动仲裁"),
        ("award_received", -1, "没有待收到的裁决书"),
        ("files_read", -1, "还没登记“调阅卷宗开始”"),
        ("recusal_asked", -16, "早于收到申请的日期"),
        ("files_asked", -13, "早于受理日期"),
        ("inspection_opened", -1200, "早三年以上，请核对年份"),
    ],
)
def test_an_event_that_cannot_have_happened_leaves_no_trace(cast, kind, shift, sentence):
    case = reviewed_case(cast)

    with refused(sentence):
        actions.record(case, kind=kind, on=clock.today() + timedelta(days=shift), by=case.handler)

    assert not case.occurrences.exists()


def test_what_is_before_its_cause_is_refused(cast):
    case = filed_case(cast, "ordinary")

    with refused("早于立案日期"):
        record(case, "copy_served", days_ago(56))
    record(case, "copy_served", days_ago(5))
    with refused("早于“答辩”的起算日"):
        record(case, "answered", days_ago(6))


def test_the_same_cause_stops_once_another_stops_besides(cast):
    case = filed_case(cast, "ordinary")
    record(case, "appraisal_began", days_ago(9))
    with refused("“法院委托鉴定”已登记，请先登记“法院收到鉴定意见”"):
        record(case, "appraisal_began", days_ago(4))
    with refused("早于“法院委托鉴定”的日期"):
        record(case, "appraisal_ended", days_ago(10))

    record(case, "announced", days_ago(7))
    record(case, "appraisal_ended", days_ago(5))
    trial = clock_of(case, "C5")
    assert (trial.paused_on, trial.paused_days, codes(case)) == (days_ago(5), 4, ["C2", "C21", "C5"])
    record(case, "announcement_over", days_ago(3))

    assert (clock_of(case, "C5").paused_on, clock_of(case, "C5").paused_days) == (None, 6)


def test_a_stop_before_its_clock_began_is_refused(cast):
    case = reviewed_case(cast)
    clock_of(case, "P6a")
    Deadline.objects.filter(clocks.of_case(case)).update(starts_on=days_ago(2))

    with refused("早于“审查期限（内控目标）”的起算日"):
        record(case, "files_asked", days_ago(3))


def test_a_beginning_without_a_clock_to_stop_is_refused(cast):
    case = case_of_office(cast, review=True)

    with refused("没有进行中的相关期限"):
        record(case, "files_asked", days_ago(1))


@pytest.mark.parametrize("name", ["prosecutor2", "chief", "other"])
def test_only_who_handles_the_case_registers_events(cast, name):
    case = reviewed_case(cast)

    with refused("案件|承办"):
        record(case, "inspection_opened", days_ago(1), by=getattr(cast, name))


def test_a_case_in_enforcement_starts_six_months_that_execution_ends(cast):
    case = enforced_case(cast)
    following.apply(case, applied_on=days_ago(5), court="集宁区人民法院", court_number="", by=cast.prosecutor)
    assert str(clock_of(case, "C19").due_on) == "2027-05-20"
    following.follow_up(case, kind="call_back", on=days_ago(2), result="查封一辆车。", by=cast.prosecutor)
    assert "C19" in codes(case)

    record(case, "enforced", days_ago(1))

    assert "C19" not in codes(case)


def test_the_line_says_the_truth_while_one_of_two_causes_goes_on(cast):
    """The announcement stops from 10-08 on; an appraisal inside it that is over gives back no days of its own."""
    case = supported_case(cast, days=100)
    file(case, cast.prosecutor, procedure="ordinary", filed_on=date(2026, 9, 1))
    record(case, "announced", date(2026, 10, 8))
    assert clock_of(case, "C5").explanation.endswith("2026-10-08 起公告期间停止计算、还没恢复")
    record(case, "appraisal_began", date(2026, 10, 20))

    record(case, "appraisal_ended", date(2026, 11, 18))

    deadline = clock_of(case, "C5")
    said = "2026-10-08 起公告期间、鉴定或审计期间停止计算、还没恢复，到 2026-11-18 已停 41 日"
    assert said in deadline.explanation
    assert (deadline.paused_days, deadline.paused_on) == (41, date(2026, 11, 18))
    record(case, "announcement_over", date(2026, 11, 20))
    assert "停止计算、2026-11-20 恢复，顺加 43 日" in clock_of(case, "C5").explanation
