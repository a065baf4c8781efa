"""催办、抄送、日历订阅: whoever else has to do with a deadline or a to-do."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from core import clock
from deadlines.models.deadline import Deadline
from deadlines.models.task import Task

ONE_OF_BOTH = Q(deadline__isnull=False, task=None) | Q(deadline=None, task__isnull=False)


class Urge(models.Model):
    """催办: a leader asks whoever is responsible to hurry. Once a day for one matter."""

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="urges", verbose_name="期限"
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="urges", verbose_name="待办"
    )
    urged = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="被催办人")
    on = models.DateField("日期", default=clock.today)
    note = models.CharField("要求", max_length=200, blank=True)
    urged_at = models.DateTimeField("催办时间", default=clock.now)
    urged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="urges", verbose_name="催办人")

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["-urged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="urge_is_about_one",
                condition=ONE_OF_BOTH,
                violation_error_message="催办要针对一项期限或一项待办。",
            ),
            models.UniqueConstraint(
                name="urged_once_a_day",
                fields=["deadline", "task", "urged", "on"],
                nulls_distinct=False,
                violation_error_message="今天已经催办过这一项。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline or self.task}：催办 {self.urged}"


class Watcher(models.Model):
    """抄送: who is kept informed of a matter that somebody else does."""

    deadline = models.ForeignKey(
        Deadline,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="watchers",
        verbose_name="期限",
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="watchers", verbose_name="待办"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="watched", verbose_name="抄送给")
    added_at = models.DateTimeField("抄送时间", default=clock.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="抄送人")

    class Meta:
        verbose_name = verbose_name_plural = "抄送"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="watcher_of_one",
                condition=ONE_OF_BOTH,
                violation_error_message="抄送要针对一项期限或一项待办。",
            ),
            models.UniqueConstraint(
                name="watches_once",
                fields=["deadline", "task", "user"],
                nulls_distinct=False,
                violation_error_message="已经抄送给这个人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline or self.task}：抄送 {self.user}"


class CalendarFeed(models.Model):
    """日历订阅: a secret address of one person's due days. Only the digest of the secret is kept; revocable."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feeds", verbose_name="用户")
    name = models.CharField("用途", max_length=40, help_text="例如：办公电脑")
    token_digest = models.CharField("凭据摘要", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("开通时间", default=clock.now)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
