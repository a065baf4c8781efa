from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class OrganisationKind(models.TextChoices):
    """单位类别. Everything that is neither 检察院, 法院 nor 调解组织 is a partner kind."""

    PROCURATORATE = "procuratorate", "人民检察院"
    COURT = "court", "人民法院"
    LEGAL_AID = "legal_aid", "法律援助中心"
    LABOUR_INSPECTION = "labour_inspection", "劳动保障监察"
    SOCIAL_INSURANCE = "social_insurance", "社会保险经办"
    TRADE_UNION = "trade_union", "工会"
    WOMENS_FEDERATION = "womens_federation", "妇联"
    PETITION_OFFICE = "petition_office", "信访"
    STREET_OFFICE = "street_office", "街道乡镇"
    MEDIATION_BODY = "mediation_body", "调解组织"
    OTHER_PARTNER = "other_partner", "其他合作单位"


NOT_PARTNERS = frozenset(
    {OrganisationKind.PROCURATORATE, OrganisationKind.COURT, OrganisationKind.MEDIATION_BODY}
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def under(self, top: "Organisation") -> "OrganisationQuerySet":
        """The unit and everything below it in the tree (下级院)."""
        return self.filter(path__startswith=top.path)

    def procuratorates(self) -> "OrganisationQuerySet":
        return self.filter(kind=OrganisationKind.PROCURATORATE)

    def offices(self) -> "OrganisationQuerySet":
        """Basic-level procuratorates that handle cases: those with no procuratorate below them."""
        below = Organisation.objects.filter(kind=OrganisationKind.PROCURATORATE, parent=models.OuterRef("pk"))
        return self.procuratorates().filter(~models.Exists(below), is_active=True)

    def partners(self) -> "OrganisationQuerySet":
        return self.exclude(kind__in=NOT_PARTNERS)


class Organisation(models.Model):
    """单位: a procuratorate, court, partner unit or mediation body, in one tree.

    `path` is materialised: the codes of all ancestors and the unit itself, each followed by "/".
    A partner, court or mediation body hangs under the procuratorate that it works with.
    """

    code = models.CharField(
        "单位代码", max_length=20, unique=True, validators=[RegexValidator(r"^[0-9A-Z-]+$")]
    )
    name = models.CharField("名称", max_length=80, unique=True)
    abbreviation = models.CharField("简称", max_length=10, blank=True, help_text="文号用，例如：集")
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    region_code = models.CharField("行政区划代码", max_length=12, validators=[RegexValidator(r"^\d{6,12}$")])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级单位",
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="office_has_abbreviation",
                condition=~Q(kind=OrganisationKind.PROCURATORATE) | ~Q(abbreviation=""),
                violation_error_message="检察院还没填简称，文号要用它，例如：集。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = (self.parent.path if self.parent else "") + self.code + "/"
        super().save(*args, **kwargs)

    @property
    def is_procuratorate(self) -> bool:
        return self.kind == OrganisationKind.PROCURATORATE

    @property
    def is_partner(self) -> bool:
        return self.kind not in NOT_PARTNERS

    @property
    def ancestor_codes(self) -> list[str]:
        return [code for code in self.path.split("/") if code][:-1]
