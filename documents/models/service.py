from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core import clock
from documents.models.attachment import Attachment
from documents.models.document import Document

UNDONE = Q(voided_at=None, voided_by=None, void_reason="")


class Addressee(models.Model):
    """受送达人: to whom an issued paper goes, and how many copies. Who is left out stays, with the reason.

    `source` says what of the owner it is (`claimant-7`), so that one person is not listed twice.
    """

    class Whom(models.TextChoices):
        COURT = "court", "人民法院"
        APPLICANT = "applicant", "申请人"
        RESPONDENT = "respondent", "被申请人"
        UNIT = "unit", "单位"
        OTHER = "other", "其他人"

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="addressees", verbose_name="文书"
    )
    whom = models.CharField("身份", max_length=12, choices=Whom)
    name = models.CharField("受送达人", max_length=120)
    is_person = models.BooleanField("自然人", default=False)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    source = models.CharField("出处", max_length=40, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="列入人")
    added_at = models.DateTimeField("列入时间", default=clock.now)
    left_out_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="免送登记人"
    )
    left_out_at = models.DateTimeField("免送登记时间", null=True, blank=True)
    left_out_reason = models.CharField("不送达的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "受送达人"
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="addressee_once_per_paper",
                fields=["document", "source"],
                condition=~Q(source=""),
                violation_error_message="这名受送达人已经列入，请刷新后查看。",
            ),
            models.CheckConstraint(
                name="addressee_has_name_and_copies",
                condition=~Q(name="") & Q(copies__gt=0),
                violation_error_message="请填受送达人和份数，份数至少 1 份。",
            ),
            models.CheckConstraint(
                name="addressee_left_out_whole",
                condition=Q(left_out_at=None, left_out_by=None, left_out_reason="")
                | (Q(left_out_at__isnull=False, left_out_by__isnull=False) & ~Q(left_out_reason="")),
                violation_error_message="不送达要写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def standing(self) -> "ServiceQuerySet":
        """Whatever was not taken back."""
        return self.filter(voided_at=None)

    def served(self) -> "ServiceQuerySet":
        return self.standing().filter(served_on__isnull=False)


class Service(models.Model):
    """送达: one try to hand an issued paper to one addressee (送达回证; CPL 87–95, 送达日期以回证记明为准).

    The try that succeeded has `served_on`, the one that came back `returned_on`; what was registered wrongly is voided
    and stays. `place` is the place, the newspaper or the system; `tries` are the days on which the post came.
    """

    class Means(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        ENTRUSTED = "entrusted", "委托送达"
        POST = "post", "邮寄送达"
        NOTICE = "notice", "公告送达"
        ELECTRONIC = "electronic", "电子送达"
        PUBLIC = "public", "宣告送达"

    class Capacity(models.TextChoices):
        SELF = "self", "本人"
        FAMILY = "family", "同住成年家属"
        AGENT = "agent", "诉讼代理人"
        STATUTORY = "statutory", "法定代理人"
        DESIGNATED = "designated", "指定代收人"
        UNIT = "unit", "单位收件人"

    to = models.ForeignKey(
        Addressee, on_delete=models.PROTECT, related_name="services", verbose_name="受送达人"
    )
    means = models.CharField("送达方式", max_length=16, choices=Means)
    sent_on = models.DateField("送出日期")
    served_on = models.DateField("送达日期", null=True, blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=100, blank=True)
    capacity = models.CharField("签收人身份", max_length=12, choices=Capacity, blank=True)
    place = models.CharField("地点、载体或者系统", max_length=100, blank=True)
    hour = models.TimeField("时间", null=True, blank=True)
    body = models.CharField("受委托单位", max_length=100, blank=True)
    tracking_number = models.CharField("邮件号", max_length=40, blank=True)
    tries = ArrayField(models.DateField(), verbose_name="投递日期", default=list, blank=True, size=3)
    witness = models.CharField("见证人", max_length=100, blank=True)
    on_record = models.BooleanField("已拍照、录像存卷", default=False)
    participants = models.CharField("参加人", max_length=200, blank=True)
    consent = models.CharField("同意的记录", max_length=200, blank=True)
    remark = models.CharField("代收、拒收、公告或者退回的原因", max_length=200, blank=True)
    receipt = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送达回证"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    result_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果登记人"
    )
    result_at = models.DateTimeField("结果登记时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    voided_at = models.DateTimeField("撤销时间", null=True, blank=True)
    void_reason = models.CharField("撤销原因", max_length=200, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["to", "sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="served_after_sent",
                condition=Q(served_on=None) | Q(served_on__gte=F("sent_on")),
                violation_error_message="送达日期早于送出日期，请改其中一个。",
            ),
            models.CheckConstraint(
                name="service_has_one_result",
                condition=Q(served_on=None, returned_on=None, result_by=None, result_at=None)
                | Q(
                    served_on__isnull=False,
                    returned_on=None,
                    result_by__isnull=False,
                    result_at__isnull=False,
                )
                | Q(
                    served_on=None,
                    returned_on__isnull=False,
                    result_by__isnull=False,
                    result_at__isnull=False,
                ),
                violation_error_message="送达结果要么是送达，要么是退回，请选一种。",
            ),
            models.CheckConstraint(
                name="returned_after_sent",
                condition=Q(returned_on=None) | Q(returned_on__gte=F("sent_on")),
                violation_error_message="退回日期早于送出日期，请改其中一个。",
            ),
            models.CheckConstraint(
                name="service_void_whole",
                condition=UNDONE | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="撤销送达登记要写明原因。",
            ),
            models.UniqueConstraint(
                name="one_service_at_a_time",
                fields=["to"],
                condition=Q(voided_at=None, returned_on=None),
                violation_error_message="这名受送达人已经送出或者送达，请刷新后查看。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to.document} {self.get_means_display()}"

    @property
    def date_key(self) -> str:
        """What clocks that run from this service rest on, and by what its day is corrected."""
        return f"service-{self.pk}"
