from django.db import models
from django.db.models import Q

from cases.models.base import Recorded
from cases.models.case import Case


class Enforcement(Recorded):
    """申请执行 (S18): the worker applies; the office follows. 申请执行时效 two years (民诉法250条)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="enforcement")
    applied_on = models.DateField("申请执行日期")
    court = models.CharField("执行法院", max_length=60)
    court_number = models.CharField("执行案号", max_length=60, blank=True)
    terminated_for_now_on = models.DateField("终本日期", null=True, blank=True)
    resumed_on = models.DateField("恢复执行日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "执行"
        constraints = [
            models.CheckConstraint(
                name="enforcement_resumed_after_stop",
                condition=Q(resumed_on=None) | Q(terminated_for_now_on__isnull=False),
                violation_error_message="没有终本日期，不能登记恢复执行。",
            )
        ]

    def __str__(self) -> str:
        return self.court_number or f"{self.case} 执行"


class FollowUp(Recorded):
    """跟进记录: enforcement measures and call-backs (回访), each with its date."""

    class Kind(models.TextChoices):
        CALL_BACK = "call_back", "回访申请人"
        TOLD_RIGHT = "told_right", "告知申请执行权利"
        ENQUIRY = "enquiry", "查询财产"
        FREEZE = "freeze", "查封、冻结、扣划"
        RESTRICT = "restrict", "限制高消费"
        BLACKLIST = "blacklist", "列入失信名单"
        DETAIN = "detain", "拘留、罚款"
        SETTLEMENT = "settlement", "执行和解"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField("类型", max_length=12, choices=Kind)
    on = models.DateField("日期")
    result = models.TextField("情况")

    class Meta:
        verbose_name = verbose_name_plural = "跟进记录"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Closure(Recorded):
    """跟进办结 (S16, S19): how the follow-up ended."""

    class Result(models.TextChoices):
        PAID = "paid", "全部到账"
        TERMINATED_FOR_NOW = "terminated_for_now", "终结本次执行，暂无财产"
        GIVEN_UP = "given_up", "申请人放弃"
        COURT_WITHDRAWN = "court_withdrawn", "撤诉"
        DISMISSED = "dismissed", "驳回"
        REFUSED = "refused", "法院不予受理"
        OTHER = "other", "其他"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="closure")
    result = models.CharField("结果", max_length=20, choices=Result)
    closed_on = models.DateField("办结日期")
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "跟进办结"
        constraints = [
            models.CheckConstraint(
                name="closure_unpaid_gives_note",
                condition=Q(result="paid") | ~Q(note=""),
                violation_error_message="没有全部到账就办结，请写明原因。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_result_display()}"


class Archiving(Recorded):
    """归档 (S20)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="archiving")
    archived_on = models.DateField("归档日期")
    volume = models.CharField("档号", max_length=60)
    pages = models.PositiveIntegerField("页数")
    retention = models.CharField("保管期限", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "归档"

    def __str__(self) -> str:
        return self.volume
