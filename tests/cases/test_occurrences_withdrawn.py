"""撤销事件、办结、延长: what is taken back is as it was before, and one clock is done or lengthened."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.filing import actions as court
from cases.models import Occurrence, Suspension
from cases.occurrences import actions
from cases.suspension import actions as suspending
from core import clock
from deadlines.models import PauseEvent
from tests.cases.court import awards_of, days_ago, filed_case, supported_case
from tests.cases.events import clock_of, codes, record, reviewed_case
from tests.cases.traces import locks_first, refused


def withdraw(case, one, reason="登记到了别的案件", by=None):
    return actions.withdraw(case, occurrence=one, reason=reason, by=by or case.handler)


def test_what_the_event_started_is_cancelled_with_the_reason(cast):
    case = reviewed_case(cast)
    one = record(case, "inspection_opened", days_ago(3))

    with locks_first():
        withdraw(case, one)

    started = clock_of(case, "I1")
    assert started.cancel_reason == "撤销“劳动监察立案”：登记到了别的案件"
    one.refresh_from_db()
    assert (one.removed_by, one.remove_reason) == (case.handler, "登记到了别的案件")
    assert case.events.last().kind == "occurrence_removed"


def test_what_the_event_ended_runs_on(cast):
    case = reviewed_case(cast)
    record(case, "aid_asked", days_ago(3))
    due_on = clock_of(case, "LA1").due_on
    one = record(case, "aid_granted", days_ago(1), by=cast.assistant)

    withdraw(case, one)

    asked = clock_of(case, "LA1")
    assert (asked.met_on, asked.due_on, codes(case)) == (None, due_on, ["LA1", "P6a", "P6b"])
    assert asked.reopenings.get().was_met_on == days_ago(1)


def test_after_the_judgment_what_the_event_ended_stays_over(cast):
    case = filed_case(cast, "ordinary")
    record(case, "copy_served", days_ago(20))
    one = record(case, "answered", days_ago(10))
    judged = {"kind": "judgment", "result": "full", "adopted": "full", "number": "（2026）内0902民初123号"}
    court.judge(case, awards=awards_of(case), made_on=days_ago(5), by=cast.prosecutor, **judged)

    withdraw(case, one)

    assert clock_of(case, "C3").met_on == days_ago(10)


def test_what_has_led_to_something_done_is_not_withdrawn(cast):
    case = reviewed_case(cast)
    one = record(case, "aid_asked", days_ago(3))
    record(case, "aid_granted", days_ago(1))

    with refused("由它起算的“法律援助审查决定”已于 .* 办结"):
        withdraw(case, one)


def test_an_event_is_withdrawn_once_and_with_a_reason(cast):
    case = reviewed_case(cast)
    one = record(case, "inspection_opened", days_ago(3))

    with refused("还没填撤销理由"):
        withdraw(case, one, reason=" ")
    withdraw(case, one)
    with refused("这件事已经撤销"):
        withdraw(case, one)


def test_a_stop_that_never_was_costs_no_day(cast):
    case = reviewed_case(cast)
    before = clock_of(case, "P6a").due_on
    one = record(case, "files_asked", days_ago(1))

    withdraw(case, one)

    review = clock_of(case, "P6a")
    assert (review.paused_on, review.paused_days, review.due_on) == (None, 0, before)


def test_an_end_that_never_was_leaves_the_clock_standing(cast):
    case = reviewed_case(cast)
    begun = record(case, "audit_began", days_ago(1))
    ended = record(case, "audit_ended", clock.today())
    with refused("之后登记了“鉴定、审计结束”.*请先撤销那一件"):
        withdraw(case, begun)

    withdraw(case, ended)

    assert clock_of(case, "P6a").paused_on == days_ago(1)
    standing = clock_of(case, "P6a").pauses.filter(voided_at=None)
    assert [(p.cause, p.paused_on, p.resumed_on) for p in standing] == [
        (PauseEvent.APPRAISAL, days_ago(1), None)
    ]


def test_an_appraisal_that_ends_while_suspended_does_not_start_the_clock(cast):
    case = reviewed_case(cast)
    record(case, "audit_began", days_ago(1))
    Suspension.objects.create(
        case=case, ground="other", reason="等待", starts_on=clock.today(), recorded_by=cast.chief
    )
    clocks.pause_review(case, on=clock.today(), by=cast.chief, reason="等待")

    record(case, "audit_ended", clock.today())

    assert clock_of(case, "P6a").paused_on == clock.today()
    suspending.resume(case, on=clock.today(), by=cast.prosecutor)
    assert clock_of(case, "P6a").paused_on is None


def test_resuming_the_review_leaves_an_appraisal_standing(cast):
    case = reviewed_case(cast)
    record(case, "audit_began", days_ago(1))
    Suspension.objects.create(
        case=case, ground="other", reason="等待", starts_on=clock.today(), recorded_by=cast.chief
    )

    suspending.resume(case, on=clock.today(), by=cast.prosecutor)

    assert clock_of(case, "P6a").paused_on == days_ago(1)


def test_completed_papers_that_never_came_leave_the_first_seven_days_running(cast):
    case = supported_case(cast)
    first = record(case, "court_received", days_ago(6))
    due_on = clock_of(case, "C1").due_on
    second = record(case, "court_completed", days_ago(3))
    third = record(case, "court_completed", days_ago(1))
    with refused("之后登记了“法院收到补正材料”.*请先撤销那一件"):
        withdraw(case, second)

    withdraw(case, third)
    assert [one.starts_on for one in clocks.running(case, ["C1"])] == [days_ago(3)]
    withdraw(case, second)

    (again,) = clocks.running(case, ["C1"])
    assert (again.starts_on, again.due_on) == (days_ago(6), due_on)
    assert again.reopenings.get().was_note == f"法院收到补正材料（事件 {second.pk}），重新起算"
    assert again.case_link.rests_on == f"occurrence-{first.pk}"


def test_what_runs_again_runs_from_the_day_its_own_event_bears_now(cast):
    case = supported_case(cast)
    first = record(case, "court_received", days_ago(6))
    second = record(case, "court_completed", days_ago(1))
    Occurrence.objects.filter(pk=first.pk).update(on=days_ago(5))

    withdraw(case, second)

    assert [one.starts_on for one in clocks.running(case, ["C1"])] == [days_ago(5)]


def test_what_was_itself_withdrawn_does_not_run_again(cast):
    case = supported_case(cast)
    first = record(case, "court_received", days_ago(6))
    second = record(case, "court_completed", days_ago(1))
    withdraw(case, first)

    withdraw(case, second)

    assert clocks.running(case, ["C1"]) == []


def test_a_clock_without_a_page_of_its_own_is_finished_by_hand(cast):
    case = reviewed_case(cast)
    record(case, "court_proposed", days_ago(9))
    deadline = clock_of(case, "P13")

    with locks_first():
        actions.finish(case, deadline=deadline, on=days_ago(1), note="书面回复", by=cast.prosecutor)

    deadline.refresh_from_db()
    assert (deadline.met_on, deadline.met_note) == (days_ago(1), "书面回复")
    with refused("已于 .* 办结"):
        actions.finish(case, deadline=deadline, on=days_ago(1), by=cast.prosecutor)


def test_the_review_is_not_finished_by_hand_nor_anything_before_it_began(cast):
    case = reviewed_case(cast)
    record(case, "court_proposed", days_ago(2))

    with refused("随案件办理而完成"):
        actions.finish(case, deadline=clock_of(case, "P6a"), on=clock.today(), by=cast.prosecutor)
    with refused("早于“对法院建议的复查回复”的起算日"):
        actions.finish(case, deadline=clock_of(case, "P13"), on=days_ago(3), by=cast.prosecutor)


def test_the_court_lengthens_its_own_period(cast):
    case = filed_case(cast, "ordinary")
    until = clock_of(case, "C5").due_on + timedelta(days=180)

    with locks_first():
        actions.extend(
            case, deadline=clock_of(case, "C5"), until=until, reason="院长批准", by=cast.prosecutor
        )

    assert clock_of(case, "C5").due_on >= until
    assert [e.kind for e in case.events.all()][-1] == "clock_extended"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("P6a", "要报批"), ("P6b", "没有延长的规定"), ("P13", "没有延长的规定")],
)
def test_what_the_rule_does_not_lengthen_is_not_lengthened(cast, code, sentence):
    case = reviewed_case(cast)
    record(case, "court_proposed", days_ago(2))

    with refused(sentence):
        actions.extend(case, deadline=clock_of(case, code), days=10, reason="案情复杂", by=cast.prosecutor)


@pytest.mark.parametrize("name", ["prosecutor2", "chief", "other"])
def test_only_who_handles_the_case_touches_its_clocks(cast, name):
    case = reviewed_case(cast)
    one = record(case, "court_proposed", days_ago(2))
    deadline, user = clock_of(case, "P13"), getattr(cast, name)

    with refused("案件|承办"):
        actions.finish(case, deadline=deadline, on=clock.today(), by=user)
    with refused("案件|承办"):
        actions.extend(case, deadline=deadline, days=3, reason="案情复杂", by=user)
    with refused("案件|承办"):
        withdraw(case, one, by=user)
