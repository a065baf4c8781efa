from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock


class NumberSeries(models.Model):
    """编号序列: the counter of one unit, kind and year. Its locked row is what keeps numbers gapless."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    kind = models.CharField("种类", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints = [
            models.UniqueConstraint(
                name="one_series_per_unit_kind_and_year",
                fields=["organisation", "kind", "year"],
                violation_error_message="这个编号序列已经有了，请重试。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.year}"


class Number(models.Model):
    """文号: given once, never given again. A voided number keeps its row and its reason (作废不回收)."""

    series = models.ForeignKey(
        NumberSeries, on_delete=models.PROTECT, related_name="numbers", verbose_name="序列"
    )
    seq = models.PositiveIntegerField("序号")
    text = models.CharField("文号", max_length=80)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="取号人")
    taken_at = models.DateTimeField("取号时间", default=clock.now)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废人"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文号"
        ordering = ["series", "seq"]
        constraints = [
            models.UniqueConstraint(
                name="number_is_given_once",
                fields=["series", "seq"],
                violation_error_message="这个文号已被使用，请重新取号。",
            ),
            models.CheckConstraint(
                name="number_void_is_complete",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                violation_error_message="作废文号要写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
