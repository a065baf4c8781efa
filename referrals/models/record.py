import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from core import clock
from core.crypto import EncryptedTextField
from referrals.models.referral import Referral
from referrals.workflow import Act, Status


class ReferralSubmission(models.Model):
    """每次提交的原样: the whole content of submission `n` (JSON, encrypted). Never changes (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="submissions")
    n = models.PositiveSmallIntegerField("第几次")
    content = EncryptedTextField("内容", purpose="submission")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="提交人")
    submitted_at = models.DateTimeField("提交时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "线索提交记录"
        ordering = ["referral_id", "n"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "n"],
                name="referral_submission_once",
                violation_error_message="这次补正已提交过，请刷新后查看。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral} 第 {self.n} 次提交"


class ReferralEvent(models.Model):
    """线索流程记录. Rows are added, never changed (trigger). `told` is for the partner, `note` for the office only."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("动作", max_length=20, choices=Act)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    from_status = models.CharField(max_length=12, choices=Status)
    to_status = models.CharField(max_length=12, choices=Status)
    told = models.TextField("告知移送单位", blank=True)
    note = models.TextField("内部备注", blank=True)
    happened_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "线索流程记录"
        ordering = ["happened_at", "pk"]
        indexes = [models.Index(fields=["referral", "-happened_at"], name="referral_event_by_time")]

    def __str__(self) -> str:
        return f"线索 {self.referral}：{self.get_kind_display()}"


class ReferralAnnouncementQuerySet(models.QuerySet["ReferralAnnouncement"]):
    def left_behind(self) -> "ReferralAnnouncementQuerySet":
        """Not done: the sweep picks these up. The row lock keeps two from doing one."""
        return self.filter(done_at=None)


class ReferralAnnouncement(models.Model):
    """线索待通知: what is still to be told about an event. Done after commit, swept when left behind."""

    event = models.OneToOneField(ReferralEvent, on_delete=models.PROTECT, related_name="announcement")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralAnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "线索待通知"
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="referral_announcement_open")]

    def __str__(self) -> str:
        return str(self.event)
