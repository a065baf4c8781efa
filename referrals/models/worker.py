import uuid

from django.db import models
from django.db.models import F, Q

from core.crypto import EncryptedTextField
from core.money import MoneyField
from referrals.models.referral import Referral


class ReferralWorker(models.Model):
    """线索中的务工人员, as submitted. `owed` is yuan; `id_index` has the same key as that of `cases.Person`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="workers")
    position = models.PositiveSmallIntegerField("行号")
    name = models.CharField("姓名", max_length=50)
    id_number = EncryptedTextField("身份证号", purpose="id", blank=True)
    id_index = models.BinaryField(max_length=32, null=True, editable=False)
    phone = EncryptedTextField("手机", purpose="phone", blank=True)
    job = models.CharField("工种", max_length=40, blank=True)
    worked_from = models.DateField("务工开始", null=True, blank=True)
    worked_to = models.DateField("务工结束", null=True, blank=True)
    owed = MoneyField("欠薪（元）")
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "务工人员"
        ordering = ["referral_id", "position"]
        indexes = [models.Index(fields=["id_index"], name="referral_worker_by_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "position"],
                name="referral_worker_row_once",
                violation_error_message="名单的行号重复，请刷新后重试。",
            ),
            models.UniqueConstraint(
                fields=["referral", "id_index"],
                condition=Q(id_index__isnull=False),
                name="referral_worker_once",
                violation_error_message="名单里有相同的身份证号，请删去重复的一行。",
            ),
            models.CheckConstraint(
                name="referral_worker_owed_positive",
                condition=Q(owed__gt=0),
                violation_error_message="欠薪金额要大于 0，请核对。",
            ),
            models.CheckConstraint(
                name="referral_worker_in_order",
                condition=Q(worked_from=None) | Q(worked_to=None) | Q(worked_to__gte=F("worked_from")),
                violation_error_message="务工结束早于开始，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
