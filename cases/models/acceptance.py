from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.base import Recorded
from cases.models.case import Case


class Answer(models.TextChoices):
    """审查清单的答复."""

    YES = "yes", "是"
    NO = "no", "否"
    NOT_APPLICABLE = "na", "不适用"


class AcceptanceReview(Recorded):
    """受理审查 (S2): the handler's answers to the conditions and proposal; the decider's word stands beside it."""

    class Proposal(models.TextChoices):
        ACCEPT = "accept", "建议受理"
        REJECT = "reject", "建议不予受理"

    class Ground(models.TextChoices):
        NOT_CIVIL = "not_civil", "不属于申请人的民事权益"
        NOT_VOLUNTARY = "not_voluntary", "没有起诉意愿或者不自愿"
        NO_RESPONDENT = "no_respondent", "没有明确的被申请人"
        NO_FACTS = "no_facts", "没有初步事实依据"
        NO_JURISDICTION = "no_jurisdiction", "不属于本院管辖"
        IN_COURT = "in_court", "法院已经受理或者裁判"
        ARBITRATION_FIRST = "arbitration_first", "应当先行劳动仲裁"
        ABLE = "able", "申请人有足够的诉讼能力"
        UNLAWFUL_PURPOSE = "unlawful_purpose", "目的不正当（如以工资名义追索工程款）"
        MATERIALS = "materials", "通知补正后材料仍不齐全"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="acceptance_review")
    in_scope = models.CharField("属于支持起诉范围", max_length=3, choices=Answer)
    right_holder = models.CharField("申请人是权利人", max_length=3, choices=Answer)
    clear_respondent = models.CharField("有明确的被申请人", max_length=3, choices=Answer)
    jurisdiction = models.CharField("属于本院管辖", max_length=3, choices=Answer)
    voluntary = models.CharField("本人自愿申请", max_length=3, choices=Answer)
    weak_ability = models.CharField("诉讼能力不足", max_length=3, choices=Answer)
    other_relief = models.CharField("已寻求其他救济", max_length=3, choices=Answer)
    not_in_court = models.CharField("法院尚未受理", max_length=3, choices=Answer)
    proposal = models.CharField("拟办意见", max_length=8, choices=Proposal)
    ground = models.CharField("不予受理事由", max_length=20, choices=Ground, blank=True)
    opinion = models.TextField("审查意见")
    examined_on = models.DateField("审查日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "受理审查"
        constraints = [
            models.CheckConstraint(
                name="rejection_proposal_gives_ground",
                condition=~Q(proposal="reject") | ~Q(ground=""),
                violation_error_message="建议不予受理请选择事由。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} 受理审查"


class Acceptance(Recorded):
    """受理 or 不予受理: the decision on the application. Its decider is not the one who examined it (constraint)."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "受理"
        REJECTED = "rejected", "不予受理"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="acceptance")
    outcome = models.CharField("决定", max_length=8, choices=Outcome)
    ground = models.CharField("事由", max_length=20, choices=AcceptanceReview.Ground, blank=True)
    advice = models.TextField("其他途径告知", blank=True)
    decided_on = models.DateField("决定日期")
    examined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="审查人")

    class Meta:
        verbose_name = verbose_name_plural = "受理决定"
        constraints = [
            models.CheckConstraint(
                name="acceptance_by_two_people",
                condition=~Q(recorded_by=models.F("examined_by")),
                violation_error_message="受理审查和受理决定须由两人分别作出。",
            ),
            models.CheckConstraint(
                name="rejection_gives_ground_and_route",
                condition=~Q(outcome="rejected") | (~Q(ground="") & ~Q(advice="")),
                violation_error_message="不予受理请选择事由，并告知其他途径。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_outcome_display()}"


class Supplement(Recorded):
    """补正通知: what is missing from the application and until when; completed by a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    items = models.TextField("需补正的材料")
    due_on = models.DateField("补正期限")
    completed_on = models.DateField("补正完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补正通知"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(completed_on=None),
                name="one_open_supplement_per_case",
                violation_error_message="上一次补正还没完成，不能再发补正通知。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} 补正通知"
