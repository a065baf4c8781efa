from django.db import models
from django.db.models import Q

from core import clock
from deadlines.models.deadline import Deadline
from deadlines.stages import label_of


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
    """期限提醒: one stage of one due day of one deadline, at most once. A moved due day counts anew.

    `stage` is a code of `deadlines.stages`: b7 (seven days before), d0, a1 (one day after). `to` are its ranks.
    """

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="reminders", verbose_name="期限"
    )
    stage = models.CharField("阶段", max_length=8)
    to = models.JSONField("提醒对象", default=list)
    due_on = models.DateField("针对的到期日")
    planned_on = models.DateField("应提醒日期")
    is_late = models.BooleanField("迟发", default=False)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    told = models.PositiveSmallIntegerField("提醒人数", default=0)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        ordering = ["pk"]
        indexes = [
            models.Index(name="reminder_waiting", fields=["created_at"], condition=Q(sent_at=None)),
            models.Index(name="reminder_sent", fields=["-sent_at"], condition=Q(sent_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="reminder_once",
                fields=["deadline", "due_on", "stage"],
                violation_error_message="这一阶段已经提醒过。",
            ),
            models.CheckConstraint(
                name="reminder_stage_is_known",
                condition=Q(stage__regex=r"^(d0|[ab][1-9][0-9]{0,3})$"),
                violation_error_message="提醒阶段不在列表里。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{label_of(self.stage, self.deadline.whose)}"
