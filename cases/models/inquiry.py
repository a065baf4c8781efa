from django.db import models
from django.db.models import Q

from cases.models.base import Recorded
from cases.models.case import Case


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
