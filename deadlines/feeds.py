"""日历订阅: the verbs of `CalendarFeed`, and the way from a secret to its owner."""

import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Refused
from deadlines.models import CalendarFeed

SECRET_BYTES = 32  # 256 bits: nobody guesses it, so a plain digest is as good as a slow one
MOST = 5


def of(user: User) -> QuerySet[CalendarFeed]:
    """The user's own addresses that still answer, newest first."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None)


@transaction.atomic
def create(*, name: str, by: User) -> tuple[CalendarFeed, str]:
    """开通订阅, for oneself. Returns the row and its secret, which is stored nowhere and shown once."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if reason := why_not_create(by):
        raise Refused(reason)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(user=by, name=name.strip(), token_digest=digest(secret))
    record(by, Verb.SETTING_CHANGED, "日历订阅", str(feed.pk), detail="开通日历订阅")
    return feed, secret


def why_not_create(user: User) -> str:
    """The reason why this user gets no (further) address; empty when they do."""
    if not user.may(Permission.CASE_SEE):
        return "只有办案人员可以开通日历订阅。"
    if of(user).count() >= MOST:
        return f"已经有 {MOST} 个订阅，请先停用不再使用的。"
    return ""


@transaction.atomic
def revoke(feed: CalendarFeed, *, by: User) -> None:
    """停用订阅: from this moment on its address is unknown."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if feed.user_id != by.pk:
        raise Refused("只有本人可以停用自己的日历订阅。")
    if feed.revoked_at:
        raise Refused("这个订阅已经停用。")
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    record(by, Verb.SETTING_CHANGED, "日历订阅", str(feed.pk), detail="停用日历订阅")


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret: str) -> User | None:
    """Whose calendar this secret opens; nobody's when revoked, unknown, or its owner is no longer at work here.

    Only the digest is compared, so the time of the look-up tells nothing about the secret. `may` is false of whoever
    has been deactivated.
    """
    feed = (
        CalendarFeed.objects.filter(token_digest=digest(secret), revoked_at=None)
        .select_related("user")
        .first()
    )
    return feed.user if feed and feed.user.may(Permission.CASE_SEE) else None
