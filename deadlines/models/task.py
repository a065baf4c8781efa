from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation, User
from core import clock


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None)

    def past_due(self, today: date) -> "TaskQuerySet":
        return self.open().filter(due_on__lt=today)

    def near(self, days: int, today: date) -> "TaskQuerySet":
        """Open and planned between today and that many days from now."""
        return self.open().filter(due_on__range=(today, today + timedelta(days=days)))

    def lock(self, task: "Task") -> "Task":
        return self.select_for_update(of=("self",)).get(pk=task.pk)

    def visible_to(self, user: User) -> "TaskQuerySet":
        """Its assignee, whoever stands in for them today, whoever gave it and 抄送; all of one office.

        Leaders see what hangs on a case of their office as well; what hangs on none stays private.
        """
        concerned = (
            Q(assigned_to=user)
            | Q(created_by=user)
            | Q(assigned_to__in=user.covers.on(clock.today()).values("user"))
            | Q(pk__in=user.watched.filter(task__isnull=False).values("task"))
        )
        if user.leads:
            concerned |= ~Q(owner_url="")
        return self.filter(concerned, organisation_id=user.organisation_id)

    def by_clock(self) -> "TaskQuerySet":
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class Task(models.Model):
    """个人待办: something to do without a legal period. Written by `deadlines.todos`; titles name nobody.

    `hearing_at` is the instant of the hearing that the to-do stands for (开庭), whatever its words say. `sequence`
    counts every change that a calendar must hear of, `changed_at` is the last of them.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    title = models.CharField("事项", max_length=120)
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="tasks", verbose_name="承办人"
    )
    due_on = models.DateField("计划完成日期", null=True, blank=True)
    owner_url = models.CharField("所属页面", max_length=200, blank=True)
    hearing_at = models.DateTimeField("开庭时间", null=True, blank=True)
    sequence = models.PositiveSmallIntegerField("变动次数", default=0)
    changed_at = models.DateTimeField("最近变动时间", default=clock.now)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="完成人"
    )
    done_note = models.CharField("办结说明", max_length=200, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(name="task_desk", fields=["assigned_to", "due_on"], condition=Q(done_at=None)),
            models.Index(
                name="task_office",
                fields=["organisation", "due_on"],
                condition=Q(done_at=None) & ~Q(owner_url=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_has_title",
                condition=~Q(title=""),
                violation_error_message="还没填待办事项。",
            ),
            models.CheckConstraint(
                name="task_done_paired",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                violation_error_message="完成时间和完成人须一并登记。",
            ),
            models.CheckConstraint(
                name="task_hearing_has_case",
                condition=Q(hearing_at=None) | Q(due_on__isnull=False) & ~Q(owner_url=""),
                violation_error_message="开庭的待办须有日期和所属案件。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dashboard:task", args=[self.pk])


class TaskChange(models.Model):
    """待办改期: which day it was planned for before and after, and why. Rows are added, never changed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes", verbose_name="待办")
    old_due = models.DateField("原计划日期", null=True, blank=True)
    new_due = models.DateField("新计划日期")
    reason = models.CharField("事由", max_length=200)
    changed_at = models.DateTimeField("时间", default=clock.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="改期人")
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁办理"
    )

    class Meta:
        verbose_name = verbose_name_plural = "待办改期"
        ordering = ["task_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_change_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填改期事由。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.old_due or '无期限'} → {self.new_due}"


class TaskHandOver(models.Model):
    """待办转办: who had to do it before and after, and why. Rows are added, never changed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="待办")
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="原承办人")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="新承办人")
    reason = models.CharField("事由", max_length=200)
    handed_at = models.DateTimeField("转办时间", default=clock.now)
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "待办转办"
        ordering = ["task_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_hand_over_changes_hands",
                condition=~Q(giver=F("taker")),
                violation_error_message="承办人没有变化，请另选一位。",
            ),
            models.CheckConstraint(
                name="task_hand_over_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填转办事由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.giver} → {self.taker}"
