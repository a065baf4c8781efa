"""审批: who may act, who may not, and what is refused leaves no trace (T40, T42)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from approvals.models import ApprovalStep
from cases import clocks
from cases.approval import actions as approval
from cases.models import Case, Suspension
from cases.paperwork import drafting
from cases.workflow import Matter, Stage
from core import clock
from core.refusals import Refused
from tests.accounts.factories import DeputyFactory
from tests.cases.deciding import agree_all, letter_of, submitted, supportable
from tests.cases.factories import CaseFactory
from tests.cases.traces import locks_first, refused


@pytest.fixture
def proposal(cast):
    return submitted(cast)


@pytest.fixture
def case(proposal):
    return proposal.case


@pytest.mark.parametrize("act", ["approve", "send_back"])
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("prosecutor", "拟稿人不能审批自己提交的事项。"),
        ("prosecutor2", "这一步由部门负责人 赵主任 审批，你不能处理。"),
        ("chief", "这一步由部门负责人 赵主任 审批，你不能处理。"),
        ("clerk", "这一步由部门负责人 赵主任 审批，你不能处理。"),
        ("other_head", "这一步由部门负责人 赵主任 审批，你不能处理。"),
    ],
)
def test_whose_turn_it_is_not_is_told_whose_it_is(cast, case, act, who, sentence):
    by = getattr(cast, who)

    with refused(sentence):
        getattr(approval, act)(case, opinion="意见。", by=by)


def test_the_drafter_cannot_approve_as_somebodys_deputy(cast, case):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor)

    with refused("拟稿人不能审批自己提交的事项。"):
        approval.approve(case, by=cast.prosecutor, read=True)


def test_the_drafter_cannot_approve_after_being_made_head(cast, case):
    cast.prosecutor.role = Role.DEPARTMENT_HEAD
    cast.prosecutor.save()

    with refused("拟稿人不能审批自己提交的事项。"):
        approval.approve(case, by=cast.prosecutor, read=True)


def test_a_head_who_lost_the_office_cannot_approve(cast, case):
    cast.head.role = Role.PROSECUTOR
    cast.head.save()

    with refused("这一步由部门负责人 赵主任 审批"):
        approval.approve(case, by=cast.head, read=True)


def test_the_database_refuses_a_drafter_who_decides(cast, proposal):
    step = proposal.round.current_step
    step.actor, step.result, step.acted_at = cast.prosecutor, ApprovalStep.Result.AGREE, clock.now()

    with pytest.raises(IntegrityError, match="drafter_does_not_decide"), transaction.atomic():
        step.save()


def test_a_deputy_acts_for_the_absent_and_is_named(cast, case, proposal):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)

    approval.approve(case, opinion="同意。", by=cast.prosecutor2, read=True)

    step = proposal.round.steps.first()
    assert (step.actor, step.assigned_to, step.by_deputy) == (cast.prosecutor2, cast.head, True)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_deputy_of_another_day_does_not_act(cast, case, days):
    day = clock.today() + timedelta(days=days)
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2, starts_on=day, ends_on=day)

    with refused("这一步由部门负责人 赵主任 审批"):
        approval.approve(case, by=cast.prosecutor2, read=True)


@pytest.mark.parametrize(
    ("field", "value"), [("facts", "另一份事实"), ("cause_name", ""), ("request", "另一项申请")]
)
def test_what_changed_after_submission_is_not_approved(cast, case, field, value):
    Case.objects.filter(pk=case.pk).update(**{field: value})
    if field == "cause_name":
        case.claimants.first().items.update(due=1)

    with refused("送审内容在提交后有改动，不能同意。请退回，由承办人重新提交。"):
        approval.approve(case, by=cast.head, read=True)
    assert approval.send_back(case, opinion="内容有改动。", by=cast.head).status == "returned"


def test_a_submitted_proposal_cannot_be_rewritten(proposal):
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        type(proposal).objects.filter(pk=proposal.pk).update(reasons="另一个理由。")


def test_an_approver_who_wrote_the_letter_does_not_approve_it(cast):
    case, _ = supportable(cast), cast.chief
    letter = letter_of(case)
    drafting.revise(case, letter, by=cast.head, expected_n=1, opinion="主任改过的说法。")
    submitted(cast, Matter.SUPPORT, case)

    with refused("送审的文书最后一稿是你写的，你不能同意。"):
        approval.approve(case, by=cast.head, read=True)


def test_while_suspended_nothing_is_agreed_but_it_may_be_sent_back(cast, case):
    Suspension.objects.create(
        case=case, ground="mediation", reason="调解中", starts_on=clock.today(), recorded_by=cast.chief
    )

    with refused("案件正在中止审查，恢复审查后才能同意。可以退回修改。"):
        approval.approve(case, by=cast.head, read=True)
    assert approval.send_back(case, opinion="先恢复。", by=cast.head).status == "returned"


def test_sending_back_needs_an_opinion(cast, case):
    with refused("退回修改请写明意见，让承办人知道改哪里。"):
        approval.send_back(case, opinion="  ", by=cast.head)


@pytest.mark.parametrize(
    ("shift", "sentence"), [(-1, "早于提交日期"), (1, "还没到，请改成今天或以前的日期。")]
)
def test_the_day_of_the_decision_lies_between_submission_and_today(cast, case, shift, sentence):
    approval.approve(case, by=cast.head, read=True)

    with refused(sentence):
        approval.approve(case, by=cast.chief, decided_on=clock.today() + timedelta(days=shift), read=True)


def test_the_day_that_the_last_approver_states_is_the_day_of_the_decision(cast):
    with clock.travel(clock.now() - timedelta(days=3)):
        proposal = submitted(cast)
    day = clock.today() - timedelta(days=1)
    approval.approve(proposal.case, by=cast.head, read=True)
    approval.approve(proposal.case, by=cast.chief, decided_on=day, read=True)

    case = Case.objects.get(pk=proposal.case_id)
    assert (case.decided_on, case.decision.decided_on) == (day, day)
    assert [deadline.starts_on for deadline in clocks.running(case, ["P7"])] == [day]


def test_whoever_comes_second_hears_who_was_first(cast, case):
    approval.approve(case, by=cast.head, read=True)

    with refused("已由 赵主任 同意，不用再处理。"):
        approval.approve(case, by=cast.head, read=True)
    with refused("已由 赵主任 同意，不用再处理。"):
        approval.send_back(case, opinion="不同意。", by=cast.head)


def test_one_person_in_both_seats_decides_one_step_at_a_time(cast, case, proposal):
    DeputyFactory(absent=cast.chief, substitute=cast.head)
    shown = proposal.round.current_step.pk
    approval.approve(case, by=cast.head, step=shown, read=True)

    with refused("已由 赵主任 同意，不用再处理。"):
        approval.approve(case, by=cast.head, step=shown, read=True)


@pytest.mark.parametrize("act", ["approve", "send_back", "cancel"])
def test_a_round_that_is_over_takes_no_more_acts(cast, case, proposal, act):
    agree_all(cast, proposal)
    fields = {} if act == "cancel" else {"opinion": "意见。"}
    by = cast.prosecutor if act == "cancel" else cast.head

    with refused("已由 孙副检察长 同意，不用再处理。"):
        getattr(approval, act)(case, by=by, **fields)


@pytest.mark.parametrize("made", ["", "review", "approval", "supported", "closed"])
def test_every_stage_has_an_answer_when_nothing_was_submitted(cast, made):
    case = CaseFactory(handler=cast.prosecutor, **({made: True} if made else {}))

    for act, fields in [("approve", {}), ("send_back", {"opinion": "意见。"}), ("cancel", {})]:
        with pytest.raises(Refused, match="本案没有提交审批的事项。"):
            getattr(approval, act)(case, by=cast.head, **fields)


@pytest.mark.parametrize(
    ("act", "who", "fields"),
    [
        ("approve", "head", {"read": True}),
        ("send_back", "head", {"opinion": "补充。"}),
        ("cancel", "prosecutor", {}),
    ],
)
def test_every_act_locks_the_case_before_it_looks(cast, case, act, who, fields):
    with locks_first():
        getattr(approval, act)(case, by=getattr(cast, who), **fields)


@pytest.mark.parametrize("who", ["head", "assistant"])
def test_only_the_submitter_takes_it_back(cast, case, who):
    with refused("只有提交人 李检察官 能撤回送审。"):
        approval.cancel(case, by=getattr(cast, who))


@pytest.mark.parametrize(
    ("act", "fields", "who", "status"),
    [("send_back", {"opinion": "补充。"}, "head", "returned"), ("cancel", {}, "prosecutor", "cancelled")],
)
def test_what_comes_back_can_be_worked_on_and_submitted_anew(cast, case, proposal, act, fields, who, status):
    round = getattr(approval, act)(case, by=getattr(cast, who), **fields)

    case = Case.objects.get(pk=case.pk)
    assert (round.status, case.stage, case.review.concluded_at) == (status, Stage.REVIEW, None)
    assert case.events.last().kind == "send_back"
    assert submitted(cast, case=case).round_id != proposal.round_id


@pytest.mark.parametrize(
    ("act", "fields", "who", "kind"),
    [
        ("send_back", {"opinion": "补充。"}, "head", "round_returned"),
        ("cancel", {}, "prosecutor", "round_cancelled"),
    ],
)
def test_a_matter_beside_the_review_comes_back_without_moving_the_case(cast, act, fields, who, kind):
    case = submitted(cast, Matter.SUSPEND, ground="other", starts_on=clock.today()).case

    getattr(approval, act)(case, by=getattr(cast, who), **fields)

    assert (Case.objects.get(pk=case.pk).stage, case.events.last().kind) == (Stage.REVIEW, kind)
    assert not case.is_suspended
