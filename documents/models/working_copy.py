import json
import uuid

from django.db import models

from accounts.models import User
from core import clock
from core.crypto import EncryptedTextField
from documents.models.document import Document


class WorkingCopy(models.Model):
    """工作稿（自动保存）: what one person has typed into a draft and not saved yet; one per open page of a person.

    It is no version: saving makes one. `page` is the open page that keeps it, `stamp` changes with every write, so
    that a second window keeps its words beside those of the first. Encrypted like every text of a paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="working_copies", verbose_name="文书"
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="书写人")
    base_n = models.PositiveIntegerField("依据第几稿")
    typed_json = EncryptedTextField("填写内容", purpose="document")
    page = models.UUIDField("所在页面")
    stamp = models.UUIDField("这次保存", default=uuid.uuid4)
    kept_at = models.DateTimeField("自动保存时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "工作稿"
        constraints = [
            models.UniqueConstraint(
                name="working_copy_is_one_per_page",
                fields=["document", "person", "page"],
                violation_error_message="这个页面已经有一份工作稿，请刷新后再写。",
            ),
        ]
        indexes = [models.Index(fields=["kept_at"], name="working_copy_age")]

    def __str__(self) -> str:
        return f"{self.document} 第 {self.base_n} 稿的工作稿"

    @property
    def typed(self) -> dict[str, str]:
        """What stood in each field, letter by letter."""
        return json.loads(self.typed_json)
