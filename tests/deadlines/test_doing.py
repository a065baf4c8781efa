"""What one does from the desk: who may, what is written, who hears of it, and twice is once."""

from datetime import date, timedelta

import pytest

from accounts.models import Absence
from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks, doing, policy, todos
from deadlines.models import Deadline, DeadlineHandOver, Task, TaskHandOver, Urge, Watcher
from notifications.models import Notification
from tests.deadlines.factories import DeadlineFactory, TaskFactory

TODAY = date(2026, 8, 12)  # of the factory's deadline: started 2026-08-03
EVERYBODY = ["prosecutor", "prosecutor2", "assistant", "clerk", "head", "chief", "other", "other_head"]
EVERYBODY += ["city", "legalaid", "mediator", "sysadmin", "security", "auditor"]
POLICIES = [
    policy.why_not_finish,
    policy.why_not_acknowledge,
    policy.why_not_undo,
    policy.why_not_reschedule,
    policy.why_not_hand_over,
    policy.why_not_urge,
]


@pytest.fixture(autouse=True)
def _in_august():
    with clock.travel(TODAY):
        yield


def of(prosecutor, code="P8", **given) -> Deadline:
    """A deadline of this person; P8 is ended by hand."""
    return DeadlineFactory(responsible=prosecutor, code=code, **given)


def agreed(prosecutor, due_on=date(2026, 8, 20)) -> Deadline:
    return of(prosecutor, "M1", starts_on=due_on)


def expired_right(prosecutor) -> Deadline:
    """C22: ten days from 2026-07-20, over on 07-30."""
    return of(prosecutor, "C22", starts_on=date(2026, 7, 20))


def away(user, cover, on=TODAY) -> Absence:
    return Absence.objects.create(
        user=user, covered_by=cover, starts_on=on, ends_on=on, reason="年休假", created_by=user
    )


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def states(cast) -> list:
    """Matters in every state a policy may meet."""
    made = [
        of(cast.prosecutor),
        of(cast.prosecutor, "P6a"),
        of(cast.prosecutor, "C11", starts_at=clock.now()),
        agreed(cast.prosecutor),
    ]
    done = of(cast.prosecutor)
    clocks.meet(done, on=TODAY, by=cast.prosecutor)
    gone = of(cast.prosecutor)
    clocks.cancel(gone, by=cast.prosecutor, reason="撤回")
    paused = of(cast.prosecutor, "P6a")
    clocks.pause(paused, on=TODAY, by=cast.prosecutor, reason="鉴定")
    task = TaskFactory(assigned_to=cast.prosecutor)
    finished = todos.finish(TaskFactory(assigned_to=cast.prosecutor), by=cast.prosecutor)
    for each in (done, gone, paused):
        each.refresh_from_db()
    return [*made, expired_right(cast.prosecutor), done, gone, paused, task, finished]


# -- policies ----------------------------------------------------------------------------------------------------


def test_policies_answer_for_everybody_and_every_state(cast):
    for matter in states(cast):
        for name in EVERYBODY:
            for why_not in POLICIES:
                answer = why_not(matter, getattr(cast, name))
                assert answer == "" or answer.endswith("。")
                if name in EVERYBODY[6:]:
                    assert answer == policy.FOREIGN


@pytest.mark.parametrize(
    ("why_not", "may"),
    [
        (policy.why_not_finish, {"prosecutor", "head"}),
        (policy.why_not_hand_over, {"prosecutor", "head"}),
        (policy.why_not_urge, {"head", "chief"}),
    ],
)
def test_who_may_do_what_with_a_deadline(cast, why_not, may):
    deadline = of(cast.prosecutor)

    assert {name for name in EVERYBODY if not why_not(deadline, getattr(cast, name))} == may


@pytest.mark.parametrize(
    ("why_not", "may"),
    [
        (policy.why_not_finish, {"clerk", "head"}),
        (policy.why_not_reschedule, {"clerk", "prosecutor"}),
        (policy.why_not_hand_over, {"clerk", "prosecutor"}),
        (policy.why_not_urge, {"prosecutor", "head", "chief"}),
        (policy.why_not_edit, {"prosecutor"}),
    ],
)
def test_who_may_do_what_with_a_to_do(cast, why_not, may):
    task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)

    assert {name for name in EVERYBODY if not why_not(task, getattr(cast, name))} == may


def test_a_refusal_names_whom_to_ask(cast):
    deadline = of(cast.prosecutor)

    assert "需要办理请联系李检察官。" in policy.why_not_finish(deadline, cast.clerk)
    assert "需要办理请联系李检察官。" in policy.why_not_hand_over(deadline, cast.clerk)
    assert "请联系部门负责人" in policy.why_not_urge(deadline, cast.clerk)
    assert policy.why_not_urge(of(cast.head), cast.head) == "这一项由你自己负责，不用催办。"


@pytest.mark.parametrize(
    "why_not", [policy.why_not_finish, policy.why_not_reschedule, policy.why_not_hand_over]
)
def test_who_covers_a_colleague_does_what_that_one_could_on_those_days(cast, why_not):
    matters = [agreed(cast.prosecutor), TaskFactory(assigned_to=cast.prosecutor, created_by=cast.clerk)]
    matters[0].rule["by_hand"] = True
    assert all(why_not(each, cast.assistant) for each in matters)

    away(cast.prosecutor, cast.assistant)

    assert [why_not(each, cast.assistant) for each in matters] == ["", ""]
    assert all(why_not(each, cast.prosecutor2) for each in matters)
    with clock.travel(TODAY + timedelta(days=1)):
        assert all(why_not(each, cast.assistant) for each in matters)


def test_it_is_on_record_who_stood_in_for_whom(cast):
    deadline, task = agreed(cast.prosecutor), TaskFactory(assigned_to=cast.prosecutor)
    away(cast.prosecutor, cast.assistant)

    for matter in (deadline, task):
        doing.reschedule(matter, on=date(2026, 9, 3), by=cast.assistant, reason="同事请假")
        doing.reschedule(matter, on=date(2026, 9, 4), by=task.assigned_to, reason="x")
        doing.hand_over(matter, to=cast.clerk, by=cast.assistant, reason="同事请假")

    rows = [(row.extended_by, row.on_behalf_of) for row in deadline.extensions.all()]
    assert rows == [(row.changed_by, row.on_behalf_of) for row in task.changes.all()]
    assert rows == [(cast.assistant, cast.prosecutor), (cast.prosecutor, None)]
    handed = [DeadlineHandOver.objects.get(), TaskHandOver.objects.get()]
    assert [(row.handed_by, row.giver) for row in handed] == [(cast.assistant, cast.prosecutor)] * 2
    assert told(cast.prosecutor) == [
        *(f"约定履行 {deadline}改期到 09-03", f"不再由你办理：约定履行 {deadline}"),
        *("一项待办改期到 09-03", "不再由你办理：一项待办"),
    ]


def test_the_head_plans_what_hangs_on_a_case_and_nothing_private(cast):
    on_case = TaskFactory(assigned_to=cast.clerk, created_by=cast.clerk, owner_url="/cases/1/")
    private = TaskFactory(assigned_to=cast.clerk, created_by=cast.clerk)

    for why_not in (policy.why_not_reschedule, policy.why_not_hand_over):
        assert [why_not(each, cast.head) == "" for each in (on_case, private)] == [True, False]
        assert why_not(on_case, cast.chief).startswith("只有承办人、代办人、交办人和部门负责人可以")
    seen = {
        name: set(Task.objects.visible_to(getattr(cast, name))) for name in ("head", "chief", "assistant")
    }
    assert seen == {"head": {on_case}, "chief": {on_case}, "assistant": set()}
    assert not Task.objects.visible_to(cast.other_head).exists()


# -- 办结, 撤销, 知悉 -------------------------------------------------------------------------------------------


def test_done_and_undone_leaves_the_deadline_as_it_was(cast):
    deadline = of(cast.prosecutor)

    done = doing.finish(deadline, by=cast.prosecutor, on=date(2026, 8, 10), note=" 已决定不回避 ")
    assert (done.met_on, done.met_by, done.met_note) == (date(2026, 8, 10), cast.prosecutor, "已决定不回避")

    again = doing.undo(done, by=cast.prosecutor)
    assert (again.met_on, again.met_note, again.due_on) == (None, "", deadline.due_on)
    assert again.reopenings.get().was_met_on == date(2026, 8, 10)


def test_done_twice_is_refused(cast):
    deadline = of(cast.prosecutor)
    doing.finish(deadline, by=cast.prosecutor)

    with pytest.raises(Refused, match="这项期限已于 2026-08-12 办结。"):
        doing.finish(deadline, by=cast.head)


def test_what_a_page_of_its_own_ends_is_not_ticked_off(cast):
    with pytest.raises(Refused, match="“审查期限（内控目标）”随案件办理而办结，请到案件里登记。"):
        doing.finish(of(cast.prosecutor, "P6a"), by=cast.prosecutor)


def test_nothing_is_done_before_it_began(cast):
    with pytest.raises(Refused, match="办结日期 2026-08-02 早于起算日 2026-08-03，请改其中一个。"):
        doing.finish(of(cast.prosecutor), by=cast.prosecutor, on=date(2026, 8, 2))


def test_a_right_that_ran_out_is_noted_or_was_used_in_time(cast):
    deadline = expired_right(cast.prosecutor)

    with pytest.raises(Refused, match="这项权利已于 2026-07-30 届满"):
        doing.finish(deadline, by=cast.prosecutor)
    with pytest.raises(Refused, match="还没填知悉说明。"):
        doing.acknowledge(deadline, by=cast.prosecutor, note=" ")
    gone = doing.acknowledge(deadline, by=cast.prosecutor, note="当事人不再申请")
    assert (gone.cancelled_by, gone.cancel_reason) == (cast.prosecutor, "当事人不再申请")

    assert gone.label(TODAY) == "已知悉"

    in_time = doing.finish(expired_right(cast.prosecutor), by=cast.prosecutor, on=date(2026, 7, 29))
    assert in_time.met_on == date(2026, 7, 29)


def test_what_was_noted_is_taken_back_on_the_same_day_by_whoever_noted_it(cast):
    gone = doing.acknowledge(expired_right(cast.prosecutor), by=cast.prosecutor, note="当事人不再申请")
    with pytest.raises(Refused, match="这项期限不是你登记知悉的，不能撤销。"):
        doing.undo(gone, by=cast.head)
    with clock.travel(TODAY + timedelta(days=1)), pytest.raises(Refused, match="只能撤销今天登记知悉的期限"):
        doing.undo(gone, by=cast.prosecutor)

    again = doing.undo(gone, by=cast.prosecutor)

    assert (again.state(TODAY), again.cancel_reason, again.acknowledged) == ("overdue", "", False)
    assert again.sequence == gone.sequence + 1
    row = again.reopenings.get()
    assert (row.was_met_on, row.was_note, row.reopened_by) == (None, "当事人不再申请", cast.prosecutor)
    assert policy.why_not_acknowledge(again, cast.prosecutor) == ""


def test_what_fell_away_with_its_event_is_not_taken_back_here(cast):
    gone = clocks.cancel(expired_right(cast.prosecutor), by=cast.prosecutor, reason="撤回")

    with pytest.raises(Refused, match="这项期限没有办结，不用撤销。"):
        doing.undo(gone, by=cast.prosecutor)


def test_only_expired_rights_are_acknowledged(cast):
    running = of(cast.prosecutor, "C22", starts_on=TODAY)

    assert "还没有届满" in policy.why_not_acknowledge(running, cast.prosecutor)
    assert "只有当事人行使权利的期限" in policy.why_not_acknowledge(of(cast.prosecutor), cast.prosecutor)
    assert policy.why_not_acknowledge(TaskFactory(assigned_to=cast.prosecutor), cast.prosecutor)


def test_whoever_gave_a_to_do_and_who_is_informed_hear_that_it_is_done(cast):
    task = todos.give(
        title="调取工资表", assigned_to=cast.clerk, by=cast.prosecutor, cc=[cast.assistant, cast.clerk]
    )

    done = doing.finish(task, by=cast.clerk, note="已取回")

    assert (done.done_by, done.done_note) == (cast.clerk, "已取回")
    assert told(cast.prosecutor) == ["一项待办已办结"]
    assert told(cast.assistant) == ["抄送给你一项待办", "一项待办已办结"]
    assert told(cast.clerk) == ["交给你一项待办"]
    assert not Notification.objects.filter(recipient=cast.clerk).unread().exists()


# -- 改期 --------------------------------------------------------------------------------------------------------


def test_what_was_agreed_moves_to_a_later_day_with_its_reason(cast):
    deadline = agreed(cast.prosecutor)

    moved = doing.reschedule(deadline, on=date(2026, 9, 3), by=cast.prosecutor, reason="双方同意分期")

    assert moved.due_on == date(2026, 9, 3)
    assert [(row.until, row.reason, row.extended_by) for row in moved.extensions.all()] == [
        (date(2026, 9, 3), "双方同意分期", cast.prosecutor)
    ]
    with pytest.raises(Refused, match="不晚于现在的到期日 2026-09-03"):
        doing.reschedule(moved, on=date(2026, 9, 3), by=cast.head, reason="x")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("C1", policy.STATUTE),
        ("A2", policy.STATUTE),
        ("P6a", policy.BY_APPROVAL),
        ("P6b", policy.BY_APPROVAL),
        ("P8", "“回避决定”没有延长的规定，不能改期。日期登记错了请到案件里更正。"),
        ("P9", "“听证通知”没有延长的规定，不能改期。日期登记错了请到案件里更正。"),
    ],
)
def test_days_that_nobody_moves_here_say_where_to_go(cast, code, sentence):
    deadline = of(cast.prosecutor, code)

    with pytest.raises(Refused) as refusal:
        doing.reschedule(deadline, on=date(2027, 1, 4), by=cast.prosecutor, reason="忙")
    assert str(refusal.value) == sentence
    deadline.refresh_from_db()
    assert deadline.extensions.count() == 0


def test_a_to_do_moves_with_its_reason(cast):
    task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)

    doing.reschedule(task, on=date(2026, 8, 20), by=cast.clerk, reason="等材料")
    task = doing.reschedule(task, on=date(2026, 8, 14), by=cast.prosecutor, reason="提前")

    rows = [(row.old_due, row.new_due, row.reason, row.changed_by) for row in task.changes.all()]
    assert rows == [
        (None, date(2026, 8, 20), "等材料", cast.clerk),
        (date(2026, 8, 20), date(2026, 8, 14), "提前", cast.prosecutor),
    ]
    for on, reason, sentence in [
        (date(2026, 8, 14), "x", "现在就是 2026-08-14"),
        (date(2026, 8, 11), "x", "2026-08-11 已经过去"),
        (date(2026, 8, 30), " ", "还没填改期事由。"),
    ]:
        with pytest.raises(Refused, match=sentence):
            doing.reschedule(task, on=on, by=cast.clerk, reason=reason)


def test_whoever_gave_it_has_to_do_it_or_is_informed_hears_of_the_new_day(cast):
    people = {"assigned_to": cast.clerk, "by": cast.prosecutor, "cc": [cast.assistant]}
    task, deadline = todos.give(title="调取工资表", **people), agreed(cast.prosecutor)
    Notification.objects.all().delete()

    doing.reschedule(task, on=date(2026, 8, 20), by=cast.clerk, reason="等材料")
    doing.reschedule(deadline, on=date(2026, 9, 3), by=cast.head, reason="双方同意分期")

    words = ["一项待办改期到 08-20"]
    assert (told(cast.clerk), told(cast.assistant)) == ([], words)
    assert told(cast.prosecutor) == [*words, f"约定履行 {deadline}改期到 09-03"]
    assert told(cast.head) == []


@pytest.mark.parametrize("deed", ["reschedule", "hand_over"])
def test_whoever_acts_on_an_old_view_is_asked_again(cast, deed):
    task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor, due_on=TODAY)
    seen = doing.version_of(task)
    doing.reschedule(task, on=date(2026, 8, 20), by=cast.clerk, reason="等材料", seen=seen)
    facts = {"on": date(2026, 8, 14)} if deed == "reschedule" else {"to": cast.assistant}

    with pytest.raises(Conflict, match="这一项刚被改动：现由陈内勤办理，到期日 2026-08-20。") as conflict:
        getattr(doing, deed)(task, **facts, by=cast.prosecutor, reason="x", seen=seen)

    again = doing.version_of(conflict.value.current)
    assert getattr(doing, deed)(task, **facts, by=cast.prosecutor, reason="x", seen=again)


# -- 转办 --------------------------------------------------------------------------------------------------------


def test_a_deadline_goes_to_a_colleague_who_is_told_and_its_giver_stays_informed(cast):
    deadline = of(cast.prosecutor, title="150902-2026-0016")

    doing.hand_over(deadline, to=cast.assistant, by=cast.prosecutor, reason="外出培训")

    row = DeadlineHandOver.objects.get()
    assert (row.giver, row.taker, row.handed_by, row.reason) == (
        *(cast.prosecutor, cast.assistant, cast.prosecutor),
        "外出培训",
    )
    assert Watcher.objects.get().user == cast.prosecutor
    assert told(cast.assistant) == ["转给你办理：回避决定 150902-2026-0016"]


def test_who_is_relieved_of_it_hears_so_and_so_do_those_informed(cast):
    task = todos.give(title="调取工资表", assigned_to=cast.clerk, by=cast.prosecutor, cc=[cast.prosecutor2])
    Notification.objects.all().delete()

    doing.hand_over(task, to=cast.assistant, by=cast.prosecutor, reason="外出培训")

    assert told(cast.clerk) == ["不再由你办理：一项待办"]
    assert told(cast.assistant) == ["转给你办理：一项待办"]
    assert told(cast.prosecutor2) == ["已转办：一项待办"]
    assert told(cast.prosecutor) == []


def test_who_is_copied_later_is_told_once(cast):
    task = todos.give(title="调取工资表", assigned_to=cast.clerk, by=cast.prosecutor)

    for cc in ([cast.assistant], [cast.assistant, cast.prosecutor2]):
        todos.edit(task, title=task.title, seen=task.title, cc=cc, by=cast.prosecutor)

    assert told(cast.assistant) == told(cast.prosecutor2) == ["抄送给你一项待办"]


def test_who_gets_it_back_is_no_watcher_any_more(cast):
    task = TaskFactory(assigned_to=cast.clerk, created_by=cast.clerk)

    doing.hand_over(task, to=cast.assistant, by=cast.clerk, reason="外出")
    doing.hand_over(task, to=cast.clerk, by=cast.assistant, reason="已回")

    assert [row.user for row in Watcher.objects.all()] == [cast.assistant]
    assert [(row.giver, row.taker, row.reason) for row in TaskHandOver.objects.all()] == [
        (cast.clerk, cast.assistant, "外出"),
        (cast.assistant, cast.clerk, "已回"),
    ]


@pytest.mark.parametrize("who", ["other", "sysadmin", "legalaid"])
def test_only_colleagues_of_the_office_who_work_on_cases_take_it(cast, who):
    with pytest.raises(Refused, match="只能转给本单位在岗的办案人员"):
        doing.hand_over(of(cast.prosecutor), to=getattr(cast, who), by=cast.prosecutor, reason="忙")


def test_a_hand_over_wants_a_reason_and_another_person(cast):
    with pytest.raises(Refused, match="还没填转办事由。"):
        doing.hand_over(of(cast.prosecutor), to=cast.clerk, by=cast.prosecutor, reason=" ")
    with pytest.raises(Refused, match="李检察官 已经是责任人"):
        doing.hand_over(of(cast.prosecutor), to=cast.prosecutor, by=cast.head, reason="x")


# -- 催办 --------------------------------------------------------------------------------------------------------


def test_urging_tells_the_responsible_and_who_covers_them_once_a_day(cast):
    deadline = of(cast.prosecutor, title="150902-2026-0016")
    away(cast.prosecutor, cast.assistant)

    doing.urge(deadline, by=cast.head, note="请当事人来")

    words = ["催办：回避决定 150902-2026-0016"]
    assert told(cast.prosecutor) == told(cast.assistant) == words
    with pytest.raises(Refused, match="今天已经催办过这一项"):
        doing.urge(deadline, by=cast.chief)
    with clock.travel(TODAY + timedelta(days=1)):
        doing.urge(deadline, by=cast.chief)
    assert Urge.objects.count() == 2


def test_messages_never_carry_what_people_typed(cast):
    """Canary: names that somebody wrote into a to-do, a note or a reason stay inside."""
    canary = "王某某 152301199001011234"
    task = todos.give(title=canary, assigned_to=cast.clerk, by=cast.prosecutor, due_on=date(2026, 8, 20))
    doing.urge(task, by=cast.head, note=canary)
    doing.reschedule(task, on=date(2026, 8, 21), by=cast.clerk, reason=canary)
    doing.hand_over(task, to=cast.assistant, by=cast.clerk, reason=canary)
    doing.finish(task, by=cast.assistant, note=canary)
    doing.hand_over(of(cast.prosecutor), to=cast.clerk, by=cast.prosecutor, reason=canary)

    said = " ".join(f"{row.title} {row.url} {row.key}" for row in Notification.objects.all())
    assert Notification.objects.count() == 8
    assert not any(part in said for part in canary.split())


def test_many_are_urged_with_one_message_for_each_person(cast):
    mine = [of(cast.prosecutor), of(cast.prosecutor)]
    hers, task = of(cast.prosecutor2), TaskFactory(assigned_to=cast.prosecutor2)
    own, foreign = of(cast.head), of(cast.other)
    doing.urge(mine[0], by=cast.chief)

    assert doing.urge_many([*mine, hers, task, own, foreign], by=cast.head) == 2

    assert told(cast.prosecutor)[-1] == "催办 1 项，请到工作台办理"
    assert told(cast.prosecutor2) == ["催办 2 项，请到工作台办理"]
    assert told(cast.head) == told(cast.other) == []
    with pytest.raises(Refused, match="今天都已催办过"):
        doing.urge_many([*mine, hers], by=cast.head)


def test_once_done_the_messages_about_it_are_settled(cast):
    deadline = of(cast.prosecutor)
    doing.urge(deadline, by=cast.head)

    doing.finish(deadline, by=cast.prosecutor)

    assert not Notification.objects.filter(recipient=cast.prosecutor).unread().exists()
