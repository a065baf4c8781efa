from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models.user import User
from core import clock


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Arrangements in force that day, between people who are both still here."""
        running = self.filter(starts_on__lte=day, ends_on__gte=day, revoked_at=None)
        return running.filter(covered_by__is_active=True, covered_by__organisation=F("user__organisation"))


class Absence(models.Model):
    """请假、外出: from `starts_on` to `ends_on`, both included, a colleague is reminded instead and sees the due days.

    It gives no right to sign: that is `Deputy` (代理审批人).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name="请假人")
    covered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="covers", verbose_name="代办人"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reason = models.CharField("事由", max_length=100)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "请假、外出"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_covered_by_another",
                condition=~Q(user=F("covered_by")),
                violation_error_message="代办人不能是本人，请另选一位。",
            ),
            models.CheckConstraint(
                name="absence_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束日期早于开始日期，请改其中一个。",
            ),
            models.CheckConstraint(
                name="absence_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填请假事由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.starts_on} 至 {self.ends_on}）由 {self.covered_by} 代办"
