"""转办 and 加签: who may, to whom, what stays on record, whose turn it is afterwards."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.permissions import Role
from approvals.models import ApprovalStep, HandOver
from approvals.waiting import steps_for
from cases.approval import actions as approval
from cases.approval import passing
from cases.models import Case
from cases.workflow import Stage
from core import clock
from tests.accounts.factories import DeputyFactory, UserFactory
from tests.cases.deciding import submitted
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def proposal(cast):
    return submitted(cast)


@pytest.fixture
def case(proposal):
    return proposal.case


@pytest.fixture
def second_head(cast):
    return UserFactory(name="钱副主任", department_head=True, organisation=cast.office)


def hand_over(proposal, to, by, **fields):
    fields = {"reason": "外出培训。", **fields}
    return passing.reassign(proposal.case, round=proposal.round, to=to, by=by, **fields)


def ask(proposal, of, by, **fields):
    fields = {"question": "时效是否届满。", **fields}
    return passing.countersign(proposal.case, round=proposal.round, of=of, by=by, **fields)


def waiting(*people):
    return [steps_for(each).count() for each in people]


def test_a_step_handed_over_is_on_the_other_desk_and_no_longer_on_this_one(
    cast, proposal, second_head, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        handed = hand_over(proposal, second_head, cast.head)
        assert second_head.notifications.count() == 0

    assert waiting(cast.head, second_head) == [0, 1]
    assert (handed.from_user, handed.to_user, handed.handed_by) == (cast.head, second_head, cast.head)
    event = proposal.case.events.last()
    assert (event.kind, event.note) == ("step_reassigned", "赵主任 转给 钱副主任：外出培训。")
    assert [n.title for n in second_head.notifications.all()] == [f"{proposal.case}：审批转办"]


def test_the_new_holder_decides_and_the_old_one_hears_to_whom_it_went(cast, proposal, second_head):
    hand_over(proposal, second_head, cast.head)

    with refused("这一步已转办给 钱副主任，不用再处理。"):
        approval.approve(proposal.case, by=cast.head, read=True)
    approval.approve(proposal.case, by=second_head, read=True)
    assert proposal.round.current_step.assigned_to == cast.chief


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("prosecutor", "不能转办给拟稿人，拟稿人不能审批自己提交的事项。"),
        ("prosecutor2", "不能转办给 张检察官。请选择本院另一名没有经手这一轮审批的部门负责人。"),
        ("chief", "不能转办给 孙副检察长。"),
        ("head", "不能转办给 赵主任。"),
        ("other_head", "不能转办给 吴主任。"),
    ],
)
def test_only_another_holder_of_the_capacity_takes_over(cast, proposal, to, sentence):
    with refused(sentence):
        hand_over(proposal, getattr(cast, to), cast.head)


def test_a_drafter_who_became_head_does_not_take_over(cast, proposal):
    cast.prosecutor.role = Role.DEPARTMENT_HEAD
    cast.prosecutor.save()

    with refused("不能转办给拟稿人"):
        hand_over(proposal, cast.prosecutor, cast.head)
    with pytest.raises(IntegrityError, match="drafter_is_not_asked"), transaction.atomic():
        proposal.round.steps.filter(order=1).update(assigned_to=cast.prosecutor)


def test_somebody_who_already_acted_does_not_get_a_later_step(cast, proposal):
    approval.approve(proposal.case, by=cast.head, read=True)
    cast.head.role = Role.CHIEF
    cast.head.save()

    with refused("不能转办给 赵主任。"):
        hand_over(proposal, cast.head, cast.chief)


@pytest.mark.parametrize("who", ["prosecutor", "chief", "clerk", "other_head"])
def test_whose_turn_it_is_not_hands_nothing_over(cast, proposal, second_head, who):
    with refused("拟稿人不能审批|这一步由部门负责人 赵主任 审批，你不能处理。"):
        hand_over(proposal, second_head, getattr(cast, who))


def test_a_deputy_hands_over_for_the_absent(cast, proposal, second_head):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)

    assert hand_over(proposal, second_head, cast.prosecutor2).from_user == cast.head


def test_what_waits_for_somebody_who_left_may_be_taken_over_by_a_peer(cast, proposal, second_head):
    with refused("这一步由部门负责人 赵主任 审批，你不能处理。"):
        hand_over(proposal, second_head, second_head)
    cast.head.is_active = False
    cast.head.save()

    hand_over(proposal, second_head, second_head)
    assert waiting(second_head) == [1]


@pytest.mark.parametrize("verb", [hand_over, ask])
def test_a_reason_is_asked_for(cast, proposal, second_head, verb):
    word = {"reason": " "} if verb is hand_over else {"question": " "}
    with refused("还没填"):
        verb(proposal, second_head, cast.head, **word)


@pytest.mark.parametrize("verb", [hand_over, ask])
def test_both_lock_the_case_before_they_look(cast, proposal, second_head, verb):
    with locks_first():
        verb(proposal, second_head, cast.head)


@pytest.mark.parametrize("verb", [hand_over, ask])
def test_a_round_that_is_over_is_not_passed_on(cast, proposal, second_head, verb):
    approval.cancel(proposal.case, by=cast.prosecutor)

    with refused("李检察官 已撤回送审，不用再处理。"):
        verb(proposal, second_head, cast.head)


def test_hand_overs_stay_as_written(cast, proposal, second_head):
    hand_over(proposal, second_head, cast.head)

    with pytest.raises(IntegrityError, match="转办记录写下后不能改动"), transaction.atomic():
        HandOver.objects.update(reason="改过")


def test_a_countersigner_is_asked_first_and_then_the_turn_comes_back(
    cast, proposal, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(proposal, cast.assistant, cast.head)
    assert waiting(cast.assistant, cast.head, cast.chief) == [1, 0, 0]
    assert f"{proposal.case}：提请加签" in [n.title for n in cast.assistant.notifications.all()]

    with refused("正在请 王助理 加签，写完意见后才能继续审批。"):
        approval.approve(proposal.case, by=cast.head, read=True)
    approval.approve(proposal.case, opinion="没有届满。", by=cast.assistant, read=True)

    assert waiting(cast.assistant, cast.head, cast.chief) == [0, 1, 0]
    assert proposal.case.events.last().kind == "countersigned"
    assert [(s.order, s.capacity) for s in proposal.round.steps.all()] == [
        (1, "countersigner"),
        (2, "department_head"),
        (3, "chief"),
    ]


def test_an_objection_does_not_end_the_round_and_is_shown_in_red_to_the_asker(cast, proposal, case):
    ask(proposal, cast.prosecutor2, cast.head)
    passing.disagree(case, round=proposal.round, opinion="时效已过。", by=cast.prosecutor2)

    page = client_for(cast.head).get(reverse("cases:approval", args=[case.code])).text
    assert (
        '<div class="alert danger" role="alert"><span>加签人 张检察官 不同意：时效已过。</span></div>' in page
    )
    assert Case.objects.get(pk=case.pk).stage == Stage.APPROVAL
    approval.approve(case, by=cast.head, read=True)
    assert proposal.round.current_step.assigned_to == cast.chief


@pytest.mark.parametrize("of", ["prosecutor", "chief", "head", "other", "sysadmin", "legalaid"])
def test_whom_to_ask_for_an_opinion(cast, proposal, of):
    with refused("不能请 .* 加签。请选择本院没有经手这一轮审批的办案人员。"):
        ask(proposal, getattr(cast, of), cast.head)


def test_a_countersigner_neither_sends_back_nor_asks_further(cast, proposal, case):
    ask(proposal, cast.assistant, cast.head)

    with refused("加签人不能退回"):
        approval.send_back(case, opinion="退回。", by=cast.assistant)
    with refused("你是加签人，请直接写意见，不能再请别人加签。"):
        ask(proposal, cast.clerk, cast.assistant)


def test_an_approver_does_not_merely_disagree(cast, proposal, case):
    with refused("只有加签人写不同意。审批人不同意的，请退回修改。"):
        passing.disagree(case, round=proposal.round, opinion="不行。", by=cast.head)


@pytest.mark.parametrize("who", ["assistant", "head"])
def test_a_countersign_goes_to_another_colleague(cast, proposal, who):
    """By the colleague who was asked, or by whoever asked."""
    ask(proposal, cast.assistant, cast.head)

    hand_over(proposal, cast.clerk, getattr(cast, who))

    assert waiting(cast.assistant, cast.clerk, cast.head) == [0, 1, 0]


def test_the_database_keeps_kinds_of_opinion_apart(cast, proposal):
    step = proposal.round.current_step
    step.actor, step.opinion, step.acted_at = cast.head, "不行。", clock.now()
    step.result = ApprovalStep.Result.DISAGREE

    with pytest.raises(IntegrityError, match="countersigner_ends_nothing"), transaction.atomic():
        step.save()


def form(proposal, act, prefix, **fields):
    step = proposal.round.current_step.pk
    return {"act": act, f"{prefix}-step": step} | {
        f"{prefix}-{name}": value for name, value in fields.items()
    }


def test_both_are_done_on_the_page_and_lead_on(cast, proposal, case, second_head):
    url, browser = reverse("cases:approval", args=[case.code]), client_for(cast.head)
    data = form(proposal, "countersign", "ask", of=cast.assistant.pk, question="看时效。")
    assert browser.post(url, data).url == reverse("approvals:list")
    assert "赵主任 请你加签：看时效。" in client_for(cast.assistant).get(url).text

    answer = client_for(cast.assistant).post(
        url, {"act": "disagree", "step": proposal.round.current_step.pk, "opinion": "不同意见。"}
    )
    assert answer.status_code == 302
    data = form(proposal, "reassign", "hand", to=second_head.pk, reason="外出。")
    assert browser.post(url, data).status_code == 302
    assert waiting(second_head) == [1]


@pytest.mark.parametrize(
    ("act", "prefix", "sentence"),
    [("reassign", "hand", "还没填转办原因。"), ("countersign", "ask", "还没选请谁加签")],
)
def test_what_is_missing_is_said_on_the_page(cast, proposal, case, second_head, act, prefix, sentence):
    url, browser = reverse("cases:approval", args=[case.code]), client_for(cast.head)
    answer = browser.post(url, form(proposal, act, prefix))

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("act", ["approve", "reassign", "countersign"])
def test_a_page_from_before_the_countersign_does_nothing(cast, proposal, case, second_head, act):
    url, browser = reverse("cases:approval", args=[case.code]), client_for(cast.head)
    stale = {
        "approve": {"act": "approve", "step": proposal.round.current_step.pk, "read": "on"},
        "reassign": form(proposal, "reassign", "hand", to=second_head.pk, reason="外出。"),
        "countersign": form(proposal, "countersign", "ask", of=cast.clerk.pk, question="看。"),
    }[act]
    ask(proposal, cast.assistant, cast.head)

    answer = browser.post(url, stale)

    assert answer.status_code == 422
    assert "正在请 王助理 加签，写完意见后才能继续审批。" in answer.text


def test_the_panel_is_part_of_the_page_for_the_countersigner(cast, proposal, case):
    ask(proposal, cast.assistant, cast.head)

    assert_panel_is_part_of_page(client_for(cast.assistant), reverse("cases:approval", args=[case.code]))
