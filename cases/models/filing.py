from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from cases.models.base import Recorded
from cases.models.case import Case
from cases.models.party import Claimant
from core import clock
from core.money import MoneyField


class Procedure(models.TextChoices):
    """审理程序. Small claims have one instance: no appeal clock (民诉法165条, trap 11)."""

    ORDINARY = "ordinary", "普通程序"
    SIMPLIFIED = "simplified", "简易程序"
    SMALL_CLAIMS = "small_claims", "小额诉讼"


class Filing(Recorded):
    """法院立案 (S13). `ended_on` is set when the court refuses later; at most one filing is current."""

    class FeeHandling(models.TextChoices):
        NOT_PREPAID = "not_prepaid", "不预交"
        DEFERRED = "deferred", "缓交"
        REDUCED = "reduced", "减交"
        WAIVED = "waived", "免交"
        PAID = "paid", "已交"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings")
    court = models.CharField("受理法院", max_length=60)
    court_number = models.CharField("法院案号", max_length=60)
    filed_on = models.DateField("立案日期")
    procedure = models.CharField("审理程序", max_length=12, choices=Procedure)
    judge = models.CharField("承办法官", max_length=40, blank=True)
    fee = MoneyField("诉讼费（元）", null=True, blank=True)
    fee_handling = models.CharField("诉讼费处理", max_length=12, choices=FeeHandling, blank=True)
    preservation = models.CharField("保全、先予执行", max_length=200, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "法院立案"
        ordering = ["filed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_on=None),
                name="one_current_filing_per_case",
                violation_error_message="案件已登记立案，不能重复登记。",
            )
        ]

    def __str__(self) -> str:
        return self.court_number


class FilingNumber(models.Model):
    """各申请人的法院案号, where the court opens a case per worker instead of a joint one."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="numbers")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="+")
    court_number = models.CharField("法院案号", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "各申请人法院案号"
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "claimant"],
                name="filing_number_once_per_claimant",
                violation_error_message="同一申请人只能有一个法院案号。",
            )
        ]

    def __str__(self) -> str:
        return self.court_number


class CourtRefusal(Recorded):
    """法院不予受理 (S13x): back to 已支持起诉 for another way, or the end."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="court_refusals")
    court = models.CharField("法院", max_length=60)
    refused_on = models.DateField("裁定日期")
    reason = models.TextField("法院理由")
    next_step = models.TextField("下一步")

    class Meta:
        verbose_name = verbose_name_plural = "法院不予受理"
        ordering = ["refused_on", "pk"]

    def __str__(self) -> str:
        return f"{self.court} 不予受理"


class Hearing(Recorded):
    """开庭. Appearance of the prosecutor is the exception (domain.md fact 9); the opinion is read, not debated."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="hearings")
    held_at = models.DateTimeField("开庭时间")
    place = models.CharField("地点", max_length=100)
    notice_received_on = models.DateField("收到通知日期", null=True, blank=True)
    prosecutor_attended = models.BooleanField("检察官出庭", default=False)
    opinion_read = models.BooleanField("宣读支持起诉书", default=False)
    note = models.TextField("庭审情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "开庭"
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_read_by_attending",
                condition=Q(opinion_read=False) | Q(prosecutor_attended=True),
                violation_error_message="没有出庭就不能宣读，请核对出庭和宣读两项。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M} 开庭"

    @property
    def is_ahead(self) -> bool:
        return self.held_at > clock.now()


class Judgment(Recorded):
    """裁判、法院调解 (S15). Effective when every party's appeal period is over, or at once for small claims."""

    class Kind(models.TextChoices):
        JUDGMENT = "judgment", "判决"
        MEDIATION = "mediation", "调解书"
        RULING = "ruling", "裁定"

    class Result(models.TextChoices):
        FULL = "full", "全部支持"
        PARTIAL = "partial", "部分支持"
        DISMISSED = "dismissed", "驳回诉讼请求"
        REJECTED = "rejected", "驳回起诉"
        MEDIATED = "mediated", "调解"
        WITHDRAWN = "withdrawn", "撤诉"
        DEEMED_WITHDRAWN = "deemed_withdrawn", "按撤诉处理"
        TRANSFERRED = "transferred", "移送"
        ENDED = "ended", "终结诉讼"

    GIVES_MONEY = frozenset({"full", "partial", "mediated"})

    class Adopted(models.TextChoices):
        FULL = "full", "全部采纳"
        PARTIAL = "partial", "部分采纳"
        NONE = "none", "未采纳"
        NOT_JUDGED = "not_judged", "未作裁判"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="judgments")
    instance = models.PositiveSmallIntegerField("审级", default=1, choices=[(1, "一审"), (2, "二审")])
    kind = models.CharField("文书种类", max_length=10, choices=Kind)
    result = models.CharField("结果", max_length=20, choices=Result)
    adopted = models.CharField("支持意见采纳情况", max_length=12, choices=Adopted)
    number = models.CharField("裁判文书号", max_length=60)
    made_on = models.DateField("裁判日期")
    last_served_on = models.DateField("最后送达日期", null=True, blank=True)
    performance_due_on = models.DateField("履行期限届满日", null=True, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "裁判"
        ordering = ["made_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "instance"],
                name="one_judgment_per_instance",
                violation_error_message="这一审级已登记裁判。",
            ),
            models.CheckConstraint(
                name="judgment_effective_after_made",
                condition=Q(effective_on=None) | Q(effective_on__gte=F("made_on")),
                violation_error_message="生效日期早于裁判日期，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def appealed(self) -> "Appeal | None":
        """上诉 against it, if any; a reverse one-to-one alone raises where there is none."""
        return getattr(self, "appeal", None)

    @property
    def total(self) -> Decimal:
        """Σ awards (yuan), from prefetched rows where there are any."""
        return sum((award.amount for award in self.awards.all()), Decimal())


class Award(models.Model):
    """判决、调解确认金额 per claimant (yuan). Never split evenly by code (trap 6)."""

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="awards")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="awards")
    amount = MoneyField("确认金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "确认金额"
        ordering = ["judgment_id", "claimant_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "claimant"],
                name="award_once_per_claimant",
                violation_error_message="同一申请人的确认金额重复。",
            ),
            models.CheckConstraint(
                name="award_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message="确认金额不能小于 0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.amount}"


class Appeal(Recorded):
    """上诉: stops the first-instance judgment from taking effect."""

    judgment = models.OneToOneField(Judgment, on_delete=models.PROTECT, related_name="appeal")
    party = models.CharField("上诉人", max_length=100)
    filed_on = models.DateField("上诉日期")
    court = models.CharField("二审法院", max_length=60, blank=True)
    court_number = models.CharField("二审案号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上诉"

    def __str__(self) -> str:
        return f"{self.judgment} 上诉"
