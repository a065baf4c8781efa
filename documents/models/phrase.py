from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from core import clock

LONGEST_PHRASE = 2_000


class Phrase(models.Model):
    """常用段落（法条、说理） of an office, for long texts of its papers. Append-only; of an `entry` the newest counts.

    An entry of ours that the office changed or retired keeps our key; its own ones have a key of their own.
    """

    class Kind(models.TextChoices):
        STATUTE = "statute", "法条"
        REASONING = "reasoning", "说理"

    class Use(models.TextChoices):
        ANY = "", "各栏都可以用"
        FACTS = "facts", "事实"
        REASONS = "reasons", "理由和意见"
        BASIS = "basis", "依据"
        ADVICE = "advice", "其他途径"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    entry = models.SlugField("段落编号", max_length=40)
    n = models.PositiveIntegerField("第几版")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    title = models.CharField("名称", max_length=60)
    text = models.CharField("段落", max_length=LONGEST_PHRASE)
    use = models.CharField("用在", max_length=12, choices=Use, blank=True)
    papers = models.JSONField("适用的文书", default=list, blank=True)  # keys; empty means all
    is_retired = models.BooleanField("停用", default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="修改人")
    made_at = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "常用段落"
        ordering = ["organisation", "entry", "n"]
        constraints = [
            models.UniqueConstraint(
                name="phrase_is_numbered_once",
                fields=["organisation", "entry", "n"],
                violation_error_message="这个段落刚被别人改过，请刷新后再改。",
            ),
            models.CheckConstraint(
                name="phrase_says_something",
                condition=~Q(title="") & ~Q(text=""),
                violation_error_message="段落的名称和内容都要填。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
