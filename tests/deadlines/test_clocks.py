from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.refusals import Refused
from deadlines import clocks, pauses
from deadlines.models import Deadline, Holiday, PauseEvent, Term
from tests.deadlines.factories import AUGUST, DeadlineFactory, TermFactory

DUE = date(2026, 8, 18)


@pytest.fixture(autouse=True)
def _mid_august():
    with clock.travel(date(2026, 8, 14)):
        yield


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    return DeadlineFactory(responsible=prosecutor)


def test_start_counts_explains_and_keeps_the_rule(deadline, prosecutor):
    deadline.refresh_from_db()

    assert (deadline.due_on, deadline.warn_on, deadline.created_by) == (DUE, date(2026, 8, 14), prosecutor)
    assert deadline.how_counted() == "起算 2026-08-03（不计入），加 15 日至 2026-08-18"
    assert (deadline.kind, deadline.stops, deadline.rule["length"]) == ("internal", True, 15)
    assert len(deadline.calendar_version) == 12


def test_a_changed_rule_or_calendar_moves_no_running_date(deadline, prosecutor):
    Term.objects.filter(code="P6a").update(length=30, warn_days=1)
    Holiday.objects.create(day=DUE, kind="off", name="临时放假")
    deadline.refresh_from_db()
    later = DeadlineFactory(responsible=prosecutor)

    assert (deadline.due_on, later.due_on) == (DUE, date(2026, 9, 2))
    assert deadline.calendar_version != later.calendar_version


def test_an_offices_own_rule_goes_before_the_general_one(office, other_office, prosecutor, other):
    TermFactory(code="P6a", organisation=office, length=10)

    assert DeadlineFactory(responsible=prosecutor).due_on == date(2026, 8, 13)
    assert DeadlineFactory(responsible=other).due_on == DUE


def test_the_event_may_fix_another_length(prosecutor):
    assert DeadlineFactory(responsible=prosecutor, length=30).due_on == date(2026, 9, 2)


def test_hours_run_to_the_minute_through_the_weekend(prosecutor):
    friday = datetime(2026, 8, 14, 16, 30, tzinfo=clock.SHANGHAI)
    deadline = DeadlineFactory(responsible=prosecutor, code="C11", starts_on=friday.date(), starts_at=friday)

    assert (deadline.due_at, deadline.due_on) == (friday + timedelta(hours=48), date(2026, 8, 16))
    assert deadline.how_counted() == "起算 2026-08-14 16:30，加 48 小时至 2026-08-16 16:30"


def test_a_term_of_hours_asks_for_the_hour_and_leaves_no_trace(prosecutor):
    Term.objects.filter(code="P6a").update(unit="hour", roll=False, stops=False, pause_events=[])

    with pytest.raises(Refused, match="“审查期限（内控目标）”按小时计算，请填写起算的时刻。"):
        DeadlineFactory(responsible=prosecutor)
    assert Deadline.objects.count() == 0


def test_meet_writes_day_instant_and_person(deadline, clerk):
    met = clocks.meet(deadline, on=date(2026, 8, 13), by=clerk)

    assert (met.met_on, met.met_at, met.met_by) == (date(2026, 8, 13), clock.now(), clerk)
    assert met.state(DUE) == "met"
    assert not Deadline.objects.open().exists()


def test_a_pause_gives_its_days_back_when_resumed(deadline, prosecutor):
    clocks.pause(deadline, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")
    resumed = clocks.resume(deadline, on=date(2026, 8, 14), by=prosecutor)

    assert (resumed.due_on, resumed.paused_on, resumed.paused_days) == (date(2026, 8, 24), None, 4)
    assert (
        "2026-08-10 起中止期间停止计算、2026-08-14 恢复，顺加 4 日至 2026-08-22（周六），顺延"
        in resumed.explanation
    )
    assert [(p.reason, p.resumed_by) for p in resumed.pauses.all()] == [("等待鉴定", prosecutor)]


def test_pauses_and_extensions_count_in_the_order_they_happened(deadline, prosecutor):
    clocks.extend(deadline, until=date(2026, 8, 31), by=prosecutor, reason="分管副检察长批准")
    clocks.pause(deadline, on=date(2026, 8, 20), by=prosecutor, reason="等待鉴定")
    clocks.resume(deadline, on=date(2026, 8, 22), by=prosecutor)
    last = clocks.extend(deadline, days=1, by=prosecutor, reason="补充材料")

    assert last.due_on == date(2026, 9, 3)
    assert [*last.pauses.values_list("seq"), *last.extensions.values_list("seq")] == [(2,), (1,), (3,)]


def test_a_granted_day_already_includes_the_pauses_before_it(deadline, prosecutor):
    for first, second in [(5, 6), (7, 8), (9, 12)]:
        clocks.pause(deadline, on=date(2026, 8, first), by=prosecutor, reason="等待鉴定")
        clocks.resume(deadline, on=date(2026, 8, second), by=prosecutor)
    granted = clocks.extend(deadline, until=date(2026, 8, 31), by=prosecutor, reason="批准延期")

    assert (granted.due_on, granted.paused_days) == (date(2026, 8, 31), 5)


def test_what_is_done_while_paused_ends_the_pause(deadline, prosecutor):
    clocks.pause(deadline, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")
    met = clocks.meet(deadline, on=date(2026, 8, 12), by=prosecutor)

    assert (met.paused_on, met.pauses.get().resumed_on) == (None, date(2026, 8, 12))


def test_cancel_ends_a_pause_and_keeps_the_reason(deadline, prosecutor):
    clocks.pause(deadline, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")
    gone = clocks.cancel(deadline, by=prosecutor, reason="撤回申请")

    assert (gone.cancel_reason, gone.paused_on, gone.label(DUE)) == ("撤回申请", None, "已撤销")


def test_hand_over_changes_who_answers_and_says_who_decided(deadline, prosecutor, prosecutor2, head):
    given = clocks.hand_over(deadline, to=prosecutor2, by=head)

    assert given.responsible == prosecutor2
    assert [(h.giver, h.taker, h.handed_by) for h in given.hand_overs.all()] == [
        (prosecutor, prosecutor2, head)
    ]


PAUSE = {"on": date(2026, 8, 10), "reason": "等待鉴定"}
REFUSALS = [
    ("meet", {"on": date(2026, 8, 15)}, "完成日期 2026-08-15 还没到，请改成今天或以前的日期。"),
    ("pause", PAUSE | {"reason": " "}, "还没填停止计算的事由。"),
    (
        "pause",
        PAUSE | {"on": date(2026, 8, 2)},
        "停止计算的日期 2026-08-02 早于起算日 2026-08-03，请改其中一个。",
    ),
    ("resume", {"on": AUGUST}, "这项期限没有停止计算，不用恢复。"),
    ("extend", {"days": 5, "reason": ""}, "还没填延长事由。"),
    ("extend", {"reason": "补充材料"}, "延长天数和延至日期请填其中一个。"),
    ("extend", {"days": 0, "reason": "补充材料"}, "延长天数请填大于 0 的整数，例如 15。"),
    (
        "extend",
        {"until": DUE, "reason": "补充材料"},
        "延至日期 2026-08-18 不晚于现在的到期日 2026-08-18，请改成之后的日期。",
    ),
    ("cancel", {"reason": ""}, "还没填撤销事由。"),
]


@pytest.mark.parametrize(("verb", "given", "sentence"), REFUSALS)
def test_each_refusal_says_why_and_leaves_no_trace(deadline, prosecutor, verb, given, sentence):
    before = Deadline.objects.filter(pk=deadline.pk).values().get()

    with pytest.raises(Refused) as refusal:
        getattr(clocks, verb)(deadline, by=prosecutor, **given)

    assert str(refusal.value) == sentence
    assert Deadline.objects.filter(pk=deadline.pk).values().get() == before
    assert (deadline.pauses.count(), deadline.extensions.count()) == (0, 0)


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("pause", PAUSE, "这项期限已于 2026-08-05 起因中止停止计算，请先恢复。"),
        ("resume", {"on": AUGUST}, "恢复日期 2026-08-03 早于停止计算的日期 2026-08-05，请改其中一个。"),
        ("extend", {"days": 3, "reason": "补充材料"}, "这项期限正在停止计算，请先恢复再延长。"),
    ],
)
def test_refusals_while_paused(deadline, prosecutor, verb, given, sentence):
    clocks.pause(deadline, on=date(2026, 8, 5), by=prosecutor, reason="等待鉴定")

    with pytest.raises(Refused, match=sentence):
        getattr(clocks, verb)(deadline, by=prosecutor, **given)


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("meet", {"on": AUGUST}),
        ("pause", PAUSE),
        ("resume", {"on": AUGUST}),
        ("extend", {"days": 3, "reason": "补充材料"}),
        ("cancel", {"reason": "撤回申请"}),
    ],
)
def test_nothing_happens_to_what_is_over(deadline, prosecutor, verb, given):
    clocks.meet(deadline, on=date(2026, 8, 12), by=prosecutor)

    with pytest.raises(Refused, match="已于 2026-08-12 完成，不能再"):
        getattr(clocks, verb)(deadline, by=prosecutor, **given)


def test_appeal_periods_are_not_stopped_by_a_suspension(prosecutor):
    appeal = DeadlineFactory(responsible=prosecutor, code="C8")

    assert not Deadline.objects.stoppable().exists()
    with pytest.raises(Refused, match="“上诉（判决）”不停止计算。"):
        clocks.pause(appeal, by=prosecutor, **PAUSE)


def test_a_clock_stands_still_for_two_causes_and_runs_on_when_the_last_has_ended(deadline, prosecutor):
    stand = {"by": prosecutor, "reason": "等待", "cause": PauseEvent.APPRAISAL}
    clocks.pause(deadline, on=date(2026, 8, 5), **stand)
    clocks.pause(deadline, on=date(2026, 8, 7), **stand | {"cause": PauseEvent.EXPERT})
    one_over = clocks.resume(deadline, on=date(2026, 8, 10), by=prosecutor, cause=PauseEvent.APPRAISAL)

    assert (one_over.paused_on, one_over.state(DUE), one_over.due_on) == (
        date(2026, 8, 10),
        "paused",
        date(2026, 8, 24),
    )
    assert (
        "2026-08-05 起鉴定或审计期间、专家咨询期间停止计算、还没恢复，"
        "到 2026-08-10 已停 5 日，先顺加至 2026-08-23（周日）" in one_over.explanation
    )
    with pytest.raises(Refused, match="这项期限已于 2026-08-07 起因专家咨询停止计算，请先恢复"):
        clocks.pause(deadline, on=date(2026, 8, 11), **stand | {"cause": PauseEvent.EXPERT})

    over = clocks.resume(deadline, on=date(2026, 8, 12), by=prosecutor, cause=PauseEvent.EXPERT)

    assert (over.paused_on, over.paused_days, over.due_on) == (None, 7, date(2026, 8, 25))
    assert (
        "2026-08-05 起鉴定或审计期间、专家咨询期间停止计算、2026-08-12 恢复，顺加 7 日至 2026-08-25"
        in over.explanation
    )


def test_a_pause_registered_late_adds_only_its_own_days(deadline, prosecutor):
    clocks.pause(deadline, on=date(2026, 8, 5), by=prosecutor, reason="等待鉴定")
    clocks.resume(deadline, on=date(2026, 8, 11), by=prosecutor)
    paused = clocks.pause(deadline, by=prosecutor, **PAUSE)
    over = clocks.resume(deadline, on=date(2026, 8, 13), by=prosecutor)

    assert (paused.due_on, paused.paused_on) == (date(2026, 8, 24), date(2026, 8, 11))
    assert over.due_on == date(2026, 8, 26)


def test_a_cause_that_is_taken_back_or_moved_recounts_the_others(deadline, prosecutor):
    stand = {"by": prosecutor, "reason": "等待"}
    clocks.pause(deadline, on=date(2026, 8, 5), begun_by="a", **stand)
    clocks.pause(deadline, on=date(2026, 8, 7), begun_by="b", cause=PauseEvent.EXPERT, **stand)
    clocks.resume(deadline, on=date(2026, 8, 10), by=prosecutor, cause=PauseEvent.SUSPENSION, ended_by="c")
    alone = pauses.take_back(deadline, cause=PauseEvent.EXPERT, by=prosecutor, reason="登记错了")
    assert (alone.paused_on, alone.paused_days, alone.due_on) == (None, 5, date(2026, 8, 24))

    later = pauses.move(deadline, key="a", on=date(2026, 8, 8), by=prosecutor, reason="登记错了")
    assert (later.paused_days, later.due_on) == (2, date(2026, 8, 20))

    going_on = pauses.take_back_end(deadline, ended_by="c", by=prosecutor, reason="登记错了")
    assert (going_on.paused_on, going_on.due_on) == (date(2026, 8, 8), DUE)
    standing = [(p.seq, p.paused_on, p.resumed_on) for p in deadline.pauses.filter(voided_at=None)]
    assert standing == [(1, date(2026, 8, 8), None)]
    assert deadline.pauses.exclude(voided_at=None).count() == 3


def test_what_was_cancelled_by_mistake_runs_on_and_stands_still_as_before(deadline, prosecutor):
    clocks.pause(deadline, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")
    clocks.cancel(deadline, by=prosecutor, reason="重新起算")

    again = clocks.revive(deadline, by=prosecutor)

    assert (again.cancelled_at, again.paused_on, again.due_on) == (None, date(2026, 8, 10), DUE)
    assert again.reopenings.get().was_note == "重新起算"
    with pytest.raises(Refused, match="没有撤销，不用恢复"):
        clocks.revive(deadline, by=prosecutor)


@pytest.mark.parametrize(("to", "sentence"), [("prosecutor", "已经是责任人"), ("other", "只能转给本单位")])
def test_hand_over_refuses(deadline, cast, head, to, sentence):
    with pytest.raises(Refused, match=sentence):
        clocks.hand_over(deadline, to=getattr(cast, to), by=head)


@pytest.mark.parametrize(
    "verb",
    [
        lambda d, by: clocks.meet(d, on=AUGUST, by=by),
        lambda d, by: clocks.pause(d, by=by, **PAUSE),
        lambda d, by: clocks.extend(d, days=3, reason="补充材料", by=by),
        lambda d, by: clocks.cancel(d, reason="撤回申请", by=by),
    ],
)
def test_every_verb_locks_the_row_before_it_looks(deadline, prosecutor, verb, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as queries:
        verb(deadline, prosecutor)

    reads = [q["sql"] for q in queries.captured_queries if "deadlines_" in q["sql"]]
    assert reads[0].endswith('FOR UPDATE OF "deadlines_deadline"')


def test_pauses_extensions_and_hand_overs_are_never_rewritten(deadline, prosecutor, prosecutor2):
    clocks.hand_over(deadline, to=prosecutor2, by=prosecutor)
    clocks.extend(deadline, days=3, reason="补充材料", by=prosecutor)
    clocks.pause(deadline, by=prosecutor, **PAUSE)
    clocks.resume(deadline, on=date(2026, 8, 12), by=prosecutor)

    for rows in (deadline.pauses, deadline.extensions, deadline.hand_overs):
        for change in (
            lambda rows=rows: rows.update(deadline=deadline),
            lambda rows=rows: rows.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
                change()
