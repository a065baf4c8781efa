import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from core import clock
from core.crypto import EncryptedTextField


class Document(models.Model):
    """文书: one paper of an office, from its first draft to its issue or void.

    It is reached only through its owner (a case, a referral …), which links to it and says who may see it.
    `status` is written by the verbs of `documents.papers` alone.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_APPROVAL = "in_approval", "审批中"
        ISSUED = "issued", "已签发"
        VOID = "void", "已作废"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    kind = models.CharField("文书种类", max_length=40)
    title = models.CharField("标题", max_length=80)
    status = models.CharField("状态", max_length=16, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间", default=clock.now)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="补正的文书",
    )
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废人"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="document_of_office")]
        constraints = [
            models.CheckConstraint(
                name="document_void_is_complete",
                condition=Q(status="void", voided_at__isnull=False, voided_by__isnull=False)
                & ~Q(void_reason="")
                | ~Q(status="void") & Q(voided_at=None, voided_by=None, void_reason=""),
                violation_error_message="作废文书要写明原因。",
            ),
            models.CheckConstraint(
                name="document_corrects_another",
                condition=Q(corrects=None) | ~Q(corrects=F("pk")),
                violation_error_message="补正决定书不能补正自己。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def corrected_by(self) -> "models.QuerySet[Document]":
        """补正决定书 that were issued for this paper and stand, oldest first."""
        issued = self.corrections.filter(status=Document.Status.ISSUED).select_related("issue")
        return issued.order_by("issue__issued_on", "pk")

    @property
    def latest(self) -> "Version":
        """The newest version: the issued text once there is one."""
        return self.versions.latest("n")


class Version(models.Model):
    """文书版本: what the paper said at one moment. Append-only; a change is a new version.

    `facts` are the fields it was made from, `body` the HTML of its text. Both carry identity data and are
    encrypted. `content_hash` covers facts, body and template version without number, date and seal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="versions", verbose_name="文书"
    )
    n = models.PositiveIntegerField("第几稿")
    facts_json = EncryptedTextField("要素", purpose="document")
    body = EncryptedTextField("正文", purpose="document")
    template_version = models.CharField("模板版本", max_length=20)
    content_hash = models.CharField("内容校验值", max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="作者")
    made_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "文书版本"
        ordering = ["document", "n"]
        constraints = [
            models.UniqueConstraint(
                name="version_is_numbered_once",
                fields=["document", "n"],
                violation_error_message="这份文书刚被别人改过，请刷新后再改。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} 第 {self.n} 稿"

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.facts_json)


class Issue(models.Model):
    """签发: which text left the house, under which number and date. Append-only; one per document."""

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="issue", verbose_name="文书"
    )
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="issue", verbose_name="签发文本"
    )
    number = models.CharField("文号", max_length=80)
    issued_on = models.DateField("落款日期")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "签发"
        constraints = [
            models.CheckConstraint(
                name="issue_has_number",
                condition=~Q(number=""),
                violation_error_message="还没有文号，不能签发。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"
