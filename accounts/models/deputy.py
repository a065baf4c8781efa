from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models.user import User
from accounts.permissions import Role

MAY_NAME = frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF})
MAY_STAND_IN = frozenset({Role.PROSECUTOR, Role.DEPARTMENT_HEAD, Role.CHIEF})


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def on(self, day: date) -> "DeputyQuerySet":
        """Arrangements in force: neither has since lost the role, left the office or been deactivated."""
        running = self.filter(starts_on__lte=day, ends_on__gte=day, revoked_at=None)
        return running.filter(
            absent__is_active=True,
            absent__role__in=MAY_NAME,
            substitute__is_active=True,
            substitute__role__in=MAY_STAND_IN,
            substitute__organisation=F("absent__organisation"),
        )


class Deputy(models.Model):
    """代理审批人: from `starts_on` to `ends_on`, both included, the substitute acts for the absent."""

    absent = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deputies", verbose_name="被代理人"
    )
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deputised", verbose_name="代理人"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    reason = models.CharField("事由", max_length=100)
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代理审批人"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="deputy_is_someone_else",
                condition=~Q(absent=F("substitute")),
                violation_error_message="代理人不能是本人，请另选一位。",
            ),
            models.CheckConstraint(
                name="deputy_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="代理结束日期早于开始日期，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} 代 {self.absent}（{self.starts_on} 至 {self.ends_on}）"
