import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock
from documents.storage import private_files


class Attachment(models.Model):
    """附件: a file that somebody handed in, checked by content and kept under its UUID.

    Reached only through its owner, which links to it. Only `documents.uploads.accept_upload` makes one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("文件名", max_length=100)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("文件", storage=private_files, max_length=200)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["organisation", "uploaded_at"], name="attachment_of_office")]
        constraints = [
            models.CheckConstraint(
                name="attachment_is_not_empty",
                condition=Q(size__gt=0) & ~Q(sha256="") & ~Q(name=""),
                violation_error_message="文件是空的，请重新选择。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
