from django.db import models

from approvals.models import ApprovalRound
from cases.models.base import Recorded
from documents.models import Document


class PaperRound(Recorded):
    """文书送审: one paper that goes up by itself. A returned round stays; the next submission is a new row."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="rounds", verbose_name="文书"
    )
    round = models.OneToOneField(ApprovalRound, on_delete=models.PROTECT, related_name="paper")

    class Meta:
        verbose_name = verbose_name_plural = "文书送审"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.document}：{self.round.get_status_display()}"
