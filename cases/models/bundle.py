import uuid

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.evidence import Evidence
from cases.models.party import Claimant
from core import clock
from core.crypto import EncryptedTextField
from documents.models import Attachment, Document
from documents.storage import private_files
from jobs.models import Job

RUNNING = "本案正在生成同样的文件，请等它完成，或者先取消。"


class BundleQuerySet(models.QuerySet["Bundle"]):
    def unfinished(self) -> "BundleQuerySet":
        return self.filter(ended_at=None)

    def done(self) -> "BundleQuerySet":
        return self.filter(job__status=Job.Status.DONE)


class Bundle(models.Model):
    """批量文书、案卷文件: many papers of one case as one file, made by a job.

    `plan` says what was asked for, by keys and numbers alone; `plan_hash` tells whether two people asked for the
    same. One of a kind at a time in a case. `ended_at` is set together with the end of the job.
    """

    class Kind(models.TextChoices):
        BATCH = "batch", "批量文书"
        MAIN_FILE = "main_file", "正卷"
        INTERNAL_FILE = "internal_file", "副卷"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles", verbose_name="案件")
    kind = models.CharField("种类", max_length=16, choices=Kind)
    plan = models.JSONField("内容", default=dict)
    plan_hash = models.CharField("内容校验值", max_length=64)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+", verbose_name="后台任务")
    requested_at = models.DateTimeField("发起时间", default=clock.now)
    pages = models.PositiveIntegerField("页数", default=0)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "成批文件"
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["case", "kind", "-requested_at"], name="bundle_of_case")]
        constraints = [
            models.UniqueConstraint(
                name="bundle_one_at_a_time",
                fields=["case", "kind"],
                condition=Q(ended_at=None),
                violation_error_message=RUNNING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"


class BundlePart(models.Model):
    """成批文件的一件: one paper of one worker, or one thing that lies in the file, in its order.

    The facts of a worker's paper are frozen when the batch is asked for; hash and pages come when it is made. `number`
    is the worker's line in the claim table: file names carry it instead of a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bundle = models.ForeignKey(
        Bundle, on_delete=models.PROTECT, related_name="parts", verbose_name="成批文件"
    )
    position = models.PositiveIntegerField("顺序")
    title = models.CharField("题名", max_length=200)
    paper = models.CharField("文书种类", max_length=40, blank=True)
    number = models.PositiveIntegerField("诉求表序号", null=True, blank=True)
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请人"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文书"
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证据"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="附件"
    )
    facts_json = EncryptedTextField("要素", purpose="document", blank=True)
    template_version = models.CharField("模板版本", max_length=20, blank=True)
    content_hash = models.CharField("内容校验值", max_length=64, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    first_page = models.PositiveIntegerField("起始页", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)

    is_instead = False  # 说明页: said while it is made; the job keeps it until the file is joined

    class Meta:
        verbose_name = verbose_name_plural = "成批文件的一件"
        ordering = ["bundle", "position"]
        constraints = [
            models.UniqueConstraint(
                name="bundle_part_has_its_place",
                fields=["bundle", "position"],
                violation_error_message="这一件已经在文件里。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BundleFile(models.Model):
    """成批文件的成品: PDF or zip, sealed on the disk. `sha256` is that of the sealed file, `content_sha256` of what
    people get. Removed after its time or by hand; the row stays.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        ZIP = "zip", "压缩包"

    bundle = models.ForeignKey(
        Bundle, on_delete=models.PROTECT, related_name="files", verbose_name="成批文件"
    )
    kind = models.CharField("格式", max_length=8, choices=Kind)
    file = models.FileField("文件", storage=private_files, max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    content_sha256 = models.CharField("内容 SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    made_at = models.DateTimeField("生成时间", default=clock.now)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "成批文件的成品"
        ordering = ["bundle", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="bundle_file_once",
                fields=["bundle", "kind"],
                violation_error_message="这份文件已经生成。",
            ),
            models.CheckConstraint(
                name="bundle_file_is_there_or_removed",
                condition=Q(removed_at=None) & ~Q(file="") | Q(removed_at__isnull=False, file=""),
                violation_error_message="删除文件要记下时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle}（{self.get_kind_display()}）"
