from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from accounts.models import User
from core import clock
from notifications.models.channel import Channel

OLDEST = timedelta(days=7)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> "DeliveryQuerySet":
        """An administrator sees what went to the own unit and to the units below it."""
        return self.filter(notification__recipient__organisation__path__startswith=user.organisation.path)

    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(status=Delivery.Status.WAITING)

    def ready(self, now: datetime) -> "DeliveryQuerySet":
        """Waiting, its hour has come, and nobody is at it; whoever died at it loses it with the lease."""
        return self.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now), not_before__lte=now)

    def stale(self, now: datetime) -> "DeliveryQuerySet":
        """过期: nobody wants to hear on Friday week what was to be done last Monday."""
        return self.ready(now).filter(created_at__lt=now - OLDEST)


class Delivery(models.Model):
    """投递: one notification on its way out of the application by one channel, at most once.

    Mail and text messages go to the recipient (`channel` empty), a group bot (企业微信, 钉钉) hears of each occasion
    once, whoever of the unit was told. What fails is tried again; after the last attempt the administrator hears.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", "邮件"
        SMS = "sms", "短信"
        BOT = "bot", "群机器人"

    class Status(models.TextChoices):
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "未送达"
        WITHDRAWN = "withdrawn", "已撤回"

    notification = models.ForeignKey(
        "notifications.Notification", on_delete=models.CASCADE, related_name="deliveries", verbose_name="通知"
    )
    kind = models.CharField("渠道", max_length=4, choices=Kind)
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name="群机器人",
    )
    key = models.CharField("事由标识", max_length=120)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.WAITING)
    not_before = models.DateTimeField("最早发送时间", default=clock.now)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    error = models.CharField("未送达原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "投递"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="delivery_to_send", fields=["not_before"], condition=models.Q(status="waiting")
            ),
            models.Index(name="delivery_newest", fields=["-created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="delivery_once_per_person",
                fields=["notification", "kind"],
                condition=models.Q(channel=None),
                violation_error_message="这条通知已经按这个渠道投递。",
            ),
            models.UniqueConstraint(
                name="delivery_once_per_bot",
                fields=["channel", "key"],
                condition=models.Q(channel__isnull=False),
                violation_error_message="这件事已经投递给这个群机器人。",
            ),
            models.CheckConstraint(
                name="delivery_bot_has_channel",
                condition=models.Q(kind="bot", channel__isnull=False)
                | (~models.Q(kind="bot") & models.Q(channel=None)),
                violation_error_message="群机器人的投递要指明渠道，其他渠道不要。",
            ),
            models.CheckConstraint(
                name="delivery_sent_has_time",
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at=None)),
                violation_error_message="已发的投递要有发出时间，未发的没有。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_status_display()}"
