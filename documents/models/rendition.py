from datetime import datetime

from django.db import models
from django.db.models import Q

from core import clock
from documents.models.document import Version
from documents.storage import private_files

MAX_ATTEMPTS = 5


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def waiting(self, now: datetime) -> "RenditionQuerySet":
        """Not made, nobody at it, and not given up."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, done_at=None, attempts__lt=MAX_ATTEMPTS)


class Rendition(models.Model):
    """文书文件: the PDF or Word file of one version, and the work of making it.

    The row is written in the business transaction; `documents.work` makes the file exactly once.
    `attempts` also tells one worker's claim from the next: only the latest may set `done_at`.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    class State(models.TextChoices):
        WAITING = "waiting", "正在生成"
        DONE = "done", "已生成"
        FAILED = "failed", "生成失败"

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="renditions", verbose_name="文书版本"
    )
    kind = models.CharField("格式", max_length=8, choices=Kind, default=Kind.PDF)
    created_at = models.DateTimeField("登记时间", default=clock.now)
    lease_until = models.DateTimeField("占用至", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    error = models.CharField("失败原因", max_length=200, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    file = models.FileField("文件", storage=private_files, max_length=200, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书文件"
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(done_at=None), name="rendition_not_done"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="rendition_is_made_once",
                fields=["version", "kind"],
                violation_error_message="这份文书的文件已在生成，请稍后刷新。",
            ),
            models.CheckConstraint(
                name="rendition_done_with_file",
                condition=Q(done_at=None, sha256="", file="", size=0)
                | Q(done_at__isnull=False, size__gt=0) & ~Q(sha256="") & ~Q(file=""),
                violation_error_message="文书文件还没生成完，不能记为已生成。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}（{self.get_kind_display()}）"

    @property
    def state(self) -> State:
        if self.done_at:
            return self.State.DONE
        given_up = self.attempts >= MAX_ATTEMPTS and (
            self.lease_until is None or self.lease_until < clock.now()
        )
        return self.State.FAILED if given_up else self.State.WAITING
