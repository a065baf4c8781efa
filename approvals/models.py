import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Deputy, Organisation, User
from accounts.permissions import Permission, Role
from core import clock
from core.crypto import EncryptedTextField


class Capacity(models.TextChoices):
    """审批身份: in which capacity a step is decided."""

    HEAD = "department_head", "部门负责人"
    CHIEF = "chief", "分管副检察长"
    COUNTERSIGNER = "countersigner", "加签人"  # never part of a chain: asked by whose turn it is


class ReturnReason(models.TextChoices):
    """退回原因: what has to be put right, when no spot of the text is quoted."""

    FACTS = "facts", "事实不清"
    EVIDENCE = "evidence", "证据不足"
    LAW = "law", "法律适用不当"
    SUMS = "sums", "金额、人数或者期间有误"
    PROCEDURE = "procedure", "程序或者手续不全"
    WORDING = "wording", "文书表述不当"
    OTHER = "other", "其他"


ROLE_OF = {Capacity.HEAD: Role.DEPARTMENT_HEAD, Capacity.CHIEF: Role.CHIEF}
PERMISSION_OF = {Capacity.HEAD: Permission.EXAMINE, Capacity.CHIEF: Permission.DECIDE}


class RoundQuerySet(models.QuerySet["ApprovalRound"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(status=ApprovalRound.Status.OPEN)

    def lock(self, pk: int) -> "ApprovalRound":
        return self.select_for_update(of=("self",)).get(pk=pk)


class ApprovalRound(models.Model):
    """审批轮次: one submission of one matter up the chain. A return closes it; the next submission is a new round.

    `content_hash` fixes what is approved (canonical facts, body, template version, without number and date).
    """

    class Status(models.TextChoices):
        OPEN = "open", "审批中"
        APPROVED = "approved", "已同意"
        RETURNED = "returned", "已退回"
        CANCELLED = "cancelled", "已撤回"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    matter = models.CharField("事项", max_length=24)
    title = models.CharField("标题", max_length=120, help_text="不含个人信息")
    owner_url = models.CharField(max_length=200)
    content_hash = models.CharField("内容摘要", max_length=64)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="提交人")
    submitted_at = models.DateTimeField("提交时间", default=clock.now)
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审批轮次"
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="round_open_or_closed",
                condition=Q(status="open", closed_at=None) | (~Q(status="open") & Q(closed_at__isnull=False)),
                violation_error_message="审批轮次的状态与结束时间不一致。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def current_step(self) -> "ApprovalStep | None":
        return self.steps.filter(acted_at=None).order_by("order").first() if self.status == "open" else None


class StepQuerySet(models.QuerySet["ApprovalStep"]):
    def waiting(self) -> "StepQuerySet":
        """Steps whose turn it is: open round, not acted on, nothing earlier in the round still open."""
        earlier = ApprovalStep.objects.filter(
            round=models.OuterRef("round"), order__lt=models.OuterRef("order"), acted_at=None
        )
        return self.filter(round__status="open", acted_at=None).exclude(models.Exists(earlier))

    def for_user(self, user: User, today: date) -> "StepQuerySet":
        """What `user` may decide now: own assignments, and those of whom they deputise for today."""
        absent = Deputy.objects.on(today).filter(substitute=user).values("absent")
        return self.waiting().filter(Q(assigned_to=user) | Q(assigned_to__in=absent))


class ApprovalStep(models.Model):
    """审批步骤 with its opinion. Append-only once acted on (trigger); the drafter never decides (constraint).

    A step of a 加签人 was asked for by `asked_by` with a `question`; it gives an opinion and ends no round.
    """

    class Result(models.TextChoices):
        AGREE = "agree", "同意"
        RETURN = "return", "退回修改"
        DISAGREE = "disagree", "不同意"

    round = models.ForeignKey(ApprovalRound, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField("次序")
    capacity = models.CharField("身份", max_length=20, choices=Capacity)
    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="审批人")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="拟稿人")
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="实际审批人"
    )
    result = models.CharField("结果", max_length=8, choices=Result, blank=True)
    opinion = models.TextField("意见", blank=True)
    reason = models.CharField("退回原因", max_length=12, choices=ReturnReason, blank=True)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="提请加签的人"
    )
    question = models.CharField("请加签人看什么", max_length=200, blank=True)
    acted_at = models.DateTimeField("审批时间", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审批步骤"
        ordering = ["round_id", "order"]
        indexes = [models.Index(fields=["assigned_to"], condition=Q(acted_at=None), name="step_waiting_for")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"],
                name="step_order_once",
                violation_error_message="同一轮审批里次序重复，请刷新后重试。",
            ),
            models.CheckConstraint(
                name="drafter_does_not_decide",
                condition=Q(actor=None) | ~Q(actor=F("drafted_by")),
                violation_error_message="拟稿人不能审批自己提交的事项，请由其他审批人办理。",
            ),
            models.CheckConstraint(
                name="step_acted_is_whole",
                condition=Q(actor=None, acted_at=None, result="")
                | (Q(actor__isnull=False, acted_at__isnull=False) & ~Q(result="")),
                violation_error_message="审批结果、审批人和时间必须同时填写。",
            ),
            models.CheckConstraint(
                name="return_gives_opinion",
                condition=~Q(result__in=["return", "disagree"]) | ~Q(opinion=""),
                violation_error_message="退回修改、不同意，请写明意见。",
            ),
            models.CheckConstraint(
                name="drafter_is_not_asked",
                condition=~Q(assigned_to=F("drafted_by")),
                violation_error_message="不能交给拟稿人审批，请选择其他人。",
            ),
            models.CheckConstraint(
                name="countersigner_was_asked",
                condition=Q(capacity="countersigner", asked_by__isnull=False) & ~Q(question="")
                | ~Q(capacity="countersigner") & Q(asked_by=None, question=""),
                violation_error_message="加签请写明请对方看什么。",
            ),
            models.CheckConstraint(
                name="countersigner_ends_nothing",
                condition=(Q(capacity="countersigner") & ~Q(result="return"))
                | (~Q(capacity="countersigner") & ~Q(result="disagree")),
                violation_error_message="加签人只写同意或者不同意；审批人只能同意或者退回修改。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.assigned_to}"

    @property
    def by_deputy(self) -> bool:
        return self.actor_id is not None and self.actor_id != self.assigned_to_id

    @property
    def is_countersign(self) -> bool:
        return self.capacity == Capacity.COUNTERSIGNER


class Quote(models.Model):
    """引用的原文: the spot of the text that a return speaks of; encrypted as the text is. Rows stay (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.OneToOneField(ApprovalStep, on_delete=models.PROTECT, related_name="quote")
    text = EncryptedTextField("原文", purpose="document")

    class Meta:
        verbose_name = verbose_name_plural = "引用的原文"

    def __str__(self) -> str:
        return str(self.step)


class HandOver(models.Model):
    """审批转办: a step that was handed to another person before it was decided. Rows stay (trigger)."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="hand_overs")
    from_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="原审批人")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="新审批人")
    reason = models.CharField("转办原因", max_length=200)
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="转办人")
    handed_at = models.DateTimeField("转办时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "审批转办"
        ordering = ["handed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_gives_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填转办原因。",
            ),
            models.CheckConstraint(
                name="hand_over_changes_person",
                condition=~Q(from_user=F("to_user")),
                violation_error_message="转办请选择另一个人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_user} → {self.to_user}"


class Reading(models.Model):
    """阅读记录: who read to its end the very text that a step decides. Agreeing rests on it. Rows stay (trigger)."""

    class How(models.TextChoices):
        SCROLLED = "scrolled", "读到文末"
        TICKED = "ticked", "勾选已阅读全文"

    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="阅读人")
    content_hash = models.CharField("内容摘要", max_length=64)
    how = models.CharField("方式", max_length=8, choices=How)
    read_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "阅读记录"
        ordering = ["read_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "reader", "content_hash"],
                name="one_reading_of_a_text",
                violation_error_message="已经记下你读过这份文书。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.get_how_display()}"
