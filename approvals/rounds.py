"""The approval chain: open, agree, send back, cancel. Knows no case: owners call it and make their own move."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import Deputy, Organisation, User
from accounts.permissions import Permission
from approvals import reading
from approvals.models import PERMISSION_OF, ROLE_OF, ApprovalRound, ApprovalStep, Capacity, Quote
from core import clock
from core.refusals import Refused


def approver_for(organisation: Organisation, capacity: Capacity, drafted_by: User) -> User:
    """审批人: the unit's active holder of the capacity who did not draft the matter; Refused when there is none."""
    people = User.objects.in_role(organisation, ROLE_OF[capacity]).exclude(pk=drafted_by.pk)
    person = people.order_by("pk").first()
    if person is None:
        raise Refused(f"本院还没有可用的{capacity.label}账号，不能提交审批。请联系系统管理员添加。")
    return person


@transaction.atomic
def open(
    matter: str,
    *,
    organisation: Organisation,
    chain: Sequence[Capacity],
    title: str,
    owner_url: str,
    content_hash: str,
    drafted_by: User,
    by: User,
) -> ApprovalRound:
    """提交审批: one round with one step per capacity of the chain, each assigned to a person."""
    people = [(capacity, approver_for(organisation, capacity, drafted_by)) for capacity in chain]
    round = ApprovalRound.objects.create(
        organisation=organisation,
        matter=matter,
        title=title,
        owner_url=owner_url,
        content_hash=content_hash,
        submitted_by=by,
    )
    ApprovalStep.objects.bulk_create(
        ApprovalStep(round=round, order=n, capacity=capacity, assigned_to=person, drafted_by=drafted_by)
        for n, (capacity, person) in enumerate(people, 1)
    )
    return round


def is_deputy(absent: User, user: User) -> bool:
    """代理审批人: whether `user` stands in for the absent today."""
    return Deputy.objects.on(clock.today()).filter(absent=absent, substitute=user).exists()


def why_not_act(round: ApprovalRound, user: User) -> str:
    """The first reason why this user may not decide the current step; empty when they may."""
    step = round.current_step
    if step is None:
        return f"这一轮审批{round.get_status_display()}，不能再处理。"
    if user.pk == step.drafted_by_id:
        return "拟稿人不能审批自己提交的事项。"
    if holds(step) and (user.pk == step.assigned_to_id or is_deputy(step.assigned_to, user)):
        return ""
    if step.is_countersign:
        return f"正在请 {step.assigned_to} 加签，写完意见后才能继续审批。"
    return f"这一步由{step.get_capacity_display()} {step.assigned_to} 审批，你不能处理。"


def holds(step: ApprovalStep) -> bool:
    """Whether the person asked still may decide in that capacity: active, in office, in the role."""
    person = step.assigned_to
    if step.is_countersign:
        return may_countersign(person)
    return person.may(PERMISSION_OF[Capacity(step.capacity)])


def may_countersign(user: User) -> bool:
    """加签人: whoever may work on or examine cases."""
    return user.may(Permission.CASE_HANDLE) or user.may(Permission.EXAMINE)


def _act(round: ApprovalRound, *, by: User) -> tuple[ApprovalRound, ApprovalStep]:
    """Lock the round and ask whose turn it is."""
    round = ApprovalRound.objects.lock(round.pk)
    if reason := why_not_act(round, by):
        raise Refused(reason)
    step = round.current_step
    assert step is not None  # why_not_act has seen to it
    return round, step


def _write(
    step: ApprovalStep, result: ApprovalStep.Result, *, opinion: str, by: User, reason: str = ""
) -> None:
    """The opinion on a step; the caller decides what follows."""
    step.actor, step.result, step.opinion, step.acted_at = by, result, opinion, clock.now()
    step.reason = reason
    step.save(update_fields=["actor", "result", "opinion", "acted_at", "reason"])


def _close(round: ApprovalRound, status: ApprovalRound.Status) -> None:
    round.status, round.closed_at = status, clock.now()
    round.save(update_fields=["status", "closed_at"])


@transaction.atomic
def agree(
    round: ApprovalRound, *, content_hash: str, opinion: str, by: User, read: bool = False
) -> ApprovalRound:
    """同意: records the step; the round is approved when it was the last. What changed since submission is refused.

    `read` is the tick 我已阅读全文; without it the reading must be on record (`approvals.reading`).
    """
    round, step = _act(round, by=by)
    if content_hash != round.content_hash:
        raise Refused("送审内容在提交后有改动，不能同意。请退回，由承办人重新提交。")
    if read:
        reading.record(step, content_hash=content_hash, how=reading.TICKED, by=by)
    elif not reading.has_read(step, by, content_hash):
        raise Refused(reading.UNREAD)
    _write(step, ApprovalStep.Result.AGREE, opinion=opinion, by=by)
    if round.current_step is None:
        _close(round, ApprovalRound.Status.APPROVED)
    return round


@transaction.atomic
def send_back(
    round: ApprovalRound, *, opinion: str, by: User, reason: str = "", quote: str = ""
) -> ApprovalRound:
    """退回修改: closes the round; the opinion is required and stays, with its reason or the spot it quotes."""
    if not opinion.strip():
        raise Refused("退回修改请写明意见，让承办人知道改哪里。")
    round, step = _act(round, by=by)
    if step.is_countersign:
        raise Refused("加签人不能退回，请写同意或者不同意的意见，由提请加签的人决定。")
    _write(step, ApprovalStep.Result.RETURN, opinion=opinion, by=by, reason=reason)
    if quote.strip():
        Quote.objects.create(step=step, text=quote.strip())
    _close(round, ApprovalRound.Status.RETURNED)
    return round


@transaction.atomic
def disagree(round: ApprovalRound, *, opinion: str, by: User) -> ApprovalRound:
    """加签人不同意: an opinion that ends nothing; it is the asker's turn again."""
    if not opinion.strip():
        raise Refused("不同意请写明意见，供提请加签的人参考。")
    round, step = _act(round, by=by)
    if not step.is_countersign:
        raise Refused("只有加签人写不同意。审批人不同意的，请退回修改。")
    _write(step, ApprovalStep.Result.DISAGREE, opinion=opinion, by=by)
    return round


@transaction.atomic
def cancel(round: ApprovalRound, *, by: User) -> ApprovalRound:
    """撤回送审: only by whom it was submitted, before it ends."""
    round = ApprovalRound.objects.lock(round.pk)
    if round.status != ApprovalRound.Status.OPEN:
        raise Refused(f"这一轮审批{round.get_status_display()}，不能撤回。")
    if by.pk != round.submitted_by_id:
        raise Refused(f"只有提交人 {round.submitted_by} 能撤回。")
    _close(round, ApprovalRound.Status.CANCELLED)
    return round
