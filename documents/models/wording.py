from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock


class Wording(models.Model):
    """本院文书文本: an office's own words for one kind of paper. Append-only; the newest counts.

    An empty `text` is the return to the words that we ship. Drafts made before keep the words they were made with.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    kind = models.CharField("文书种类", max_length=40)
    n = models.PositiveIntegerField("第几版")
    text = models.TextField("文本", blank=True)
    reason = models.CharField("修改原因", max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="修改人")
    made_at = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "本院文书文本"
        ordering = ["organisation", "kind", "n"]
        constraints = [
            models.UniqueConstraint(
                name="wording_is_numbered_once",
                fields=["organisation", "kind", "n"],
                violation_error_message="这份文本刚被别人改过，请刷新后再改。",
            ),
            models.CheckConstraint(
                name="wording_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填修改原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} 本院第 {self.n} 版"
