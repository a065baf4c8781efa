"""关注、静音 and what takes them back; each person for themselves, nobody else hears of it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases.models import Case, Subscription
from cases.subscription import policy
from core import clock
from core.refusals import Refused

WhyNot = Callable[[Case, User, Subscription | None], str]


def follow(case: Case, *, by: User) -> None:
    """关注: hear how the case goes on."""
    _set(case, by, "followed_at", clock.now(), policy.why_not_follow)


def unfollow(case: Case, *, by: User) -> None:
    """取消关注."""
    _set(case, by, "followed_at", None, policy.why_not_unfollow)


def mute(case: Case, *, by: User) -> None:
    """静音该案: no messages about it but those that cannot be muted."""
    _set(case, by, "muted_at", clock.now(), policy.why_not_mute)


def unmute(case: Case, *, by: User) -> None:
    """取消静音."""
    _set(case, by, "muted_at", None, policy.why_not_unmute)


def hear_again(case: Case, *, handler: User) -> None:
    """Whoever becomes 承办人 hears of the case, whatever they muted when it was somebody else's."""
    Subscription.objects.filter(case=case, user=handler, followed_at=None).delete()
    Subscription.objects.filter(case=case, user=handler).update(muted_at=None)


@transaction.atomic
def _set(case: Case, user: User, column: str, at: datetime | None, why_not: WhyNot) -> None:
    """The person is locked: the first of two rows has nothing else that could be."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    row = Subscription.objects.filter(case=case, user=user).first()
    if reason := why_not(case, user, row):
        raise Refused(reason)
    row = row or Subscription(case=case, user=user)
    setattr(row, column, at)
    if row.followed_at or row.muted_at:
        row.save()
    else:
        row.delete()
