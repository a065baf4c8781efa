from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.permissions import Permission
from approvals.models import ApprovalRound
from cases.models import Case, Claimant
from cases.models.base import Recorded
from core.money import MoneyField
from deadlines.models import Deadline


class MediatorQuerySet(models.QuerySet["Mediator"]):
    def roster_of(self, office: Organisation) -> "MediatorQuerySet":
        """在册调解员 of the mediation bodies that work with this office."""
        return self.filter(is_active=True, organisation__path__startswith=office.path)


class Mediator(models.Model):
    """调解员 of the roster (人才库): belongs to a mediation body, may have an account."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mediators", verbose_name="所属调解组织"
    )
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="mediator", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=40)
    field = models.CharField("擅长领域", max_length=100, blank=True)
    is_active = models.BooleanField("在册", default=True)

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调解员"
        ordering = ["organisation_id", "pk"]

    def __str__(self) -> str:
        return self.name


class MediationQuerySet(models.QuerySet["Mediation"]):
    def visible_to(self, user: User) -> "MediationQuerySet":
        """Office staff: their office's; a mediator: those given to them; nobody else any."""
        if user.may(Permission.MEDIATION_SEE):
            return self.filter(case__organisation=user.organisation)
        if user.may(Permission.MEDIATE):
            return self.filter(mediator__user=user)
        return self.none()

    def lock(self, mediation: "Mediation") -> "Mediation":
        return self.select_for_update(of=("self",)).get(pk=mediation.pk)


class Mediation(Recorded):
    """诉前和解、调解 of a case in review. Voluntary; it ends no case by itself, an agreement only proposes (9)."""

    class Kind(models.TextChoices):
        PROCURATORIAL = "procuratorial", "检察和解"
        PEOPLES = "peoples", "人民调解"
        LABOUR = "labour", "劳动调解"
        INDUSTRY = "industry", "行业调解"

    class Status(models.TextChoices):
        RUNNING = "running", "进行中"
        AGREED = "agreed", "已达成"
        FAILED = "failed", "未达成"

    BY_BODY = frozenset({"peoples", "labour", "industry"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mediations")
    kind = models.CharField("方式", max_length=16, choices=Kind)
    mediator = models.ForeignKey(
        Mediator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mediations",
        verbose_name="调解员",
    )
    started_on = models.DateField("开始日期")
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.RUNNING)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    failure_reason = models.CharField("未达成原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MediationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "诉前和解"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status="running"),
                name="one_running_mediation_per_case",
                violation_error_message="本案的和解正在进行，不能再启动一次。",
            ),
            models.CheckConstraint(
                name="mediation_end_is_whole",
                condition=Q(status="running", ended_on=None)
                | (~Q(status="running") & Q(ended_on__isnull=False)),
                violation_error_message="和解结束要有结束日期。",
            ),
            models.CheckConstraint(
                name="failed_mediation_gives_reason",
                condition=~Q(status="failed") | ~Q(failure_reason=""),
                violation_error_message="未达成和解请写明原因。",
            ),
            models.CheckConstraint(
                name="body_mediation_has_mediator",
                condition=Q(kind="procuratorial") | Q(mediator__isnull=False),
                violation_error_message="由调解组织调解的，请选择调解员。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("mediation:detail", args=[self.pk])

    def waiting_confirmation(self) -> models.QuerySet["MediationDeadline"]:
        """司法确认 that was neither applied for nor given up."""
        return self.open_deadlines().filter(deadline__term__code="C14")

    def open_deadlines(self) -> models.QuerySet["MediationDeadline"]:
        """司法确认 (C14) and agreed payments (M1) that still run."""
        return self.mediation_deadlines.filter(deadline__in=Deadline.objects.open()).select_related(
            "deadline"
        )


class Session(Recorded):
    """调解会 one round: append-only (trigger)."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("日期")
    place = models.CharField("地点、方式", max_length=100)
    attended = models.CharField("参加人", max_length=200)
    notes = models.TextField("要点")
    result = models.CharField("结果", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "调解会"
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"


class Agreement(Recorded):
    """和解、调解协议. Made by a mediation body it may be confirmed by the court within 30 days (民诉法205条)."""

    mediation = models.OneToOneField(Mediation, on_delete=models.PROTECT, related_name="agreement")
    made_on = models.DateField("签订日期")
    effective_on = models.DateField("生效日期")
    performance = models.CharField("履行方式", max_length=200)
    breach = models.CharField("违约约定", max_length=300, blank=True)
    is_paid = models.BooleanField("已当场付清", default=False)
    round = models.OneToOneField(
        ApprovalRound, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审"
    )

    class Meta:
        verbose_name = verbose_name_plural = "和解协议"

    def __str__(self) -> str:
        return f"{self.mediation} 协议"

    @property
    def total(self) -> Decimal:
        """Σ of the shares (yuan)."""
        return sum((share.amount for share in self.shares.all()), Decimal())


class AgreementShare(models.Model):
    """协议金额 per claimant (yuan), each with the day it is due. Never split by code (trap 6)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shares")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="+", verbose_name="申请人")
    amount = MoneyField("协议金额（元）")
    due_on = models.DateField("约定付款日")

    class Meta:
        verbose_name = verbose_name_plural = "协议金额"
        ordering = ["agreement_id", "claimant_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "claimant"],
                name="agreement_share_once",
                violation_error_message="同一申请人的协议金额重复。",
            ),
            models.CheckConstraint(
                name="agreement_share_positive",
                condition=Q(amount__gt=0),
                violation_error_message="协议金额要大于 0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.amount}"


class MediationDeadline(models.Model):
    """和解期限: judicial confirmation (C14) and payment days, tied to their mediation."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="mediation_deadlines")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="mediation_link")

    class Meta:
        verbose_name = verbose_name_plural = "和解期限"

    def __str__(self) -> str:
        return str(self.deadline)
