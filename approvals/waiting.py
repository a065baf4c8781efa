"""待我审批: what waits for a person, own and deputised, in the order in which it was submitted."""

from django.db.models import BooleanField, Case, Count, Max, Prefetch, QuerySet, Value, When
from django.db.models.functions import Length

from accounts.models import User
from approvals.models import ApprovalRound, ApprovalStep
from core import clock


def steps_for(user: User) -> QuerySet[ApprovalStep]:
    """Steps that `user` may decide now; `.as_deputy` says on whose behalf. What they drafted is not among them."""
    steps = ApprovalStep.objects.for_user(user, clock.today()).exclude(drafted_by=user)
    deputised = Case(
        When(assigned_to=user, then=Value(False)), default=Value(True), output_field=BooleanField()
    )
    steps = steps.annotate(as_deputy=deputised).select_related("round__submitted_by", "assigned_to")
    return steps.order_by("round__submitted_at", "pk")


def submitted_by(user: User) -> QuerySet[ApprovalRound]:
    """我提交的: rounds still running, oldest first."""
    rounds = ApprovalRound.objects.open().filter(submitted_by=user)
    steps = Prefetch("steps", ApprovalStep.objects.select_related("assigned_to"))
    return rounds.prefetch_related(steps).order_by("submitted_at", "pk")


def done_by(user: User) -> QuerySet[ApprovalStep]:
    """我办过的: newest first."""
    steps = ApprovalStep.objects.filter(actor=user).select_related("round__submitted_by", "assigned_to")
    return steps.order_by("-acted_at", "-pk")


def own_phrases(user: User, *results: str, count: int = 3) -> list[str]:
    """常用意见: what this person wrote most often with such results, at most `count`, short ones only."""
    steps = ApprovalStep.objects.filter(actor=user, result__in=results).exclude(opinion="")
    steps = steps.annotate(length=Length("opinion")).filter(length__lte=60)
    often = steps.values("opinion").annotate(times=Count("pk"), last=Max("acted_at"))
    return [row["opinion"] for row in often.order_by("-times", "-last")[:count]]
