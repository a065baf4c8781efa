from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from cases.models.base import Recorded
from cases.models.case import Case
from cases.workflow import OPEN_STAGES
from core import clock
from deadlines.models import Deadline

NO_LONGER = "不再适用"  # how the reason begins when kind or relation turned out otherwise
ACKNOWLEDGED = "知悉时效届满"  # how it begins when the handler has taken note of the expiry


class LimitationQuerySet(models.QuerySet["Limitation"]):
    def visible_to(self, user: User) -> "LimitationQuerySet":
        """Of the office's own cases; nobody else sees any."""
        if not user.may(Permission.CASE_SEE):
            return self.none()
        return self.filter(case__organisation=user.organisation)

    def applying(self) -> "LimitationQuerySet":
        """Without those that the legal relation or the claims have made pointless."""
        return self.exclude(deadline__cancel_reason__startswith=NO_LONGER)

    def without_base(self) -> "LimitationQuerySet":
        """起算日待查明: of open cases, not while the relation still goes on."""
        open_stages = [stage.value for stage in OPEN_STAGES]
        return self.filter(deadline=None, base_on=None, still_employed=False, case__stage__in=open_stages)


class Limitation(Recorded):
    """时效事项 (domain.md §4.3): one period of limitation of a case, watched from the day of registration.

    Its due day is the `deadline`, counted from the base or the last interruption; `deadline` is empty while the base is
    unknown, which is a risk of its own. `is_provisional` until a prosecutor has confirmed kind and base. A limitation
    is a risk to be seen and never a bar (trap 13). `promised_on` is the day after the expiry on which the debtor agreed
    to perform or performed, by the confirmed events; `watching.settle` keeps it.
    """

    class Kind(models.TextChoices):
        LABOUR = "labour", "劳动仲裁"
        WAGE = "wage", "劳动仲裁（拖欠工资，关系终止后）"
        DOUBLE_WAGE = "double_wage", "双倍工资"
        CIVIL = "civil", "劳务、欠条（约定了履行期限）"
        CIVIL_UNDATED = "civil_undated", "劳务、欠条（未约定履行期限）"

    TERMS = {"labour": "L1", "wage": "L1E", "double_wage": "L1D", "civil": "L3", "civil_undated": "L3N"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="limitations")
    kind = models.CharField("时效种类", max_length=14, choices=Kind)
    base_on = models.DateField("起算日", null=True, blank=True)
    base_note = models.CharField("起算依据", max_length=200, blank=True)
    still_employed = models.BooleanField("劳动关系尚未终止", default=False)
    is_provisional = models.BooleanField("待承办人确认", default=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    deadline = models.OneToOneField(
        Deadline,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="limitation",
        verbose_name="期限",
    )
    promised_on = models.DateField("届满后同意履行日期", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1)

    objects = LimitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时效事项"
        ordering = ["case_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="limitation_once_per_kind",
                fields=["case", "kind"],
                violation_error_message="这种时效已经登记，请直接修改那一条。",
            ),
            models.CheckConstraint(
                name="limitation_confirmed_whole",
                condition=Q(is_provisional=True, confirmed_by=None, confirmed_at=None)
                | Q(is_provisional=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="确认时效要同时有确认人和时间。",
            ),
            models.CheckConstraint(
                name="limitation_employed_is_wage",
                condition=Q(still_employed=False) | Q(kind="wage", base_on=None),
                violation_error_message="劳动关系尚未终止的，只适用于拖欠工资，且不填起算日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}时效"

    @property
    def term_code(self) -> str:
        return self.TERMS[self.kind]

    @property
    def is_civil(self) -> bool:
        return self.kind in (self.Kind.CIVIL, self.Kind.CIVIL_UNDATED)

    @property
    def is_waived(self) -> bool:
        """不能再以时效抗辩 (民法典192条): so for 诉讼时效; before the board the prosecutor judges it."""
        return self.promised_on is not None and self.is_civil

    @property
    def is_running(self) -> bool:
        return self.deadline is not None and not self.deadline.met_on and not self.deadline.cancelled_at

    @property
    def is_stopped(self) -> bool:
        """停止计算: the right was exercised in time or late, before court or board."""
        return self.deadline is not None and self.deadline.met_on is not None

    @property
    def is_dropped(self) -> bool:
        return self.deadline is not None and self.deadline.cancel_reason.startswith(NO_LONGER)

    @property
    def is_acknowledged(self) -> bool:
        return self.deadline is not None and self.deadline.cancel_reason.startswith(ACKNOWLEDGED)

    @property
    def lacks_base(self) -> bool:
        return self.base_on is None and not self.still_employed


class LimitationEventQuerySet(models.QuerySet["LimitationEvent"]):
    def standing(self) -> "LimitationEventQuerySet":
        """Without those that were withdrawn."""
        return self.filter(voided_at=None)

    def counting(self) -> "LimitationEventQuerySet":
        """已确认: what the reckoning goes over."""
        return self.standing().filter(confirmed_at__isnull=False)


class LimitationEvent(Recorded):
    """时效中断、中止事由: never overwritten; a prosecutor confirms each (民典195条、194条；调解仲裁法27条).

    An interruption restarts the period; an obstacle (中止) in the last six months lets it end six months after
    `removed_on` (civil), or the remaining time run on (arbitration). Unconfirmed ones count for nothing yet. `source`
    is the entry that it was taken over from (`cases.limitation.hints`), empty for one that a person wrote. One that was
    wrong is voided with a reason and stays.
    """

    class Kind(models.TextChoices):
        DEMAND = "demand", "向义务人主张"
        ADMISSION = "admission", "义务人同意履行或部分履行"
        AUTHORITY = "authority", "向有关部门请求救济"
        SUIT = "suit", "起诉、仲裁、支付令、保全"
        MEDIATION = "mediation", "向调解组织请求"
        OBSTACLE = "obstacle", "不可抗力等障碍（中止）"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="limitation_events")
    kind = models.CharField("事由", max_length=12, choices=Kind)
    on = models.DateField("日期")
    removed_on = models.DateField("障碍消除日期", null=True, blank=True)
    evidence = models.CharField("依据", max_length=200)
    source = models.CharField("来源", max_length=40, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    voided_at = models.DateTimeField("撤销时间", null=True, blank=True)
    void_reason = models.CharField("撤销理由", max_length=200, blank=True)

    objects = LimitationEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时效中断、中止"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="limitation_event_confirmed_whole",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="确认时效事由要同时有确认人和时间。",
            ),
            models.CheckConstraint(
                name="limitation_obstacle_alone_is_removed",
                condition=Q(removed_on=None) | (Q(kind="obstacle") & Q(removed_on__gte=models.F("on"))),
                violation_error_message="障碍消除日期只用于中止事由，且不能早于障碍发生日期。",
            ),
            models.CheckConstraint(
                name="limitation_event_voided_whole",
                condition=Q(voided_by=None, voided_at=None, void_reason="")
                | (Q(voided_by__isnull=False, voided_at__isnull=False) & ~Q(void_reason="")),
                violation_error_message="撤销时效事由要写明理由。",
            ),
            models.UniqueConstraint(
                name="limitation_event_once_per_source",
                fields=["case", "source", "on"],
                condition=~Q(source="") & Q(voided_at=None),
                violation_error_message="这一条已经登记为时效事由，请刷新页面。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class HintDismissal(models.Model):
    """时效中断提示不采纳: a prosecutor found that what is on record did not interrupt, and why. Stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hint_dismissals")
    source = models.CharField("来源", max_length=40)
    label = models.CharField("提示", max_length=200)
    on = models.DateField("日期")
    reason = models.CharField("理由", max_length=200)
    dismissed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="不采纳人"
    )
    dismissed_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "时效中断提示不采纳"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="hint_dismissed_once",
                fields=["case", "source", "on"],
                violation_error_message="这条提示已经处理过，请刷新页面。",
            ),
            models.CheckConstraint(
                name="hint_dismissal_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.on}"
