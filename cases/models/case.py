from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.causes import CURRENT_LIST, Category
from cases.workflow import ENDS, OPEN_STAGES, Stage
from core import clock

ACCEPTED_OPEN = [stage.value for stage in OPEN_STAGES - {Stage.REGISTERED}]


class Source(models.TextChoices):
    """线索来源 (domain.md §8)."""

    LEGAL_AID = "legal_aid", "法律援助中心"
    LABOUR_INSPECTION = "labour_inspection", "劳动监察"
    SOCIAL_INSURANCE = "social_insurance", "社保经办"
    TRADE_UNION = "trade_union", "工会"
    WOMENS_FEDERATION = "womens_federation", "妇联"
    PETITION_OFFICE = "petition_office", "信访"
    STREET_OFFICE = "street_office", "街道乡镇"
    COURT = "court", "法院"
    HOTLINE = "hotline", "12309 热线"
    MAYOR_HOTLINE = "mayor_hotline", "12345 热线"
    WALK_IN = "walk_in", "来访"
    LETTER = "letter", "来信"
    OUTREACH = "outreach", "走访"
    OWN = "own", "办案中发现"
    UPPER = "upper", "上级交办"
    OTHER = "other", "其他"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """本院案件: office staff see their own office's cases; everybody else sees none, whatever the URL."""
        if not user.may(Permission.CASE_SEE):
            return self.none()
        return self.filter(organisation=user.organisation)

    def lock(self, case: "Case") -> "Case":
        """The row lock that every verb takes before it looks."""
        return self.select_for_update(of=("self",)).get(pk=case.pk)

    def accepted(self) -> "CaseQuerySet":
        return self.exclude(accepted_on=None)

    def open(self) -> "CaseQuerySet":
        """在办: accepted and not in an end stage (figure `open_cases`)."""
        return self.filter(stage__in=ACCEPTED_OPEN).exclude(accepted_on=None)


class Case(models.Model):
    """支持起诉案件. Only `cases.transitions.advance` writes the stage.

    It has four dates of its own (domain.md trap 9): `decided_on` 办结, `closed_on` 跟进办结, `archived_on` 归档;
    money received has the dates of its recoveries. Legal dates are stated by people, never taken from the clock.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases", verbose_name="承办院"
    )
    code = models.CharField("内部编号", max_length=32, unique=True)
    official_number = models.CharField("案号", max_length=60, blank=True)
    system_number = models.CharField("统一业务系统编号", max_length=60, blank=True)
    title = models.CharField("案件名称", max_length=160)
    stage = models.CharField("阶段", max_length=16, choices=Stage, default=Stage.REGISTERED)
    category = models.CharField("案件类别", max_length=20, choices=Category, default=Category.WAGES)
    cause_list = models.CharField("案由版本", max_length=8, default=CURRENT_LIST)
    cause = models.CharField("案由代码", max_length=12, blank=True)
    cause_name = models.CharField("案由", max_length=60, blank=True)
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="handled", verbose_name="承办人"
    )
    source = models.CharField("线索来源", max_length=20, choices=Source)
    source_unit = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="来源单位",
    )
    source_number = models.CharField("来源编号", max_length=60, blank=True)
    received_on = models.DateField("收到日期")
    project = models.ForeignKey(
        "cases.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="工程项目",
    )
    facts = models.TextField("事实与理由", blank=True)
    request = models.TextField("申请事项", blank=True)
    intended_court = models.CharField("拟诉法院", max_length=60, blank=True)
    green_channel = models.BooleanField("绿色通道", default=False)
    series = models.CharField("系列案", max_length=40, blank=True)
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    decided_on = models.DateField("办结日期", null=True, blank=True)
    closed_on = models.DateField("跟进办结日期", null=True, blank=True)
    archived_on = models.DateField("归档日期", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间", default=clock.now)
    updated_at = models.DateTimeField("更新时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)
    search = SearchVectorField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organisation", "stage"], name="case_by_stage"),
            models.Index(fields=["organisation", "accepted_on"], name="case_by_acceptance"),
            models.Index(fields=["organisation", "-updated_at"], name="case_by_update"),
            models.Index(fields=["handler", "stage"], name="case_by_handler"),
            GinIndex(fields=["search"], name="case_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_stage_is_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message="案件阶段不在流程表里。",
            ),
            models.CheckConstraint(
                name="accepted_case_has_number",
                condition=Q(accepted_on=None, official_number="")
                | (Q(accepted_on__isnull=False) & ~Q(official_number="")),
                violation_error_message="受理日期与案号必须同时有。",
            ),
            models.CheckConstraint(
                name="case_in_review_is_accepted",
                condition=Q(stage__in=["registered", "rejected", "transferred", "archived"])
                | Q(accepted_on__isnull=False),
                violation_error_message="案件还没受理，不能进入审查。",
            ),
            models.CheckConstraint(
                name="accepted_not_before_received",
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("received_on")),
                violation_error_message="受理日期早于收到日期，请改其中一个。",
            ),
            models.UniqueConstraint(
                fields=["organisation", "official_number"],
                condition=~Q(official_number=""),
                name="official_number_once",
                violation_error_message="这个案号已经用过。",
            ),
        ]

    def __str__(self) -> str:
        return self.official_number or self.code

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.code])

    @property
    def is_suspended(self) -> bool:
        return self.suspensions.filter(lifted_on=None).exists()

    @property
    def has_ended(self) -> bool:
        return self.stage in ENDS or self.stage == Stage.ARCHIVED

    @property
    def is_archived(self) -> bool:
        return self.stage == Stage.ARCHIVED

    def days_since_acceptance(self, day: date) -> int:
        return (day - self.accepted_on).days if self.accepted_on else 0
