from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from cases.models.base import Recorded
from cases.models.case import Case
from cases.models.party import Claimant, Person
from core.money import MoneyField
from documents.models import Attachment


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def visible_to(self, user: User) -> "RecoveryQuerySet":
        return self.filter(case__in=Case.objects.visible_to(user))

    def verified(self) -> "RecoveryQuerySet":
        """Only these count on the dashboard."""
        return self.filter(verified_at__isnull=False)

    def lock(self, recovery: "Recovery") -> "Recovery":
        return self.select_for_update(of=("self",)).get(pk=recovery.pk)


class Recovery(Recorded):
    """到账: money that reached workers, in yuan. Entered by one, verified by another; corrected by counter-entry only.

    Σ allocations = amount (deferred trigger). A verified row never changes (trigger); `reverses` makes a
    counter-entry with the negative amount.
    """

    class Channel(models.TextChoices):
        PRE_SUIT_SETTLEMENT = "pre_suit_settlement", "诉前和解"
        VOLUNTARY = "voluntary", "主动履行"
        AFTER_JUDGMENT = "after_judgment", "判决后履行"
        ENFORCED = "enforced", "执行到位"
        WAGE_DEPOSIT = "wage_deposit", "工资保证金"
        EMERGENCY_FUND = "emergency_fund", "应急周转金"
        CONTRACTOR_ADVANCE = "contractor_advance", "总包先行清偿"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recoveries")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    paid_on = models.DateField("到账日期")
    amount = MoneyField("金额（元）")
    channel = models.CharField("渠道", max_length=20, choices=Channel)
    payer = models.CharField("付款人", max_length=120)
    proof = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="凭证"
    )
    proof_note = models.CharField("凭证说明", max_length=200, blank=True)
    excess_reason = models.CharField("超出诉求的说明", max_length=200, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField("核对时间", null=True, blank=True)
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals", verbose_name="冲正"
    )
    reverse_reason = models.CharField("冲正原因", max_length=200, blank=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "到账"
        ordering = ["-paid_on", "-pk"]
        indexes = [
            models.Index(
                fields=["organisation", "paid_on"],
                condition=Q(verified_at__isnull=False),
                name="recovery_counted",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(returned_at=None),
                name="recovery_reversed_once",
                violation_error_message="这笔到账已登记冲正，不能再次冲正。",
            ),
            models.CheckConstraint(
                name="recovery_verified_by_another",
                condition=Q(verified_by=None, verified_at=None)
                | (
                    Q(verified_by__isnull=False, verified_at__isnull=False) & ~Q(verified_by=F("recorded_by"))
                ),
                violation_error_message="登记人不能核对自己登记的到账，请由另一人核对。",
            ),
            models.CheckConstraint(
                name="recovery_sign_by_kind",
                condition=Q(reverses=None, amount__gt=0, reverse_reason="")
                | (Q(reverses__isnull=False, amount__lt=0) & ~Q(reverse_reason="")),
                violation_error_message="到账金额要大于 0；冲正要写明原因。",
            ),
            models.CheckConstraint(
                name="recovery_has_proof",
                condition=Q(proof__isnull=False) | ~Q(proof_note=""),
                violation_error_message="请上传凭证，或者写明凭证情况。",
            ),
            models.CheckConstraint(
                name="recovery_return_is_whole",
                condition=Q(returned_at=None, returned_by=None, return_reason="")
                | (
                    Q(returned_at__isnull=False, returned_by__isnull=False, verified_at=None)
                    & ~Q(return_reason="")
                ),
                violation_error_message="退回到账登记要写明原因；已核对的不能退回。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"

    @property
    def state(self) -> str:
        if self.verified_at:
            return "verified"
        return "returned" if self.returned_at else "waiting"


class Allocation(models.Model):
    """分配: whose money it is. `person` is kept beside the claimant so that workers are counted as persons."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="allocations")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="allocations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    amount = MoneyField("金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "到账分配"
        ordering = ["recovery_id", "claimant_id"]
        indexes = [models.Index(fields=["recovery"], include=["amount", "person"], name="allocation_counted")]
        constraints = [
            models.UniqueConstraint(
                fields=["recovery", "claimant"],
                name="allocation_once_per_claimant",
                violation_error_message="同一笔到账里，同一申请人只能分配一次。",
            ),
            models.CheckConstraint(
                name="allocation_not_zero",
                condition=~Q(amount=0),
                violation_error_message="分配金额不能是 0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.amount}"
