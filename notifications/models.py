from collections.abc import Iterable

from django.db import models

from accounts.models import User
from core import clock


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> "NotificationQuerySet":
        return self.filter(recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def deliver(self, recipients: Iterable[User], *, key: str, title: str, url: str) -> int:
        """Tell each recipient once, however often the caller runs. Returns how many were told now.

        `title` and `url` carry no personal data: they travel to the bell, to mail and to logs.
        """
        people = {person.pk for person in recipients if person.is_active}
        told = set(self.filter(key=key, recipient__in=people).values_list("recipient", flat=True))
        rows = [self.model(recipient_id=pk, key=key, title=title, url=url) for pk in sorted(people - told)]
        self.bulk_create(rows, ignore_conflicts=True)
        return len(rows)

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
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notification_once_per_person")
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notification_newest"),
            models.Index(fields=["recipient"], name="notification_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title
