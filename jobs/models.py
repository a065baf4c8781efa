"""后台任务、心跳、提交凭据: what must happen once, and the proof that somebody is at work."""

from datetime import datetime

from django.db import models

from accounts.models import Organisation, User
from core import clock


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> "JobQuerySet":
        """Long work is seen by who asked for it."""
        return self.filter(requested_by=user)


class Job(models.Model):
    """后台任务: long work with progress (import, export, batch papers). The page polls it."""

    class Status(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("种类", max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    requested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="jobs", verbose_name="发起人"
    )
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.WAITING)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    text = models.CharField("进展", max_length=200, blank=True)
    result = models.JSONField("结果", default=dict, blank=True)
    created_at = models.DateTimeField("发起时间", default=clock.now)
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="job_done_within_total",
                condition=models.Q(done__lte=models.F("total")),
                violation_error_message="已处理的数量不能超过总数。",
            ),
            models.CheckConstraint(
                name="job_finished_has_time",
                condition=models.Q(status__in=["waiting", "running"], finished_at=None)
                | models.Q(status__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                violation_error_message="结束的任务要有结束时间，未结束的没有。",
            ),
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="job_to_do")]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_status_display()}"


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, name: str) -> None:
        """`name` is alive now."""
        self.update_or_create(name=name, defaults={"beat_at": clock.now()})

    def seen(self, name: str) -> datetime | None:
        """When `name` last showed a sign of life."""
        return self.filter(name=name).values_list("beat_at", flat=True).first()


class Heartbeat(models.Model):
    """心跳: when the scheduler, a worker or a periodic task last worked. A dead alarm must show."""

    name = models.CharField("名称", max_length=60, unique=True)
    beat_at = models.DateTimeField("时间", default=clock.now)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "心跳"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SubmissionKey(models.Model):
    """提交凭据: one form shown once does its work once (double click, second tab, reload)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="提交人")
    action = models.CharField("动作", max_length=60)
    key = models.CharField("凭据", max_length=64)
    result_url = models.CharField("结果链接", max_length=200, blank=True)
    created_at = models.DateTimeField("时间", default=clock.now)

    is_repeat = False

    class Meta:
        verbose_name = verbose_name_plural = "提交凭据"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "action", "key"],
                name="submission_once",
                violation_error_message="这份表单已提交过。",
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="submission_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.created_at:%Y-%m-%d %H:%M}"

    def finish(self, url: str) -> None:
        """Say where the work led, so that a repeated submission is shown the same page."""
        self.result_url = url
        self.save(update_fields=["result_url"])
