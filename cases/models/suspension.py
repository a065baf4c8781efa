from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.models.base import Recorded
from cases.models.case import Case


class Suspension(Recorded):
    """中止审查 (参照监督规则第72条). While one is open the review clock stands still and nothing may be decided."""

    class Ground(models.TextChoices):
        DIED = "died", "申请人死亡，等待继承人表明是否继续"
        ENDED = "ended", "申请单位终止，尚未确定承继者"
        OTHER_CASE = "other_case", "须等待另案结果（仲裁、刑事、破产等）"
        MEDIATION = "mediation", "诉前和解正在进行"
        OTHER = "other", "其他需要中止的情形"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suspensions")
    ground = models.CharField("中止事由", max_length=12, choices=Ground)
    reason = models.CharField("说明", max_length=200)
    starts_on = models.DateField("中止日期")
    lifted_on = models.DateField("恢复日期", null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lift_note = models.CharField("恢复说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "中止审查"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(lifted_on=None),
                name="one_open_suspension_per_case",
                violation_error_message="案件正在中止中，不能再次中止。",
            ),
            models.CheckConstraint(
                name="suspension_lifted_is_whole",
                condition=Q(lifted_on=None, lifted_by=None)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
                violation_error_message="恢复审查要同时有日期和办理人。",
            ),
            models.CheckConstraint(
                name="suspension_lifted_after_start",
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("starts_on")),
                violation_error_message="恢复日期早于中止日期，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Extension(Recorded):
    """延长审查期限: by calendar days on the office's own target (P6a), decided by the department head."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField("延长天数")
    reason = models.CharField("理由", max_length=200)
    decided_on = models.DateField("决定日期")

    class Meta:
        verbose_name = verbose_name_plural = "延长审查期限"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_is_positive",
                condition=Q(days__gte=1) & Q(days__lte=90),
                violation_error_message="延长天数要在 1 到 90 之间。",
            )
        ]

    def __str__(self) -> str:
        return f"延长 {self.days} 日"
