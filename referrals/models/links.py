import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models import Evidence
from core import clock
from deadlines.models import Deadline
from documents.models import Attachment
from referrals.models.referral import Referral


class ReferralAttachment(models.Model):
    """线索材料: an upload that belongs to a lead; reachable only through it. Removal leaves the row.

    A lead moved to another office shares its files with the new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="referral_links")
    kind = models.CharField("材料种类", max_length=20, choices=Evidence.Kind, default=Evidence.Kind.OTHER)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间", default=clock.now)
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "线索材料"
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "attachment"],
                name="referral_attachment_once",
                violation_error_message="这份材料已在线索里。",
            ),
            models.CheckConstraint(
                name="referral_attachment_removal_paired",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message="移除材料要同时记下时间和操作人。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.attachment)


class ReferralDeadline(models.Model):
    """线索期限: ties a deadline, which knows no lead, to its lead."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="referral_deadlines")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="referral_link")

    class Meta:
        verbose_name = verbose_name_plural = "线索期限"

    def __str__(self) -> str:
        return str(self.deadline)
