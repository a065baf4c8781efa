"""What happened to a deadline after it started. Rows are added, never changed; see `0002_append_only`."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core import clock
from deadlines.models.deadline import NUMBER_OF_EVENT, Deadline
from deadlines.models.term import STOPPED_FOR, PauseEvent
from deadlines.rules import Extension, Pause

STOOD = "时效中止："  # how the reason begins where the day is given by law and not granted


class DeadlinePause(models.Model):
    """期限中止: the days from `paused_on` to the day before `resumed_on` are not counted. One row for each cause.

    `seq` orders pauses and extensions of one deadline. The end is written once, by resuming. `begun_by` and `ended_by`
    name the stated dates that began and ended it (`occurrence-7`, `suspension-3` …). A row that was wrong is voided;
    the right one takes its number.
    """

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="pauses", verbose_name="期限"
    )
    seq = models.PositiveSmallIntegerField("序号")
    paused_on = models.DateField("中止日期")
    cause = models.CharField("类别", max_length=12, choices=PauseEvent, default=PauseEvent.SUSPENSION)
    reason = models.CharField("事由", max_length=200)
    paused_at = models.DateTimeField("登记时间", default=clock.now)
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    resumed_on = models.DateField("恢复日期", null=True, blank=True)
    resumed_at = models.DateTimeField("恢复登记时间", null=True, blank=True)
    resumed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="恢复登记人"
    )
    begun_by = models.CharField("中止所依日期", max_length=40, blank=True)
    ended_by = models.CharField("恢复所依日期", max_length=40, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废登记人"
    )
    void_reason = models.CharField("作废事由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限中止"
        ordering = ["deadline_id", "seq", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="deadline_pause_seq",
                fields=["deadline", "seq"],
                condition=Q(voided_at=None),
                violation_error_message="这项期限刚被他人改动，请刷新页面后重试。",
            ),
            models.UniqueConstraint(
                name="deadline_paused_once",
                fields=["deadline", "cause"],
                condition=Q(resumed_on=None, voided_at=None),
                violation_error_message="这项期限已因同一事由中止，请先恢复。",
            ),
            models.CheckConstraint(
                name="deadline_pause_voided_whole",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="作废中止记录要写明理由。",
            ),
            models.CheckConstraint(
                name="deadline_pause_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填中止事由。",
            ),
            models.CheckConstraint(
                name="deadline_pause_in_order",
                condition=Q(resumed_on=None) | Q(resumed_on__gte=F("paused_on")),
                violation_error_message="恢复日期早于中止日期，请改其中一个。",
            ),
            models.CheckConstraint(
                name="deadline_resumed_paired",
                condition=Q(resumed_on=None, resumed_at=None, resumed_by=None)
                | Q(resumed_on__isnull=False, resumed_at__isnull=False, resumed_by__isnull=False),
                violation_error_message="恢复日期、时间和登记人须一并登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{self.paused_on} 中止"

    def as_adjustment(self) -> Pause | None:
        counts = self.resumed_on and not self.voided_at
        if not counts or self.resumed_on is None:
            return None
        return Pause(self.paused_on, self.resumed_on, why=self.why)

    @property
    def why(self) -> str:
        """What stops the clock, as it stands before “停止计算”."""
        return STOPPED_FOR[PauseEvent(self.cause)]


class DeadlineExtension(models.Model):
    """期限延期: by days, by months or until a granted day; with reason, author and, where one stood in, for whom.

    `above`: granted by a higher authority beyond what the rule allows. A row that was wrong is voided and stays.
    """

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="extensions", verbose_name="期限"
    )
    seq = models.PositiveSmallIntegerField("序号")
    days = models.PositiveSmallIntegerField("延长天数", null=True, blank=True)
    months = models.PositiveSmallIntegerField("延长月数", null=True, blank=True)
    until = models.DateField("延至", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)
    extended_at = models.DateTimeField("登记时间", default=clock.now)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁办理"
    )
    above = models.BooleanField("上级批准再延长", default=False)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废登记人"
    )
    void_reason = models.CharField("作废事由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限延期"
        ordering = ["deadline_id", "seq"]
        constraints = [
            models.UniqueConstraint(
                name="deadline_extension_seq",
                fields=["deadline", "seq"],
                violation_error_message="这项期限刚被他人改动，请刷新页面后重试。",
            ),
            models.CheckConstraint(
                name="deadline_extension_one_way",
                condition=Q(days__isnull=False, days__gt=0, months=None, until=None)
                | Q(days=None, months__isnull=False, months__gt=0, until=None)
                | Q(days=None, months=None, until__isnull=False),
                violation_error_message="延长天数和延至日期请填其中一个。",
            ),
            models.CheckConstraint(
                name="deadline_extension_voided_whole",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="撤销延长要写明理由。",
            ),
            models.CheckConstraint(
                name="deadline_extension_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填延长事由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{self.told}"

    @property
    def told(self) -> str:
        """延长 1 个月, 延长 15 日, 延长到 2026-12-01."""
        if self.until:
            return f"延长到 {self.until}"
        return f"延长 {self.months} 个月" if self.months else f"延长 {self.days} 日"

    def as_adjustment(self) -> Extension | None:
        stood = self.reason.removeprefix(STOOD) if self.reason.startswith(STOOD) else ""
        if self.voided_at:
            return None
        return Extension(self.days or 0, self.until, self.months or 0, stood)


class DeadlineHandOver(models.Model):
    """期限转办: who was responsible before and after, who decided it and, for one by itself, why."""

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="期限"
    )
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="原责任人")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="新责任人")
    reason = models.CharField("事由", max_length=200, blank=True)
    handed_at = models.DateTimeField("转办时间", default=clock.now)
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "期限转办"
        ordering = ["deadline_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_hand_over_changes_hands",
                condition=~Q(giver=F("taker")),
                violation_error_message="责任人没有变化，请另选一位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{self.giver} → {self.taker}"


class DeadlineCorrection(models.Model):
    """起算日更正: the event happened on another day than was stated, or starts the period anew (时效中断)."""

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="corrections", verbose_name="期限"
    )
    old_start = models.DateField("原起算日")
    new_start = models.DateField("新起算日")
    old_due = models.DateField("原到期日")
    new_due = models.DateField("新到期日")
    reason = models.CharField("事由", max_length=200)
    corrected_at = models.DateTimeField("更正时间", default=clock.now)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="更正人")

    class Meta:
        verbose_name = verbose_name_plural = "起算日更正"
        ordering = ["deadline_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_correction_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填更正事由。",
            ),
            models.CheckConstraint(
                name="deadline_correction_moves_start",
                condition=~Q(old_start=F("new_start")),
                violation_error_message="起算日没有变化，请核对日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：起算日 {self.old_start} → {self.new_start}"


class DeadlineReopening(models.Model):
    """撤销完成、恢复计算: what had been reported done was not; the period runs on as if it had never been.

    Without a day it had been cancelled, or was a right that had been noted as run out (知悉): `was_note` says which.
    """

    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="reopenings", verbose_name="期限"
    )
    was_met_on = models.DateField("原完成日期", null=True, blank=True)
    was_note = models.CharField("原办结说明", max_length=200, blank=True)
    reopened_at = models.DateTimeField("撤销时间", default=clock.now)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="撤销人")

    class Meta:
        verbose_name = verbose_name_plural = "撤销完成"
        ordering = ["deadline_id", "pk"]

    def __str__(self) -> str:
        undone = f"撤销 {self.was_met_on} 的完成" if self.was_met_on else "恢复计算"
        return f"{self.deadline}：{undone}"

    @property
    def was_said(self) -> str:
        return NUMBER_OF_EVENT.sub("", self.was_note)
