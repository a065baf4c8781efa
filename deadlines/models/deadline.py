import re
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.permissions import Role
from core import clock
from deadlines import reading
from deadlines.models.term import FIGURE_KINDS, Kind, Term, Whose

OPEN = Q(met_on=None, cancelled_at=None)
NUMBER_OF_EVENT = re.compile(r"（事件 \d+）")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """The vocabulary of the clock. Paused deadlines are open, but neither overdue nor due soon."""

    def lock(self, deadline: "Deadline") -> "Deadline":
        return self.select_for_update(of=("self",)).get(pk=deadline.pk)

    def open(self) -> "DeadlineQuerySet":
        return self.filter(OPEN)

    def running(self) -> "DeadlineQuerySet":
        return self.open().filter(paused_on=None)

    def paused(self) -> "DeadlineQuerySet":
        return self.open().filter(paused_on__isnull=False)

    def stoppable(self) -> "DeadlineQuerySet":
        """Open deadlines whose rule is stopped by something, whether or not they stand still already."""
        return self.open().filter(stops=True)

    def overdue(self, today: date) -> "DeadlineQuerySet":
        """The figure `overdue`: running, 法定 or 院内, the office's own to do, due before today (ADR 0006)."""
        return self.past_due(today).filter(kind__in=FIGURE_KINDS, whose=Whose.OURS)

    def past_due(self, today: date) -> "DeadlineQuerySet":
        """Running and due before today, whatever the kind: what the desk shows as 已超期."""
        return self.running().filter(due_on__lt=today)

    def late(self, today: date) -> "DeadlineQuerySet":
        """What reads as overdue on this day: past its day, or on its last day past its hour."""
        hour = Q(due_on=today, due_at__lt=clock.now())
        return self.running().filter(Q(due_on__lt=today) | hour, due_on__lte=today)

    def near(self, days: int, today: date) -> "DeadlineQuerySet":
        """Running, not late, and due between today and that many days from now."""
        return self.due_within(days, today).exclude(due_on=today, due_at__lt=clock.now())

    def due_within(self, days: int, today: date | None = None) -> "DeadlineQuerySet":
        """Running and due between today and that many days from now, both included."""
        first = today or clock.today()
        return self.running().filter(due_on__range=(first, first + timedelta(days=days)))

    def visible_to(self, user: User) -> "DeadlineQuerySet":
        """Staff see their office's; partners and mediators what they answer for; nobody else anything."""
        if user.is_office_staff:
            return self.filter(organisation_id=user.organisation_id)
        if user.role in (Role.PARTNER, Role.MEDIATOR):
            return self.filter(responsible=user)
        return self.none()

    def for_owner(self, owner_url: str) -> "DeadlineQuerySet":
        return self.filter(owner_url=owner_url)

    def by_clock(self) -> "DeadlineQuerySet":
        """Nearest first, 法定 before 院内 before 约定 (the codes sort so), then by the hour."""
        return self.order_by("due_on", "-kind", F("due_at").asc(nulls_last=True), "pk")


class Deadline(models.Model):
    """期限: one running period of one matter. Only `deadlines.clocks`, `deadlines.pauses` and
    `deadlines.recounts` write it; state is derived when read.

    `rule` is the copy of the `Term` at the start. For hours `due_at` is the instant, `due_on` its day.
    `paused_on` is the first day of a standstill that is not given back yet, `paused_days` the total given back, in
    days as the rule counts them. `due_set_on` is the day on which the present due day became known, `plan` what will
    be said when (`deadlines.stages`), `remind_on` the next day of it; `sequence` counts every change that a calendar
    must hear of. `acknowledged` tells a right that ran out and was noted (知悉) from a period whose event fell away.
    Titles and `event` carry no personal data.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deadlines", verbose_name="责任人"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name="期限规则")
    title = models.CharField("标题", max_length=80)
    owner_url = models.CharField("所属页面", max_length=200)
    rule = models.JSONField("规则快照", editable=False)
    kind = models.CharField("性质", max_length=10, choices=Kind)
    whose = models.CharField("由谁办理", max_length=8, choices=Whose, default=Whose.OURS)
    stops = models.BooleanField("中止期间不计入", default=False)
    event = models.CharField("起算事件", max_length=80, blank=True)
    starts_on = models.DateField("起算日")
    starts_at = models.DateTimeField("起算时刻", null=True, blank=True)
    due_on = models.DateField("到期日")
    due_at = models.DateTimeField("到期时刻", null=True, blank=True)
    warn_on = models.DateField("临期日")
    due_set_on = models.DateField("到期日确定日", default=clock.today)
    sequence = models.PositiveSmallIntegerField("变动次数", default=0)
    plan = models.JSONField("提醒计划", default=list, blank=True)
    remind_on = models.DateField("下次提醒日", null=True, blank=True)
    explanation = models.TextField("计算说明")
    warning = models.CharField("提示", max_length=200, blank=True)
    calendar_version = models.CharField("日历版本", max_length=12)
    paused_on = models.DateField("中止日期", null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField("已顺加天数", default=0)
    met_on = models.DateField("完成日期", null=True, blank=True)
    met_at = models.DateTimeField("完成登记时间", null=True, blank=True)
    met_note = models.CharField("办结说明", max_length=200, blank=True)
    met_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="完成登记人"
    )
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    cancel_reason = models.CharField("撤销事由", max_length=200, blank=True)
    acknowledged = models.BooleanField("届满已知悉", default=False)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(name="deadline_desk", fields=["responsible", "due_on"], condition=OPEN),
            # the desk of one person in its whole order, so that the first rows are read and no others
            models.Index(
                name="deadline_own",
                fields=["organisation", "responsible", "due_on", "-kind", "due_at", "id"],
                condition=OPEN,
            ),
            models.Index(name="deadline_office", fields=["organisation", "due_on"], condition=OPEN),
            models.Index(name="deadline_warning", fields=["warn_on"], condition=OPEN),
            models.Index(
                name="deadline_remind",
                fields=["remind_on"],
                condition=OPEN & Q(paused_on=None, remind_on__isnull=False),
            ),
            models.Index(
                name="deadline_done", fields=["met_by", "-met_at"], condition=Q(met_at__isnull=False)
            ),
            models.Index(
                name="deadline_known",
                fields=["cancelled_by", "-cancelled_at"],
                condition=Q(acknowledged=True),
            ),
            models.Index(name="deadline_owner", fields=["owner_url"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="deadline_kind_is_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message="期限性质不在列表里，请重新选择。",
            ),
            models.CheckConstraint(
                name="deadline_whose_is_known",
                condition=Q(whose__in=Whose.values),
                violation_error_message="由谁办理不在列表里，请重新选择。",
            ),
            models.CheckConstraint(
                name="deadline_met_paired",
                condition=Q(met_on=None, met_at=None, met_by=None)
                | Q(met_on__isnull=False, met_at__isnull=False, met_by__isnull=False),
                violation_error_message="完成日期、时间和登记人须一并登记。",
            ),
            models.CheckConstraint(
                name="deadline_cancelled_paired",
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                violation_error_message="撤销期限须写明事由和撤销人。",
            ),
            models.CheckConstraint(
                name="deadline_known_is_over",
                condition=Q(acknowledged=False) | Q(cancelled_at__isnull=False),
                violation_error_message="登记知悉须写明说明和登记人。",
            ),
            models.CheckConstraint(
                name="deadline_ends_one_way",
                condition=Q(met_on=None) | Q(cancelled_at=None),
                violation_error_message="期限已完成或已撤销，不能再变更。",
            ),
            models.CheckConstraint(
                name="deadline_paused_is_open",
                condition=Q(paused_on=None) | OPEN,
                violation_error_message="已完成或已撤销的期限不能处于中止。",
            ),
            models.CheckConstraint(
                name="deadline_hours_have_instant",
                condition=Q(starts_at=None, due_at=None) | Q(starts_at__isnull=False, due_at__isnull=False),
                violation_error_message="按小时计算的期限须有起算时刻和到期时刻。",
            ),
            models.CheckConstraint(
                name="deadline_warns_before_due",
                condition=Q(warn_on__lte=F("due_on")),
                violation_error_message="临期日不能晚于到期日。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said_at_end(self) -> str:
        """Why or how it ended, as people read it: without the number by which a program finds the event again."""
        return NUMBER_OF_EVENT.sub("", self.met_note or self.cancel_reason)

    def state(self, today: date) -> str:
        """`ok`, `soon`, `overdue`, `paused` or `met`, as of this day."""
        return reading.state(self, today)

    def label(self, today: date) -> str:
        return reading.label(self, today)

    def percent(self, today: date) -> int:
        return reading.percent(self, today)

    def how_counted(self) -> str:
        return self.explanation

    def chip(self, today: date) -> reading.Chip:
        return reading.chip(self, today)
