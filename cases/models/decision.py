from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from approvals.models import ApprovalRound
from cases.models.base import Recorded
from cases.models.case import Case
from cases.workflow import Matter
from core.money import MoneyField
from documents.models import Document


class DeclineGround(models.TextChoices):
    """不支持起诉事由 (domain.md §3.3)."""

    FACTS = "facts", "事实不能认定或者证据明显不足"
    WRONG_PLAINTIFF = "wrong_plaintiff", "申请人不是适格原告"
    NOT_LIABLE = "not_liable", "被申请人不承担责任"
    SATISFIED = "satisfied", "请求已经实现"
    NOT_NECESSARY = "not_necessary", "没有支持必要（其他机关正在解决）"
    FALSE_CLAIM = "false_claim", "虚假陈述或者虚假请求"
    PUBLIC_HARM = "public_harm", "损害国家、社会公共利益或者他人利益"
    OTHER = "other", "其他情形"


class TerminationGround(models.TextChoices):
    """终结审查事由 (参照监督规则第73条; domain.md §3.3). 2 和解、3 已履行 are what mediation proposes."""

    WITHDRAWN = "withdrawn", "申请人撤回申请"
    SETTLED = "settled", "当事人和解且不损害国家、社会公共利益和他人利益"
    PERFORMED = "performed", "被申请人已经履行"
    DIED = "died", "申请人死亡且无人承继或者承继人放弃"
    NOT_ACCEPTABLE = "not_acceptable", "发现不符合受理条件"
    IN_COURT = "in_court", "法院已经受理或者裁判"
    UNREACHABLE = "unreachable", "申请人无法联系或者不配合"
    FORGED = "forged", "伪造证据或者虚假陈述"
    OTHER = "other", "其他应当终结的情形"


class Proposal(Recorded):
    """拟处理意见: what the handler proposes on one matter; it goes up the chain as one approval round.

    Only the columns of its matter are filled (constraint). A returned proposal stays; the next one is a new row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    matter = models.CharField("事项", max_length=24, choices=Matter)
    round = models.OneToOneField(ApprovalRound, on_delete=models.PROTECT, related_name="proposal")
    reasons = models.TextField("理由")
    ground = models.CharField("事由", max_length=20, blank=True)
    court = models.CharField("致送法院", max_length=60, blank=True)
    days = models.PositiveSmallIntegerField("延长天数", null=True, blank=True)
    starts_on = models.DateField("起始日期", null=True, blank=True)
    target = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="受移送检察院",
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "拟处理意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_gives_reasons",
                condition=~Q(reasons=""),
                violation_error_message="还没填理由。",
            ),
            models.CheckConstraint(
                name="proposal_fills_its_matter",
                condition=(
                    (Q(matter="support") & ~Q(court="") & Q(document__isnull=False))
                    | (Q(matter__in=["decline", "terminate", "withdraw_support"]) & ~Q(ground=""))
                    | (Q(matter="suspend", starts_on__isnull=False) & ~Q(ground=""))
                    | Q(matter="extend", days__isnull=False)
                    | Q(matter="transfer", target__isnull=False)
                ),
                violation_error_message="拟处理意见缺少该事项必填的内容。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 拟{self.get_matter_display()}"


class Decision(Recorded):
    """支持起诉、不支持起诉、终结审查 决定. The row exists if and only if the case has been decided.

    `claimed_amount` (yuan) and `claimant_count` are frozen at decision: Σ owed of claimants not withdrawn that day.
    """

    class Outcome(models.TextChoices):
        SUPPORT = "support", "支持起诉"
        DECLINE = "decline", "不支持起诉"
        TERMINATE = "terminate", "终结审查"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField("决定", max_length=12, choices=Outcome)
    ground = models.CharField("事由", max_length=20, blank=True)
    reasons = models.TextField("理由")
    court = models.CharField("致送法院", max_length=60, blank=True)
    decided_on = models.DateField("决定日期")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="拟稿人")
    claimed_amount = MoneyField("涉案金额（元）")
    claimant_count = models.PositiveIntegerField("涉案人数")

    class Meta:
        verbose_name = verbose_name_plural = "决定"
        indexes = [models.Index(fields=["decided_on"], name="decision_by_day")]
        constraints = [
            models.CheckConstraint(
                name="decision_gives_reasons",
                condition=~Q(reasons=""),
                violation_error_message="决定要写明理由。",
            ),
            models.CheckConstraint(
                name="decider_is_not_drafter",
                condition=~Q(recorded_by=models.F("drafted_by")),
                violation_error_message="拟稿人不能作出决定。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}：{self.get_outcome_display()}"


class SupportWithdrawal(Recorded):
    """撤回支持起诉 (S17): the support is no longer fit; told to court and applicants."""

    class Ground(models.TextChoices):
        FRAUD = "fraud", "发现虚假陈述或者虚假诉讼"
        UNWILLING = "unwilling", "申请人不再同意支持起诉"
        CHANGED = "changed", "申请人变更请求，不再适宜支持"
        VANISHED = "vanished", "支持起诉的条件消失"
        OTHER = "other", "其他情形"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="support_withdrawal")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="support_withdrawal")
    ground = models.CharField("事由", max_length=12, choices=Ground)
    reasons = models.TextField("理由")
    decided_on = models.DateField("决定日期")

    class Meta:
        verbose_name = verbose_name_plural = "撤回支持起诉"

    def __str__(self) -> str:
        return f"{self.case} 撤回支持起诉"


class CaseTransfer(Recorded):
    """移送他院: to the office with jurisdiction, acknowledged by it later."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="transfer")
    target = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="受移送检察院"
    )
    reason = models.TextField("移送理由")
    sent_on = models.DateField("移送日期")
    acknowledged_on = models.DateField("对方签收日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "移送他院"

    def __str__(self) -> str:
        return f"{self.case} 移送 {self.target}"
