from django.db import models
from django.db.models import F, Q

from cases.models.base import Recorded
from cases.models.party import Claimant
from core.money import MoneyField


class ClaimItem(Recorded):
    """诉求明细: one kind of claim of one claimant over one period. 欠付 `owed` = 应付 − 已付, computed by the database.

    Money is yuan with two places, rounded half up at the end of each item (domain.md §6).
    """

    class Kind(models.TextChoices):
        UNPAID_WAGE = "unpaid_wage", "欠付工资"
        OVERTIME = "overtime", "加班费"
        SEVERANCE = "severance", "经济补偿"
        UNLAWFUL_DISMISSAL = "unlawful_dismissal", "违法解除赔偿金"
        DOUBLE_WAGE = "double_wage", "双倍工资差额"
        EXTRA_COMPENSATION = "extra_compensation", "加付赔偿金"
        MINIMUM_WAGE_GAP = "minimum_wage_gap", "最低工资差额"
        ANNUAL_LEAVE = "annual_leave", "未休年休假工资"
        SOCIAL_INSURANCE = "social_insurance", "社会保险损失"
        LATE_INTEREST = "late_interest", "逾期利息"
        OTHER = "other", "其他请求"

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField("请求类型", max_length=20, choices=Kind, default=Kind.UNPAID_WAGE)
    period_from = models.DateField("期间开始", null=True, blank=True)
    period_to = models.DateField("期间结束", null=True, blank=True)
    formula = models.CharField("计算过程", max_length=300, blank=True)
    due = MoneyField("应付（元）")
    paid = MoneyField("已付（元）", default=0)
    owed = models.GeneratedField(
        expression=F("due") - F("paid"),
        output_field=models.DecimalField("欠付（元）", max_digits=14, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        verbose_name = verbose_name_plural = "诉求明细"
        ordering = ["claimant_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_due_covers_paid",
                condition=Q(due__gte=F("paid")),
                violation_error_message="已付大于应付，请核对两个金额。",
            ),
            models.CheckConstraint(
                name="claim_amounts_not_negative",
                condition=Q(paid__gte=0) & Q(due__gt=0),
                violation_error_message="应付要大于 0，已付不能小于 0。",
            ),
            models.CheckConstraint(
                name="claim_period_in_order",
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=F("period_from")),
                violation_error_message="请求期间的结束早于开始，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.owed}"
