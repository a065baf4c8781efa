from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case
from cases.workflow import Act, Move, Stage
from core import clock

KINDS = [*Move.choices, *Act.choices]


class CaseEvent(models.Model):
    """流程记录. Rows are added, never changed (trigger): timeline, announcements and statistics all read them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("动作", max_length=24, choices=KINDS)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    from_stage = models.CharField(max_length=16, choices=Stage)
    to_stage = models.CharField(max_length=16, choices=Stage)
    note = models.TextField("说明", blank=True)
    happened_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        ordering = ["happened_at", "pk"]
        verbose_name = verbose_name_plural = "流程记录"
        indexes = [models.Index(fields=["case", "-happened_at"], name="event_by_case")]

    def __str__(self) -> str:
        return f"{self.case}：{self.get_kind_display()}"

    @property
    def is_move(self) -> bool:
        return self.kind in Move.values


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def left_behind(self) -> "AnnouncementQuerySet":
        """Not done, and nobody holds the lease: the sweep picks these up."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=clock.now()), done_at=None)


class Announcement(models.Model):
    """待通知: what is still to be done about an event. Written with it, done after commit, swept when left behind."""

    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="announcement")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待通知"
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="announcement_open")]

    def __str__(self) -> str:
        return str(self.event)
