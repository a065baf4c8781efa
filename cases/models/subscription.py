from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case
from core import clock


class Subscription(models.Model):
    """案件订阅、静音: whoever follows a case hears how it goes on; whoever muted it hears only what they must.

    承办人 follow their own cases without a row. What a mute leaves alone is said in `notifications.audience`.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="subscriptions", verbose_name="案件"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="subscriptions", verbose_name="用户"
    )
    followed_at = models.DateTimeField("关注时间", null=True, blank=True)
    muted_at = models.DateTimeField("静音时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "案件订阅"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="subscription_once_per_case",
                fields=["case", "user"],
                violation_error_message="这件案件已经在我的订阅里。",
            ),
            models.CheckConstraint(
                name="subscription_says_something",
                condition=Q(followed_at__isnull=False) | Q(muted_at__isnull=False),
                violation_error_message="订阅至少要关注或静音。",
            ),
        ]

    def __str__(self) -> str:
        said = [word for word, at in (("关注", self.followed_at), ("静音", self.muted_at)) if at]
        return f"{self.case}：{'、'.join(said)}"
