"""阅读记录: agreeing rests on having read this very text to its end (ux P8), by scrolling there or by saying so."""

from django.db import transaction

from accounts.models import User
from approvals.models import ApprovalStep, Reading
from core.refusals import Refused

SCROLLED, TICKED = Reading.How.SCROLLED, Reading.How.TICKED
UNREAD = "还没读完送审内容，不能同意。请把文书拉到文末，或者勾选“我已阅读全文”。"
OTHER_TEXT = "你看到的不是现在送审的内容，请刷新后重新阅读。"


def has_read(step: ApprovalStep, user: User, content_hash: str) -> bool:
    """Whether this person read this text for this step. Another text, step or reader does not count."""
    return step.readings.filter(reader=user, content_hash=content_hash).exists()


@transaction.atomic
def record(step: ApprovalStep, *, content_hash: str, how: Reading.How, by: User) -> Reading:
    """记下已读: once for a person, step and text. Refused for another text than the one that was submitted."""
    if content_hash != step.round.content_hash:
        raise Refused(OTHER_TEXT)
    Reading.objects.bulk_create(
        [Reading(step=step, reader=by, content_hash=content_hash, how=how)], ignore_conflicts=True
    )
    return step.readings.get(reader=by, content_hash=content_hash)
