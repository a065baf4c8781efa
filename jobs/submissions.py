"""Nothing is done twice because a form came twice."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core import clock
from jobs.models import SubmissionKey

KEPT = timedelta(days=30)


def claim(key: str, *, by: User, action: str) -> SubmissionKey:
    """Take a form's key inside the business transaction.

    The first caller gets a fresh key, does the work and calls `.finish(url)`. A parallel second waits here
    for the first to commit, then gets `.is_repeat` and `.result_url`; after a rollback it is the first.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("claim() belongs inside the transaction that does the work")
    try:
        with transaction.atomic():
            return SubmissionKey.objects.create(user=by, action=action, key=key)
    except IntegrityError:
        repeat = SubmissionKey.objects.get(user=by, action=action, key=key)
        repeat.is_repeat = True
        return repeat


def once(key: str, *, by: User, action: str, work: Callable[[], str]) -> str:
    """Do the work in one transaction unless this key did it already; returns where it led.

    `work` returns the URL of its result. When it raises (Refused …) nothing is kept, the key is free.
    """
    with transaction.atomic():
        submission = claim(key, by=by, action=action)
        if not submission.is_repeat:
            submission.finish(work())
    return submission.result_url


def led_to(key: str, *, by: User, action: str) -> str:
    """Where this key's work already led; empty when it was not done. For a repeat that the rules would now refuse."""
    if not 0 < len(key) <= 64:
        return ""
    found = SubmissionKey.objects.filter(user=by, action=action, key=key).values_list("result_url", flat=True)
    return found.first() or ""


def forget_old() -> int:
    """Drop keys older than 30 days; nobody still has that page open."""
    removed, _ = SubmissionKey.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    return removed
