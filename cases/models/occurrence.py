from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.models.base import Recorded
from cases.models.case import Case
from core import clock


class Paper(models.TextChoices):
    """公告的文书: what was served by announcement (民诉法95条); with it the right period begins."""

    COPY = "copy", "起诉状副本"
    JUDGMENT = "judgment", "判决书、裁定书"
    OTHER = "other", "其他文书"


class Occurrence(Recorded):
    """程序事件: what a court, a board, an agency or a party did on a day, as far as it starts or ends a period.

    `kind` is a key of `cases.occurrences.KINDS`, the table of which event starts and ends which clock. The day may be
    corrected (`DateCorrection` keeps the old one); the row itself stays. `paper` says what was announced; `judgment` is
    the one whose service was registered with 公告期满.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="occurrences")
    kind = models.CharField("事件", max_length=32)
    on = models.DateField("日期")
    at = models.DateTimeField("时刻", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    paper = models.CharField("公告的文书", max_length=8, choices=Paper, blank=True)
    judgment = models.ForeignKey(
        "cases.Judgment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="送达的裁判",
    )
    removed_at = models.DateTimeField("撤销时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    remove_reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "程序事件"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="occurrence_removed_whole",
                condition=Q(removed_at=None, removed_by=None, remove_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(remove_reason="")),
                violation_error_message="撤销程序事件要写明理由。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class DateCorrection(models.Model):
    """日期更正: a stated legal date was wrong; what stood there, what stands there now, who said so and why. Stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="date_corrections")
    what = models.CharField("日期标识", max_length=40)
    label = models.CharField("日期名称", max_length=60)
    old = models.DateField("原日期")
    new = models.DateField("新日期")
    reason = models.CharField("理由", max_length=200)
    corrected_at = models.DateTimeField("更正时间", default=clock.now)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="更正人")

    class Meta:
        verbose_name = verbose_name_plural = "日期更正"
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="date_correction_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填更正理由。",
            ),
            models.CheckConstraint(
                name="date_correction_moves",
                condition=~Q(old=F("new")),
                violation_error_message="日期没有变化，请核对。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.old} → {self.new}"
