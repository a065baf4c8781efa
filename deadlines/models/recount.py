from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock
from deadlines.models.company import Watcher
from deadlines.models.deadline import Deadline
from jobs.models import Job

RUNNING = "同样的重算正在进行，请等它完成。"


class RecountQuerySet(models.QuerySet["Recount"]):
    def visible_to(self, user: User) -> "RecountQuerySet":
        """Whoever keeps the rules sees those of the own office and those of the holidays, which all share."""
        return self.filter(Q(organisation=user.organisation_id) | Q(organisation=None))

    def unfinished(self) -> "RecountQuerySet":
        return self.filter(done_at=None)


class DeadlineRecountQuerySet(models.QuerySet["DeadlineRecount"]):
    def concerning(self, user: User) -> "DeadlineRecountQuerySet":
        """The changes that this person was told of, and those of what they answer for or watch."""
        watched = Watcher.objects.filter(user=user, deadline__isnull=False).values("deadline")
        told = RecountHearer.objects.filter(user=user).values("line")
        return self.filter(Q(deadline__responsible=user) | Q(deadline__in=watched) | Q(pk__in=told))


class Recount(models.Model):
    """期限重算: one round over the running deadlines after a rule or the holidays changed. First listed, then applied.

    `basis` is the fingerprint of rules and calendar that the list was made with: another one means list again.
    `foreseen` is how many due days the list said would change.
    """

    class Cause(models.TextChoices):
        HOLIDAY = "holiday", "节假日变动"
        TERM = "term", "期限规则变动"

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="单位",
        help_text="留空表示所有单位（节假日是共用的）",
    )
    cause = models.CharField("起因", max_length=8, choices=Cause)
    reason = models.CharField("说明", max_length=200)
    basis = models.CharField("依据版本", max_length=64)
    foreseen = models.PositiveIntegerField("列出时变动项数", null=True, blank=True)
    changed = models.PositiveIntegerField("变动项数", default=0)
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="后台任务"
    )
    requested_at = models.DateTimeField("发起时间", default=clock.now)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="发起人")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = RecountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限重算"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="recount_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填重算说明。",
            ),
            models.UniqueConstraint(
                name="recount_one_at_a_time",
                fields=["cause", "organisation"],
                condition=Q(done_at=None),
                nulls_distinct=False,
                violation_error_message=RUNNING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.requested_at.astimezone(clock.SHANGHAI):%Y-%m-%d}"


class DeadlineRecount(models.Model):
    """期限重算明细: what one deadline was due before and after, and on which rule and calendar. Never changed."""

    recount = models.ForeignKey(
        Recount, on_delete=models.PROTECT, related_name="lines", verbose_name="期限重算"
    )
    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, related_name="recounts", verbose_name="期限"
    )
    old_due = models.DateField("原到期日")
    new_due = models.DateField("新到期日")
    old_basis = models.CharField("原依据版本", max_length=64)
    new_basis = models.CharField("新依据版本", max_length=64)
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    recounted_at = models.DateTimeField("重算时间", default=clock.now)

    objects = DeadlineRecountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限重算明细"
        ordering = ["recount_id", "pk"]
        indexes = [models.Index(name="recount_to_tell", fields=["recount"], condition=Q(told_at=None))]
        constraints = [
            models.UniqueConstraint(
                name="recounted_once",
                fields=["recount", "deadline"],
                violation_error_message="这项期限在这次重算里已经处理过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline}：{self.old_due} → {self.new_due}"


class RecountHearer(models.Model):
    """告知对象: who hears of one change: whoever answers, stands in or watches; the head where a day came nearer."""

    line = models.ForeignKey(
        DeadlineRecount, on_delete=models.CASCADE, related_name="hearers", verbose_name="期限重算明细"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="告知对象")

    class Meta:
        verbose_name = verbose_name_plural = "期限重算告知对象"
        ordering = ["line_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="recount_heard_once",
                fields=["line", "user"],
                violation_error_message="这项变动已经告知这个人。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}：{self.user}"
