from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.base import Recorded
from cases.models.case import Case
from core import clock


class LegalTrack(models.TextChoices):
    """法律关系: the most consequential field of the system (domain.md fact 5, trap 1)."""

    UNDECIDED = "undecided", "待定"
    LABOUR = "labour", "劳动关系"
    SERVICE = "service", "劳务关系"
    CONTRACT_WORK = "contract_work", "承揽关系"
    DISPATCH = "dispatch", "劳务派遣"
    PART_TIME = "part_time", "非全日制用工"
    PLATFORM = "platform", "新就业形态"
    OVER_AGE = "over_age", "超龄用工"
    NOT_WORK = "not_work", "非用工关系"


ARBITRATION_FIRST = frozenset({LegalTrack.LABOUR, LegalTrack.DISPATCH, LegalTrack.PART_TIME})


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


class Review(models.Model):
    """审查 (S6). Opened when the case is accepted; worked on until it is submitted; reopened by a return."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="review")
    legal_track = models.CharField(
        "法律关系", max_length=16, choices=LegalTrack, default=LegalTrack.UNDECIDED
    )
    track_reasons = models.TextField("认定理由", blank=True)
    track_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    track_decided_at = models.DateTimeField(null=True, blank=True)
    limitation_from = models.DateField("时效起算日", null=True, blank=True)
    limitation_expires_on = models.DateField("时效届满日", null=True, blank=True)
    limitation_note = models.TextField("时效审查意见", blank=True)
    limitation_checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    limitation_checked_at = models.DateTimeField(null=True, blank=True)
    iou_exception = models.BooleanField("工资欠条直接起诉例外", default=False)
    iou_note = models.CharField("例外理由", max_length=200, blank=True)
    facts_found = models.TextField("查明事实", blank=True)
    evidence_opinion = models.TextField("证据分析", blank=True)
    legal_opinion = models.TextField("法律分析（本院认为）", blank=True)
    necessity = models.TextField("必要性与自愿性", blank=True)
    risks = models.TextField("风险提示", blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    concluded_at = models.DateTimeField("审查终结时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "审查"
        constraints = [
            models.CheckConstraint(
                name="decided_track_gives_reasons",
                condition=Q(legal_track="undecided", track_decided_by=None, track_decided_at=None)
                | (
                    ~Q(legal_track="undecided")
                    & ~Q(track_reasons="")
                    & Q(track_decided_by__isnull=False, track_decided_at__isnull=False)
                ),
                violation_error_message="认定法律关系要写明理由。",
            ),
            models.CheckConstraint(
                name="limitation_check_is_whole",
                condition=Q(limitation_checked_by=None, limitation_checked_at=None)
                | (
                    Q(limitation_checked_by__isnull=False, limitation_checked_at__isnull=False)
                    & ~Q(limitation_note="")
                ),
                violation_error_message="时效审查要写明意见。",
            ),
            models.CheckConstraint(
                name="iou_exception_gives_reason",
                condition=Q(iou_exception=False) | ~Q(iou_note=""),
                violation_error_message="适用工资欠条例外请写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 审查"


class ReviewCheck(Recorded):
    """审查清单 one line: question (of `cases.review.checklist`), answer, note. A 否 needs a note."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="checks")
    question = models.CharField("问题", max_length=24)
    answer = models.CharField("答复", max_length=3, choices=Answer)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查清单"
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "question"],
                name="review_question_once",
                violation_error_message="审查清单的同一问题重复，请刷新后重填。",
            ),
            models.CheckConstraint(
                name="review_no_gives_note",
                condition=~Q(answer="no") | ~Q(note=""),
                violation_error_message="审查清单选“否”的项目请写明情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}：{self.get_answer_display()}"


class LimitationEvent(Recorded):
    """时效中断事由: never overwritten; each restarts the period (民法典195条；劳动争议调解仲裁法27条)."""

    class Kind(models.TextChoices):
        DEMAND = "demand", "向义务人主张"
        ADMISSION = "admission", "义务人同意履行或部分履行"
        AUTHORITY = "authority", "向有关部门请求救济"
        SUIT = "suit", "起诉、仲裁、支付令、保全"
        MEDIATION = "mediation", "向调解组织请求"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="limitation_events")
    kind = models.CharField("事由", max_length=12, choices=Kind)
    on = models.DateField("日期")
    evidence = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "时效中断"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Inquiry(Recorded):
    """调查核实: interview, document request, site visit. At least two people (规则69条)."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "询问"
        FETCH = "fetch", "调取证据"
        QUERY = "query", "查询"
        SITE = "site", "现场勘验"
        PHONE = "phone", "电话核实"
        HEARING = "hearing", "听证"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inquiries")
    kind = models.CharField("方式", max_length=12, choices=Kind)
    on = models.DateField("日期")
    target = models.CharField("对象", max_length=100)
    investigators = models.CharField("调查人员", max_length=100)
    findings = models.TextField("核实情况")

    class Meta:
        verbose_name = verbose_name_plural = "调查核实"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Arbitration(Recorded):
    """劳动仲裁: what the board did. 裁决、不予受理、逾期未裁 open the way to court (劳动争议调解仲裁法29、43条)."""

    class Result(models.TextChoices):
        PENDING = "pending", "审理中"
        AWARD = "award", "已裁决"
        REFUSED = "refused", "不予受理或逾期未受理"
        OVERDUE = "overdue", "逾期未裁决"
        MEDIATED = "mediated", "仲裁调解"
        WITHDRAWN = "withdrawn", "撤回"

    OPENS_COURT = frozenset({"award", "refused", "overdue"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arbitrations")
    board = models.CharField("仲裁委员会", max_length=80)
    number = models.CharField("仲裁案号", max_length=60, blank=True)
    applied_on = models.DateField("申请日期")
    result = models.CharField("结果", max_length=10, choices=Result, default=Result.PENDING)
    result_on = models.DateField("结果日期", null=True, blank=True)
    received_on = models.DateField("收到裁决日期", null=True, blank=True)
    is_final = models.BooleanField("一裁终局", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "劳动仲裁"
        ordering = ["applied_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="arbitration_result_has_date",
                condition=Q(result="pending", result_on=None)
                | (~Q(result="pending") & Q(result_on__isnull=False)),
                violation_error_message="仲裁有结果时请填结果日期。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.get_result_display()}"
