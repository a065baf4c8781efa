import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models.base import Recorded
from cases.models.case import Case
from core import clock
from core.crypto import EncryptedTextField


class IdType(models.TextChoices):
    """证件类型."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    OTHER = "other", "其他证件"


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> "PersonQuerySet":
        return self.filter(organisation=user.organisation) if user.may(Permission.CASE_SEE) else self.none()


class Person(models.Model):
    """自然人: one row per office. ID number, phone, card and address are encrypted; `*_index` finds equals (HMAC)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("姓名", max_length=60)
    id_type = models.CharField("证件类型", max_length=12, choices=IdType, default=IdType.RESIDENT)
    id_number = EncryptedTextField("证件号码", purpose="id", blank=True)
    id_index = models.BinaryField(max_length=32, null=True, editable=False)
    phone = EncryptedTextField("手机", purpose="phone", blank=True)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False)
    bank_account = EncryptedTextField("银行卡号", purpose="bank", blank=True)
    bank_name = models.CharField("开户行", max_length=60, blank=True)
    address = EncryptedTextField("住址", purpose="address", blank=True)
    sex = models.CharField("性别", max_length=1, blank=True, choices=[("男", "男"), ("女", "女")])
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自然人"
        indexes = [models.Index(fields=["organisation", "phone_index"], name="person_by_phone")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "id_index"],
                condition=Q(id_index__isnull=False),
                name="person_once_per_office",
                violation_error_message="本院已有这个证件号码的人员，请直接选用。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Company(models.Model):
    """法人、个体工商户: one row per USCC and office; without a code, one per name."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    address = models.CharField("住所地", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "单位（被申请人）"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "uscc"],
                condition=~Q(uscc=""),
                name="company_once_per_code",
                violation_error_message="本院已有这个统一社会信用代码的单位，请直接选用。",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(uscc=""),
                name="company_once_per_name",
                violation_error_message="本院已有同名单位，请直接选用或补填统一社会信用代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """工程项目: the site where the work was done."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("项目名称", max_length=120)
    place = models.CharField("地点", max_length=200, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "工程项目"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "place"],
                name="project_once_per_office",
                violation_error_message="本院已有同名同地点的项目，请直接选用。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def standing(self) -> "ClaimantQuerySet":
        """Claimants who have not withdrawn: whom the office supports."""
        return self.filter(withdrawn_on=None)


class Claimant(Recorded):
    """申请人 in one case. Withdrawal is personal and ends nobody else's case (domain.md trap 4)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claimants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims", verbose_name="申请人")
    job = models.CharField("工种", max_length=40, blank=True)
    worked_from = models.DateField("务工开始", null=True, blank=True)
    worked_to = models.DateField("务工结束", null=True, blank=True)
    wage_standard = models.CharField("约定标准", max_length=100, blank=True)
    is_representative = models.BooleanField("诉讼代表人", default=False)
    weakness = models.CharField("诉讼能力不足情形", max_length=200, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.CharField("撤回原因", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申请人"
        ordering = ["case_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                name="claimant_once_per_case",
                violation_error_message="此人已是本案申请人。",
            ),
            models.CheckConstraint(
                name="claimant_withdrawal_is_whole",
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message="撤回要同时写明日期、原因和登记人。",
            ),
            models.CheckConstraint(
                name="claimant_worked_in_order",
                condition=Q(worked_from=None) | Q(worked_to=None) | Q(worked_to__gte=models.F("worked_from")),
                violation_error_message="务工结束早于开始，请改其中一个。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Consent(Recorded):
    """自愿申请承诺: per claimant, revocable by a row of revocation; the latest row counts."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "书面申请并签名"
        ORAL = "oral", "口头申请记入笔录"
        FINGERPRINT = "fingerprint", "捺指印"
        REVOKED = "revoked", "撤回同意"

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField("方式", max_length=12, choices=Kind)
    given_on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "自愿申请承诺"
        ordering = ["claimant_id", "given_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.given_on}"


class Respondent(Recorded):
    """被申请人: a company or a natural person, with its place in the liability chain (责任链条)."""

    class Position(models.TextChoices):
        EMPLOYER = "employer", "用人单位"
        LABOUR_COMPANY = "labour_company", "劳务公司"
        SUBCONTRACTOR = "subcontractor", "专业分包"
        GENERAL_CONTRACTOR = "general_contractor", "施工总承包"
        DEVELOPER = "developer", "建设单位"
        FOREMAN = "foreman", "包工头"
        LENT_LICENCE = "lent_licence", "被挂靠单位"
        HOST_UNIT = "host_unit", "用工单位"
        INVESTOR = "investor", "出资人"
        OBLIGOR = "obligor", "义务人"

    class Link(models.TextChoices):
        LAWFUL = "lawful", "合法分包"
        UNLAWFUL = "unlawful", "违法分包"
        RESOLD = "resold", "转包"
        LENT = "lent", "挂靠"
        UNKNOWN = "unknown", "待查"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="respondents")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="respondents"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="respondents"
    )
    position = models.CharField("责任位置", max_length=20, choices=Position)
    above = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="below", verbose_name="上一手"
    )
    link = models.CharField("与上一手关系", max_length=12, choices=Link, blank=True)
    liability_basis = models.CharField("责任依据", max_length=200, blank=True)
    is_defendant = models.BooleanField("列为被告", default=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "被申请人"
        ordering = ["case_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="respondent_is_one_kind",
                condition=Q(company__isnull=False, person=None) | Q(company=None, person__isnull=False),
                violation_error_message="被申请人要么是单位，要么是个人，请选一种。",
            ),
            models.UniqueConstraint(
                fields=["case", "company"],
                condition=Q(company__isnull=False),
                name="respondent_company_once",
                violation_error_message="这个单位已是本案被申请人。",
            ),
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(person__isnull=False),
                name="respondent_person_once",
                violation_error_message="此人已是本案被申请人。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.company or self.person)
