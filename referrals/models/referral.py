import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models import Case, Respondent, Source
from core import clock
from core.crypto import EncryptedTextField
from referrals.workflow import OPEN, Status


class Industry(models.TextChoices):
    """行业领域."""

    CONSTRUCTION = "construction", "工程建设"
    OTHER = "other", "非工程建设"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> "ReferralQuerySet":
        """Staff see what their office received; partners what their own unit sent (its drafts too)."""
        if user.may(Permission.REFERRAL_SEE):
            return self.filter(organisation=user.organisation).exclude(status=Status.DRAFT)
        if user.may(Permission.REFERRAL_SUBMIT):
            return self.filter(unit=user.organisation)
        return self.none()

    def drafts_of(self, user: User) -> "ReferralQuerySet":
        """草稿: a partner's are its unit's, so that a colleague can finish them; staff see their own."""
        if user.may(Permission.REFERRAL_SUBMIT):
            return self.filter(status=Status.DRAFT, unit=user.organisation)
        if user.may(Permission.REFERRAL_TRIAGE):
            return self.begun_by(user).filter(status=Status.DRAFT)
        return self.none()

    def begun_by(self, user: User) -> "ReferralQuerySet":
        """What this member of staff began to register, draft or not."""
        mine = self.filter(unit=None, came_from=None, organisation=user.organisation, created_by=user)
        return mine.select_related("organisation", "unit")

    def lock(self, referral: "Referral") -> "Referral":
        """The row lock that every verb takes before it looks."""
        return self.select_for_update(of=("self",)).get(pk=referral.pk)

    def submitted(self) -> "ReferralQuerySet":
        return self.exclude(status=Status.DRAFT)

    def waiting(self) -> "ReferralQuerySet":
        """待接收."""
        return self.filter(status=Status.SUBMITTED)


class Referral(models.Model):
    """线索: what a partner (`unit`) or the office's own staff (`unit` empty) handed in. Stays as submitted.

    `typed` is what stands in the form while it is a draft or being supplemented (JSON, encrypted); the columns
    are filled at submission. Money of the workers is yuan. `received_on` is a legal date; `version` guards triage.
    """

    class EmployerKind(models.TextChoices):
        COMPANY = "company", "单位"
        PERSON = "person", "个人（包工头等）"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals", verbose_name="接收院"
    )
    unit = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_referrals",
        verbose_name="移送单位",
    )
    code = models.CharField("线索编号", max_length=40, blank=True)
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.DRAFT)
    source = models.CharField("来源", max_length=20, choices=Source)
    contact_name = models.CharField("经办人", max_length=50, blank=True)
    contact_phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    unit_number = models.CharField("原编号", max_length=60, blank=True)
    industry = models.CharField("行业领域", max_length=16, choices=Industry, blank=True)
    prior_handling = models.CharField("已有处理", max_length=200, blank=True)
    employer_kind = models.CharField(
        "用工主体", max_length=10, choices=EmployerKind, default=EmployerKind.COMPANY
    )
    employer_name = models.CharField("用人单位", max_length=120, blank=True)
    employer_uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    employer_legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    employer_address = models.CharField("住所地", max_length=200, blank=True)
    employer_phone = EncryptedTextField("用人单位电话", purpose="phone", blank=True)
    employer_position = models.CharField(
        "责任位置", max_length=20, choices=Respondent.Position, default=Respondent.Position.EMPLOYER
    )
    project_name = models.CharField("项目名称", max_length=120, blank=True)
    project_place = models.CharField("项目地点", max_length=200, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    worked_from = models.DateField("务工开始", null=True, blank=True)
    worked_to = models.DateField("务工结束", null=True, blank=True)
    wage_standard = models.CharField("约定标准", max_length=100, blank=True)
    facts = models.TextField("用工和催要经过", blank=True)
    request = models.TextField("诉求", blank=True)
    is_year_end = models.BooleanField("年关欠薪", default=False)
    is_group = models.BooleanField("群体性", default=False)
    is_extreme = models.BooleanField("有极端风险", default=False)
    no_material_reason = models.CharField("暂无材料的原因", max_length=200, blank=True)
    is_consented = models.BooleanField("已告知并取得同意", default=False)
    typed = EncryptedTextField("草稿内容", purpose="draft", blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="填写人")
    created_at = models.DateTimeField("填写时间", default=clock.now)
    updated_at = models.DateTimeField("更新时间", default=clock.now)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    received_on = models.DateField("收到日期", null=True, blank=True)
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="referral", verbose_name="案件"
    )
    came_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="went_to",
        verbose_name="原线索（他院移送）",
    )
    version = models.PositiveIntegerField("版本", default=1)
    search = SearchVectorField(null=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "线索"
        ordering = ["-submitted_at", "-created_at"]
        indexes = [
            models.Index(fields=["organisation", "status", "submitted_at"], name="referral_inbox"),
            models.Index(fields=["unit", "-submitted_at"], name="referral_of_unit"),
            models.Index(fields=["organisation", "employer_name"], name="referral_by_employer"),
            models.Index(fields=["organisation", "employer_uscc"], name="referral_by_uscc"),
            GinIndex(fields=["search"], name="referral_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="referral_code_once",
                violation_error_message="这个线索编号已经用过，请重试。",
            ),
            models.CheckConstraint(
                name="referral_status_is_known",
                condition=Q(status__in=Status.values),
                violation_error_message="线索状态不在列表里。",
            ),
            models.CheckConstraint(
                name="referral_submission_is_whole",
                condition=(
                    Q(status="draft", code="", submitted_by=None, submitted_at=None, received_on=None)
                    | Q(submitted_by__isnull=False, submitted_at__isnull=False, received_on__isnull=False)
                    & ~Q(code="")
                    & ~Q(status="draft")
                ),
                violation_error_message="线索提交后要有编号、提交人、提交时间和收到日期。",
            ),
            models.CheckConstraint(
                name="referral_names_employer",
                condition=Q(status="draft") | ~Q(employer_name=""),
                violation_error_message="还没填用人单位。",
            ),
            models.CheckConstraint(
                name="referral_of_partner_is_consented",
                condition=Q(status="draft") | Q(unit=None) | Q(is_consented=True),
                violation_error_message="还没勾选“已告知当事人并取得同意”。",
            ),
            models.CheckConstraint(
                name="referral_converted_has_case",
                condition=Q(status="converted", case__isnull=False, handler__isnull=False)
                | ~Q(status="converted") & Q(case=None),
                violation_error_message="转为申请的线索要有案件和承办人，其他线索没有。",
            ),
            models.CheckConstraint(
                name="referral_worked_in_order",
                condition=Q(worked_from=None) | Q(worked_to=None) | Q(worked_to__gte=models.F("worked_from")),
                violation_error_message="务工结束早于开始，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return self.code or "草稿"

    def get_absolute_url(self) -> str:
        return reverse("referrals:detail", args=[self.code])

    @property
    def partner_url(self) -> str:
        """Where the partner reads about it; a draft is reached by its UUID."""
        if self.status == Status.DRAFT:
            return reverse("partner:draft", args=[self.pk])
        return reverse("partner:referral", args=[self.code])

    @property
    def sender(self) -> str:
        """移送单位, the office that passed it on, or how it reached this office."""
        if self.unit:
            return str(self.unit)
        return str(self.came_from.organisation) if self.came_from else self.get_source_display()

    @property
    def sending_user(self) -> User | None:
        """提交人 who can open this lead; none where another office passed it on."""
        sender = self.submitted_by
        reaches = sender is not None and sender.organisation_id in (self.unit_id, self.organisation_id)
        return sender if reaches else None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def green_channel(self) -> bool:
        return self.is_year_end or self.is_group or self.is_extreme

    @property
    def urgencies(self) -> list[str]:
        """绿色通道的理由, in words."""
        flags = {"年关欠薪": self.is_year_end, "群体性": self.is_group, "有极端风险": self.is_extreme}
        return [word for word, is_set in flags.items() if is_set]
