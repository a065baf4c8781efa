"""线索材料: files that the sender adds to a lead, and takes away again while it is open."""

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from core import clock
from core.refusals import Refused
from documents.models import Attachment
from documents.storage import private_files
from documents.uploads import accept_upload
from referrals import journal, policy
from referrals.models import Referral, ReferralAttachment
from referrals.workflow import Act, Status

MOST_FILES = 60


@transaction.atomic
def attach(referral: Referral, *, file: File, kind: str, by: User) -> ReferralAttachment:
    """补充材料: check the file by its content and hang it below the lead. Refused names the file and the remedy."""
    referral = Referral.objects.lock(referral)
    if reason := policy.why_not_attach(referral, by):
        raise Refused(reason)
    if referral.attachments.filter(removed_at=None).count() >= MOST_FILES:
        raise Refused(f"材料已有 {MOST_FILES} 个文件，不能再加。请先移除不需要的文件。")
    made = ReferralAttachment.objects.create(
        referral=referral,
        attachment=accept_upload(file, organisation=referral.organisation, by=by),
        kind=kind,
        added_by=by,
    )
    if referral.status != Status.DRAFT:
        journal.record(referral, Act.ATTACH, by=by, told=made.get_kind_display())
    return made


@transaction.atomic
def detach(link: ReferralAttachment, *, by: User) -> None:
    """移除材料: from a draft it is gone; from a lead that was submitted the row and the file stay."""
    referral = Referral.objects.lock(link.referral)
    if reason := policy.why_not_attach(referral, by):
        raise Refused(reason)
    link = referral.attachments.select_for_update(of=("self",)).select_related("attachment").get(pk=link.pk)
    if link.removed_at:
        raise Refused("这份材料已经移除。")
    if referral.status == Status.DRAFT:
        link.delete()
        discard(link.attachment)
        return
    link.removed_at, link.removed_by = clock.now(), by
    link.save(update_fields=["removed_at", "removed_by"])
    journal.record(referral, Act.DETACH, by=by, told=link.get_kind_display())


def discard(attachment: Attachment) -> None:
    """Remove an upload that nothing refers to any more, and its file once that is certain."""
    name = str(attachment.file)
    attachment.delete()
    transaction.on_commit(lambda: private_files().delete(name))
