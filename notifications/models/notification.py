from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import models

from accounts.models import User
from core import clock
from notifications.models.channel import Channel


class Topic(models.TextChoices):
    """通知类别: what people choose channels for. Deadlines always ring in the application."""

    DEADLINE = "deadline", "期限提醒"
    ESCALATION = "escalation", "超期升级"
    URGE = "urge", "催办、转办"
    CASE = "case", "案件进展"
    REFERRAL = "referral", "线索进展"
    DIGEST = "digest", "每日汇总"
    SYSTEM = "system", "系统"


@dataclass(frozen=True)
class Message:
    """One occasion and whoever hears of it. `title` and `url` carry no personal data."""

    recipients: tuple[User, ...]
    key: str
    title: str
    url: str
    topic: str = Topic.CASE
    source: str = ""
    urgent: bool = False

    def columns(self) -> dict[str, Any]:
        """What every recipient's row has in common."""
        columns = asdict(replace(self, recipients=()))
        del columns["recipients"]
        return columns


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> "NotificationQuerySet":
        return self.filter(recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def deliver(
        self,
        recipients: Iterable[User],
        *,
        key: str,
        title: str,
        url: str,
        topic: str = Topic.CASE,
        source: str = "",
        urgent: bool = False,
    ) -> int:
        """Tell each recipient once, however often the caller runs. Returns how many were told now.

        `title` and `url` carry no personal data: they travel to the bell, to mail and to logs. `source` files what
        belongs to one matter (`settle`); what is `urgent` knows no quiet hours.
        """
        message = Message(tuple(recipients), key, title, url, topic, source, urgent)
        return self.deliver_many([message])[key]

    def deliver_many(self, messages: Sequence[Message]) -> Counter[str]:
        """Tell the recipients of many messages, each once, in three statements. Key → how many were told now."""
        rows = {
            (message.key, person.pk): self.model(recipient_id=person.pk, **message.columns())
            for message in messages
            for person in message.recipients
            if person.is_active
        }
        keys = {message.key for message in messages}
        for told in self.filter(key__in=keys).values_list("key", "recipient_id"):
            rows.pop(told, None)
        self.bulk_create(rows.values(), ignore_conflicts=True)
        return Counter(key for key, _ in rows)

    def settle(self, source: str) -> int:
        """办结即停: the matter is over, so what was said of it is read and what was not sent yet never will be."""
        waiting = Delivery.objects.filter(notification__source=source, status=Delivery.Status.WAITING)
        waiting.update(status=Delivery.Status.WITHDRAWN)
        return self.filter(source=source).mark_read()

    def mark_read(self) -> int:
        return self.unread().update(read_at=clock.now())


class Notification(models.Model):
    """通知: one line for one person. `key` names the occasion, so the same occasion never rings twice."""

    recipient = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="notifications", verbose_name="接收人"
    )
    key = models.CharField("事由标识", max_length=120)
    title = models.CharField("标题", max_length=120)
    url = models.CharField("链接", max_length=200)
    topic = models.CharField("类别", max_length=12, choices=Topic, default=Topic.CASE)
    source = models.CharField("所属事项", max_length=40, blank=True)
    urgent = models.BooleanField("不受免打扰限制", default=False)
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notification_once_per_person"),
            models.CheckConstraint(
                name="notification_topic_is_known",
                condition=models.Q(topic__in=Topic.values),
                violation_error_message="通知类别不在列表里。",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notification_newest"),
            models.Index(fields=["recipient"], name="notification_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["source"], name="notification_source", condition=~models.Q(source="")),
        ]

    def __str__(self) -> str:
        return self.title


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
        Notification, on_delete=models.CASCADE, related_name="deliveries", verbose_name="通知"
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
