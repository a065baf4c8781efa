from django.db import models
from django.db.models import Q

from core import clock
from deadlines.models.deadline import Deadline


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self) -> "ReminderQuerySet":
        """Not yet told, and still worth telling: its deadline runs and has not been moved meanwhile."""
        return self.filter(
            sent_at=None,
            deadline__met_on=None,
            deadline__cancelled_at=None,
            deadline__paused_on=None,
            deadline__due_on=models.F("due_on"),
        )


class Reminder(models.Model):
    """期限提醒: one stage of one due day of one deadline, at most once. A moved due day counts anew."""

    class Stage(models.TextChoices):
        WARN = "warn", "临期"
        DUE = "due", "当天"
        OVERDUE = "overdue", "超期"

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="reminders", verbose_name="期限"
    )
    stage = models.CharField("阶段", max_length=8, choices=Stage)
    due_on = models.DateField("针对的到期日")
    planned_on = models.DateField("应提醒日期")
    is_late = models.BooleanField("迟发", default=False)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        ordering = ["pk"]
        indexes = [models.Index(name="reminder_waiting", fields=["created_at"], condition=Q(sent_at=None))]
        constraints = [
            models.UniqueConstraint(
                name="reminder_once",
                fields=["deadline", "due_on", "stage"],
                violation_error_message="这一阶段已经提醒过。",
            ),
            models.CheckConstraint(
                name="reminder_stage_is_known",
                condition=Q(stage__in=["warn", "due", "overdue"]),
                violation_error_message="提醒阶段不在列表里。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{self.get_stage_display()}"
