from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import models, transaction

from accounts.models import User
from core import clock
from notifications import audience
from notifications.models import outbox
from notifications.models.delivery import Delivery
from notifications.models.topic import Topic


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

    @transaction.atomic
    def deliver_many(self, messages: Sequence[Message]) -> Counter[str]:
        """Tell the recipients of many messages, each once, and write what leaves the house (`outbox`).

        Whoever may no longer see what it is about is not told; what somebody muted is filed as read (`audience`).
        The number of statements does not depend on how many messages and people there are. Key → told now.
        """
        rows = {
            (message.key, person.pk): self.model(recipient=person, **message.columns())
            for message in messages
            for person in message.recipients
            if person.is_active
        }
        keys = {message.key for message in messages}
        people = {person for _, person in rows}
        for told in self.filter(key__in=keys, recipient_id__in=people).values_list("key", "recipient_id"):
            rows.pop(told, None)
        verdict = audience.judge(list(rows.values()))
        rows = {place: each for place, each in rows.items() if not verdict.refuses(each)}
        for each in rows.values():
            each.read_at = clock.now() if verdict.silences(each) else None
        if rows:
            self.bulk_create(rows.values(), ignore_conflicts=True)
            outbox.write(self._as_stored(rows), verdict)
        return Counter(key for key, _ in rows)

    def _as_stored(self, rows: Mapping[tuple[str, int], "Notification"]) -> list["Notification"]:
        """The same rows with their numbers, which the database does not tell when it may skip some."""
        people = {person for _, person in rows}
        found = self.filter(key__in={key for key, _ in rows}, recipient_id__in=people)
        for pk, key, person in found.values_list("pk", "key", "recipient_id"):
            if row := rows.get((key, person)):
                row.pk = pk
        return [row for row in rows.values() if row.pk]

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
