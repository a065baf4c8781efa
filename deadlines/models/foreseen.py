from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock
from deadlines.models.deadline import Deadline
from deadlines.models.recount import Recount
from jobs.models import Job


class RecountListQuerySet(models.QuerySet["RecountList"]):
    def visible_to(self, user: User) -> "RecountListQuerySet":
        """Of the own office's rules, and of the holidays, which all share."""
        return self.filter(Q(organisation=user.organisation_id) | Q(organisation=None))

    def unfinished(self) -> "RecountListQuerySet":
        return self.filter(job__finished_at=None)

    def done(self) -> "RecountListQuerySet":
        return self.filter(job__status=Job.Status.DONE)


class RecountList(models.Model):
    """重算清单: what a recount would change, worked out in the background where it is too much for one page.

    True for one `basis` (see `Recount`). `offices` holds for each office (its key as text) how many move later, earlier
    and within their day.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    cause = models.CharField("起因", max_length=8, choices=Recount.Cause)
    basis = models.CharField("依据版本", max_length=64)
    offices = models.JSONField("各单位项数", default=dict, blank=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+", verbose_name="后台任务")
    requested_at = models.DateTimeField("发起时间", default=clock.now)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="发起人")

    objects = RecountListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重算清单"
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.requested_at.astimezone(clock.SHANGHAI):%Y-%m-%d}"


class ForeseenChange(models.Model):
    """将变动的期限: one line of a list. Old lists are forgotten; what was done stands in `DeadlineRecount`."""

    list = models.ForeignKey(
        RecountList, on_delete=models.CASCADE, related_name="lines", verbose_name="重算清单"
    )
    deadline = models.ForeignKey(
        Deadline, on_delete=models.CASCADE, related_name="+", verbose_name="期限", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    old_due = models.DateField("原到期日")
    new_due = models.DateField("新到期日")

    class Meta:
        verbose_name = verbose_name_plural = "将变动的期限"
        ordering = ["list_id", "pk"]
        indexes = [models.Index(name="foreseen_by_office", fields=["list", "organisation", "id"])]
        constraints = [
            models.UniqueConstraint(
                name="foreseen_once",
                fields=["list", "deadline"],
                violation_error_message="这项期限已经列出。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}：{self.old_due} → {self.new_due}"
