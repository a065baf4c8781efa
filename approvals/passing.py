"""转办 and 加签: a step goes to another person, or waits for the opinion of a colleague. Knows no case."""

from django.db import transaction

from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.permissions import Permission, roles_that_may
from approvals import rounds
from approvals.models import ROLE_OF, ApprovalRound, ApprovalStep, Capacity, HandOver
from core.refusals import Refused


def why_not_reassign(round: ApprovalRound, user: User) -> str:
    """转办: by whose turn it is, by who asked for the 加签, or, when the person asked has left, by another holder.

    The first reason why not; empty when this user may hand the current step over.
    """
    reason = rounds.why_not_act(round, user)
    step = round.current_step
    if not reason or step is None or user.pk == step.drafted_by_id:
        return reason
    if step.is_countersign and user.pk == step.asked_by_id:
        return ""
    if not rounds.holds(step) and successors(round).filter(pk=user.pk).exists():
        return ""
    return reason


def why_not_countersign(round: ApprovalRound, user: User) -> str:
    """加签: asked for by whose turn it is; who countersigns asks nobody else."""
    if reason := rounds.why_not_act(round, user):
        return reason
    step = round.current_step
    if step and step.is_countersign:
        return "你是加签人，请直接写意见，不能再请别人加签。"
    return ""


def successors(round: ApprovalRound) -> UserQuerySet:
    """Who may take over the current step: the office's other holders of its capacity, who had no part in the round."""
    step = round.current_step
    if step is None:
        return User.objects.none()
    if step.is_countersign:
        return countersigners(round)
    people = User.objects.in_role(round.organisation, ROLE_OF[Capacity(step.capacity)])
    return people.exclude(pk__in=_taken_part(round))


def countersigners(round: ApprovalRound) -> UserQuerySet:
    """Whom to ask for an opinion: colleagues who work on or examine cases and have no part in the round."""
    roles = {*roles_that_may(Permission.CASE_HANDLE), *roles_that_may(Permission.EXAMINE)}
    people = User.objects.in_role(round.organisation, *roles)
    return people.exclude(pk__in=_taken_part(round))


@transaction.atomic
def reassign(round: ApprovalRound, *, to: User, reason: str, by: User) -> HandOver:
    """转办: the current step is `to`'s from now on; who had it before, who handed it over and why stays on record."""
    round = ApprovalRound.objects.lock(round.pk)
    if refusal := why_not_reassign(round, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填转办原因。")
    step = round.current_step
    assert step is not None  # why_not_reassign has seen to it
    if not successors(round).filter(pk=to.pk).exists():
        raise Refused(_why_not_to(step, to))
    handed = HandOver.objects.create(
        step=step, from_user=step.assigned_to, to_user=to, reason=reason.strip(), handed_by=by
    )
    step.assigned_to = to
    step.save(update_fields=["assigned_to"])
    return handed


@transaction.atomic
def countersign(round: ApprovalRound, *, of: User, question: str, by: User) -> ApprovalStep:
    """加签: a step before the current one, for an opinion that decides nothing; then the turn comes back."""
    round = ApprovalRound.objects.lock(round.pk)
    if refusal := why_not_countersign(round, by):
        raise Refused(refusal)
    if not question.strip():
        raise Refused("还没填请对方看什么。")
    step = round.current_step
    assert step is not None  # why_not_countersign has seen to it
    if not countersigners(round).filter(pk=of.pk).exists():
        raise Refused(f"不能请 {of} 加签。请选择本院没有经手这一轮审批的办案人员。")
    place = step.order
    for later in round.steps.filter(order__gte=place).order_by("-order"):
        later.order += 1
        later.save(update_fields=["order"])
    return ApprovalStep.objects.create(
        round=round,
        order=place,
        capacity=Capacity.COUNTERSIGNER,
        assigned_to=of,
        drafted_by=step.drafted_by,
        asked_by=by,
        question=question.strip(),
    )


def _taken_part(round: ApprovalRound) -> set[int]:
    """The drafter, who submitted, everybody asked and everybody who acted."""
    people = ("drafted_by", "assigned_to", "actor", "asked_by")
    asked = round.steps.values_list(*people)
    return {round.submitted_by_id} | {pk for step in asked for pk in step if pk is not None}


def _why_not_to(step: ApprovalStep, to: User) -> str:
    if to.pk == step.drafted_by_id:
        return "不能转办给拟稿人，拟稿人不能审批自己提交的事项。"
    return f"不能转办给 {to}。请选择本院另一名没有经手这一轮审批的{step.get_capacity_display()}。"
