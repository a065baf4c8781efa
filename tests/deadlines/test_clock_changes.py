"""What moves or undoes a deadline after it started: correction of its start, an undone end, the cause of a pause."""

from datetime import date, timedelta

import pytest

from core import clock
from core.refusals import Refused
from deadlines import clocks
from deadlines.models import Deadline, PauseEvent
from notifications.models import Notification
from tests.deadlines.factories import AUGUST, DeadlineFactory, TermFactory

TEN_LATER = AUGUST + timedelta(days=10)


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=prosecutor)


@pytest.fixture
def ticked(prosecutor) -> Deadline:
    """A period that may be ticked off by hand, ticked off."""
    term = TermFactory(organisation=prosecutor.organisation, by_hand=True)
    deadline = DeadlineFactory(code=term.code, responsible=prosecutor)
    return clocks.meet(deadline, on=AUGUST, by=prosecutor, note="已电话告知")


def test_correcting_the_start_moves_the_due_day_and_keeps_the_old_one_on_record(deadline, prosecutor):
    with clock.travel(TEN_LATER):
        moved = clocks.correct_start(deadline, on=TEN_LATER, by=prosecutor, reason="受理日期登记错误")

    (row,) = moved.corrections.all()
    assert (moved.starts_on, moved.due_on) == (TEN_LATER, date(2026, 8, 28))
    assert (row.old_start, row.old_due, row.new_due) == (AUGUST, date(2026, 8, 18), date(2026, 8, 28))
    assert (moved.sequence, moved.due_set_on) == (1, TEN_LATER)
    assert "起算 2026-08-13" in moved.explanation


def test_a_correction_keeps_what_was_granted(deadline, prosecutor):
    clocks.extend(deadline, days=15, by=prosecutor, reason="补充材料")

    moved = clocks.correct_start(deadline, on=TEN_LATER, by=prosecutor, reason="更正")

    assert moved.due_on == date(2026, 9, 14)
    assert "延长 15 日" in moved.explanation


def test_correcting_to_the_same_day_writes_nothing(deadline, prosecutor):
    clocks.correct_start(deadline, on=AUGUST, by=prosecutor, reason="没有变化")

    assert (deadline.corrections.count(), deadline.sequence) == (0, 0)


@pytest.mark.parametrize(
    ("before", "reason", "sentence"),
    [
        (lambda d, by: None, " ", "还没填更正事由。"),
        (lambda d, by: clocks.meet(d, on=AUGUST, by=by), "更正", "已于 2026-08-03 完成"),
        (lambda d, by: clocks.cancel(d, by=by, reason="撤回"), "更正", "已经撤销"),
    ],
)
def test_a_refused_correction_leaves_no_trace(deadline, prosecutor, before, reason, sentence):
    before(deadline, prosecutor)

    with pytest.raises(Refused, match=sentence):
        clocks.correct_start(deadline, on=TEN_LATER, by=prosecutor, reason=reason)

    deadline.refresh_from_db()
    assert (deadline.starts_on, deadline.corrections.count()) == (AUGUST, 0)


def test_undoing_the_end_lets_the_period_run_on_as_before(ticked, prosecutor):
    running = clocks.reopen(ticked, by=prosecutor)

    (row,) = running.reopenings.all()
    assert (running.met_on, running.met_by, running.met_note) == (None, None, "")
    assert (row.was_met_on, row.was_note) == (AUGUST, "已电话告知")
    assert Deadline.objects.open().get() == running


def test_only_whoever_ended_it_undoes_it_and_only_that_day(ticked, prosecutor, prosecutor2):
    with pytest.raises(Refused, match="不是你办结的"):
        clocks.reopen(ticked, by=prosecutor2)
    with clock.travel(clock.now() + timedelta(days=1)), pytest.raises(Refused, match="只能撤销今天办结的"):
        clocks.reopen(ticked, by=prosecutor)

    assert Deadline.objects.open().count() == 0


def test_what_ended_with_an_act_of_the_case_is_not_undone_here(deadline, prosecutor):
    clocks.meet(deadline, on=AUGUST, by=prosecutor)

    with pytest.raises(Refused, match="随案件办理而完成"):
        clocks.reopen(deadline, by=prosecutor)


@pytest.mark.parametrize("verb", ["correct_start", "reopen"])
def test_both_lock_the_row_before_they_look(
    deadline, ticked, prosecutor, verb, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as queries:
        if verb == "reopen":
            clocks.reopen(ticked, by=prosecutor)
        else:
            clocks.correct_start(deadline, on=TEN_LATER, by=prosecutor, reason="更正")

    reads = [q["sql"] for q in queries.captured_queries if 'FROM "deadlines_deadline"' in q["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_a_rule_stops_only_on_the_causes_it_names(deadline, prosecutor):
    with pytest.raises(Refused, match="不因公告送达停止计算"):
        clocks.pause(deadline, on=AUGUST, by=prosecutor, reason="公告", cause=PauseEvent.ANNOUNCEMENT)

    clocks.pause(deadline, on=AUGUST, by=prosecutor, reason="委托审计", cause=PauseEvent.APPRAISAL)

    assert [pause.cause for pause in deadline.pauses.all()] == ["appraisal"]


@pytest.mark.parametrize("end", ["meet", "cancel"])
def test_the_end_settles_what_was_said_of_it(deadline, prosecutor, end):
    Notification.objects.deliver(
        [prosecutor], key="k", title="审查期限 今天到期", url="/", source=clocks.source_of(deadline)
    )

    if end == "meet":
        clocks.meet(deadline, on=AUGUST, by=prosecutor)
    else:
        clocks.cancel(deadline, by=prosecutor, reason="撤回申请")

    assert Notification.objects.unread().count() == 0


@pytest.mark.parametrize(("code", "counted"), [("P6a", 1), ("C6", 0), ("C18", 0), ("M1", 0)])
def test_overdue_counts_what_the_office_itself_had_to_do(prosecutor, code, counted):
    DeadlineFactory(code=code, responsible=prosecutor, starts_on=date(2020, 1, 6))

    assert Deadline.objects.past_due(clock.today()).count() == 1
    assert Deadline.objects.overdue(clock.today()).count() == counted
