from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from deadlines.rules import Rule, Unit


class Kind(models.TextChoices):
    """期限性质: who set the period. Internal targets are never shown as statute."""

    STATUTORY = "statutory", "法定"
    INTERNAL = "internal", "院内"
    AGREED = "agreed", "约定"


SNAPSHOT = ("code", "name", "trigger", "unit", "roll", "backward", "basis", "warn_days", "stops", "version")
FIGURE_KINDS = (Kind.STATUTORY, Kind.INTERNAL)


class Confidence(models.TextChoices):
    """依据的可靠程度. What is unsure says so wherever it is shown."""

    SOURCED = "sourced", "有明文依据"
    ANALOGY = "analogy", "参照适用"
    KNOWN = "known", "据通行做法，条文号待核"
    UNSURE = "unsure", "待本院确认"


class TermQuerySet(models.QuerySet["Term"]):
    def effective(self, code: str, organisation: Organisation) -> "Term":
        """The office's own rule where it has one, else the general one."""
        rules = self.filter(Q(organisation=organisation) | Q(organisation=None), code=code)
        found = rules.order_by(F("organisation").asc(nulls_last=True)).first()
        if found is None:
            raise Term.DoesNotExist(f"no term {code}")
        return found


class Term(models.Model):
    """期限规则: how long, counted how, on what basis. `organisation` empty = for all offices.

    A running deadline keeps its own copy (`Deadline.rule`), so changing a row moves no date by
    itself. `stops` = 中止期间不计入.
    """

    code = models.CharField("代码", max_length=8)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="适用单位",
        help_text="留空表示适用于所有单位",
    )
    name = models.CharField("名称", max_length=40)
    trigger = models.CharField("起算事件", max_length=60)
    length = models.PositiveSmallIntegerField("长度")
    unit = models.CharField("单位", max_length=12, choices=Unit, default=Unit.DAY)
    roll = models.BooleanField("届满日遇休假日顺延", default=True)
    backward = models.BooleanField("倒数", default=False, help_text="从开庭等事件往前数")
    kind = models.CharField("性质", max_length=10, choices=Kind)
    basis = models.CharField("依据", max_length=120)
    confidence = models.CharField("依据可靠程度", max_length=8, choices=Confidence)
    warn_days = models.PositiveSmallIntegerField("提前提醒天数", default=3)
    stops = models.BooleanField("中止期间不计入", default=False)
    is_active = models.BooleanField("启用", default=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限规则"
        ordering = ["code", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                name="term_once_per_office",
                fields=["code", "organisation"],
                nulls_distinct=False,
                violation_error_message="这个单位已有同一代码的期限规则，请直接修改那一条。",
            ),
            models.CheckConstraint(
                name="term_choices_are_known",
                condition=Q(unit__in=Unit.values, kind__in=Kind.values, confidence__in=Confidence.values),
                violation_error_message="单位、性质或依据可靠程度不在列表里，请重新选择。",
            ),
            models.CheckConstraint(
                name="term_hours_run_on",
                condition=~Q(unit=Unit.HOUR) | Q(roll=False, backward=False, stops=False),
                violation_error_message="按小时计算的期限不顺延、不倒数、不中止，请取消勾选。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def snapshot(self, length: int | None = None) -> dict[str, Any]:
        """What a deadline keeps of its rule; `length` where the event fixes another length."""
        copy = {name: getattr(self, name) for name in SNAPSHOT}
        return copy | {
            "length": self.length if length is None else length,
            "unconfirmed": self.confidence == Confidence.UNSURE,
        }


def rule_of(snapshot: dict[str, Any]) -> Rule:
    """The arithmetic's part of a kept rule."""
    return Rule(snapshot["length"], Unit(snapshot["unit"]), snapshot["roll"], snapshot["backward"])
