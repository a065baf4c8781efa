from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core import clock
from documents.models.attachment import Attachment
from documents.models.document import Document


class Service(models.Model):
    """送达: one issued paper to one addressee (送达回证; CPL 87 以下, 送达日期以回证记明为准).

    Several tries to the same addressee are several rows; the one that succeeded has `served_on`.
    """

    class Means(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        ENTRUSTED = "entrusted", "委托送达"
        POST = "post", "邮寄送达"
        NOTICE = "notice", "公告送达"
        ELECTRONIC = "electronic", "电子送达"
        PUBLIC = "public", "宣告送达"

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="services", verbose_name="文书"
    )
    addressee = models.CharField("受送达人", max_length=100)
    means = models.CharField("送达方式", max_length=16, choices=Means)
    sent_on = models.DateField("送出日期")
    served_on = models.DateField("送达日期", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=100, blank=True)
    tracking_number = models.CharField("邮件号", max_length=40, blank=True)
    remark = models.CharField("代收、拒收或退回原因", max_length=200, blank=True)
    receipt = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送达回证"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["document", "sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="served_after_sent",
                condition=Q(served_on=None) | Q(served_on__gte=F("sent_on")),
                violation_error_message="送达日期早于送出日期，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} → {self.get_means_display()}"
