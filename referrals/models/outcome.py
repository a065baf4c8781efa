from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from core import clock
from referrals.models.referral import Referral
from referrals.workflow import Missing, Status


class ReturnNote(models.Model):
    """补正通知: what is missing, in words for whoever submitted, until when. Answered by a supplement."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="return_notes")
    items = ArrayField(models.CharField(max_length=16, choices=Missing), verbose_name="需补正的内容")
    note = models.TextField("说明", blank=True)
    due_on = models.DateField("补正期限")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="退回人")
    made_at = models.DateTimeField("退回时间", default=clock.now)
    supplemented_at = models.DateTimeField("补正时间", null=True, blank=True)
    supplemented_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="补正人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "补正通知"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="return_note_answer_paired",
                condition=Q(supplemented_at=None, supplemented_by=None)
                | Q(supplemented_at__isnull=False, supplemented_by__isnull=False),
                violation_error_message="补正要同时记下时间和补正人。",
            ),
            models.CheckConstraint(
                name="return_note_says_what",
                condition=~Q(items=[]),
                violation_error_message="还没选需要补正的内容，请在列表里选一项。",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(supplemented_at=None),
                name="return_note_one_open",
                violation_error_message="这条线索已经退回补正，正在等待补正。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral} 补正通知"

    @property
    def missing(self) -> list[str]:
        """The items in words."""
        return [str(Missing(item).label) for item in self.items]


class ReferralOutcome(models.Model):
    """线索处理结果 other than conversion: what was decided, what the sender is told. Never changes (trigger)."""

    class Invalidity(models.TextChoices):
        DUPLICATE = "duplicate", "与已有线索或案件重复"
        NO_JURISDICTION = "no_jurisdiction", "不属于本院管辖"
        NOT_WAGES = "not_wages", "不属于支持起诉范围"
        NO_FACTS = "no_facts", "内容无法核实"
        WITHDRAWN = "withdrawn", "移送单位撤回"

    class Way(models.TextChoices):
        """How a worker was asked (domain.md L6)."""

        PHONE = "phone", "电话"
        VISIT = "visit", "当面"
        VIDEO = "video", "视频"
        WRITTEN = "written", "书面"

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField("结果", max_length=12, choices=Status)
    explanation = models.TextField("告知移送单位的说明")
    receiving_body = models.CharField("引导去向", max_length=120, blank=True)
    invalidity = models.CharField("原因", max_length=16, choices=Invalidity, blank=True)
    duplicate_of = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    duplicate_case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField("询问日期", null=True, blank=True)
    asked_way = models.CharField("询问方式", max_length=10, choices=Way, blank=True)
    target = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="受移送院",
    )
    decided_on = models.DateField("办结日期")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "线索处理结果"
        constraints = [
            models.CheckConstraint(
                name="referral_outcome_explains",
                condition=~Q(explanation=""),
                violation_error_message="还没填告知移送单位的说明。",
            ),
            models.CheckConstraint(
                name="referral_outcome_fills_its_kind",
                condition=(
                    Q(kind="redirected") & ~Q(receiving_body="")
                    | Q(kind="consulted")
                    | Q(kind="unwilling", asked_on__isnull=False) & ~Q(asked_way="")
                    | Q(kind="invalid") & ~Q(invalidity="")
                    | Q(kind="transferred", target__isnull=False)
                ),
                violation_error_message="处理结果缺少该项必填的内容。",
            ),
            models.CheckConstraint(
                name="referral_duplicate_names_original",
                condition=~Q(invalidity="duplicate")
                | Q(duplicate_of__isnull=False)
                | Q(duplicate_case__isnull=False),
                violation_error_message="请写明与哪条线索或哪件案件重复。",
            ),
            models.CheckConstraint(
                name="referral_not_duplicate_of_itself",
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("referral")),
                violation_error_message="线索不能与自己重复，请填另一条线索的编号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral}：{self.get_kind_display()}"
