"""The approval chain by itself: rounds, steps, opinions that stay."""

import pytest
from django.db import IntegrityError, transaction

from approvals import rounds
from approvals.models import ApprovalRound, ApprovalStep, Capacity
from core.refusals import Refused
from tests.accounts.factories import UserFactory


@pytest.fixture
def round(cast):
    assert cast.head
    assert cast.chief
    return rounds.open(
        "support",
        organisation=cast.office,
        chain=[Capacity.HEAD, Capacity.CHIEF],
        title="集检民支〔2026〕1号：支持起诉",
        owner_url="/cases/1/approval/",
        content_hash="a" * 64,
        drafted_by=cast.prosecutor,
        by=cast.prosecutor,
    )


def agree(round, by, content="a" * 64):
    return rounds.agree(round, content_hash=content, opinion="同意。", by=by, read=True)


def test_a_round_has_one_step_for_each_capacity_in_their_order(cast, round):
    assert [(s.order, s.assigned_to) for s in round.steps.all()] == [(1, cast.head), (2, cast.chief)]


def test_the_last_agreement_approves_the_round(cast, round):
    assert agree(round, cast.head).status == "open"
    assert agree(round, cast.chief).status == "approved"


def test_a_return_ends_the_round_and_keeps_the_opinion(cast, round):
    rounds.send_back(round, opinion="补充证据。", by=cast.head)

    round.refresh_from_db()
    assert (round.status, round.closed_at is not None) == ("returned", True)
    assert round.steps.first().opinion == "补充证据。"


def test_other_content_than_submitted_is_refused_whole(cast, round):
    with pytest.raises(Refused, match="送审内容在提交后有改动"):
        agree(round, cast.head, content="b" * 64)

    assert ApprovalStep.objects.exclude(acted_at=None).count() == 0


@pytest.mark.parametrize("change", [{"opinion": "改过的意见"}, {"result": "return"}, {"acted_at": None}])
def test_an_opinion_once_written_stays(cast, round, change):
    agree(round, cast.head)

    with pytest.raises(IntegrityError, match="审批意见写下后不能改动"), transaction.atomic():
        round.steps.filter(order=1).update(**change)


def test_a_round_that_ended_stays(cast, round):
    rounds.cancel(round, by=cast.prosecutor)

    with pytest.raises(IntegrityError, match="结束的审批轮次不能改动"), transaction.atomic():
        ApprovalRound.objects.filter(pk=round.pk).update(status="open", closed_at=None)


def test_an_inactive_approver_is_not_asked(cast):
    second = UserFactory(department_head=True, organisation=cast.office)
    cast.head.is_active = False
    cast.head.save()

    assert rounds.approver_for(cast.office, Capacity.HEAD, cast.prosecutor) == second
