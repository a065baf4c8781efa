from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from core import clock
from deadlines.rules import Rule, Unit


class Kind(models.TextChoices):
    """期限性质: who set the period. Internal targets are never shown as statute."""

    STATUTORY = "statutory", "法定"
    INTERNAL = "internal", "院内"
    AGREED = "agreed", "约定"


SNAPSHOT = (
    "code",
    "name",
    "trigger",
    "unit",
    "roll",
    "backward",
    "basis",
    "warn_days",
    "stops",
    "pause_events",
    "stages",
    "by_hand",
    "extension",
    "extension_length",
    "extension_unit",
    "extension_above",
    "version",
)
FIGURE_KINDS = (Kind.STATUTORY, Kind.INTERNAL)


class Whose(models.TextChoices):
    """由谁办理: who must act within the period. Only the office's own lateness counts in `overdue` (ADR 0006)."""

    OURS = "ours", "本院办理"
    RIGHT = "right", "当事人行使权利"
    OTHERS = "others", "他方办理"


class PauseEvent(models.TextChoices):
    """中止事由: what stops a period, rule by rule (民诉解释243条；参照监督规则52条)."""

    SUSPENSION = "suspension", "中止"
    MEDIATION = "mediation", "和解、调解"
    APPRAISAL = "appraisal", "鉴定、审计"
    RETRIEVAL = "retrieval", "调阅卷宗"
    EXPERT = "expert", "专家咨询"
    ANNOUNCEMENT = "announcement", "公告送达"
    JURISDICTION = "jurisdiction", "管辖异议"


STOPPED_FOR = {
    PauseEvent.SUSPENSION: "中止期间",
    PauseEvent.MEDIATION: "和解或调解期间",
    PauseEvent.APPRAISAL: "鉴定或审计期间",
    PauseEvent.RETRIEVAL: "调阅卷宗期间",
    PauseEvent.EXPERT: "专家咨询期间",
    PauseEvent.ANNOUNCEMENT: "公告期间",
    PauseEvent.JURISDICTION: "处理管辖异议期间",
}


class Confidence(models.TextChoices):
    """依据的可靠程度. What is unsure says so wherever it is shown."""

    SOURCED = "sourced", "有明文依据"
    ANALOGY = "analogy", "参照适用"
    KNOWN = "known", "据通行做法，条文号待核"
    UNSURE = "unsure", "待本院确认"


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, user: User) -> "TermQuerySet":
        """The general rules and those of one's own office."""
        return self.filter(Q(organisation=user.organisation_id) | Q(organisation=None))

    def in_force(self, organisation: Organisation) -> "dict[str, Term]":
        """Every code with the rule that holds for this office, its own before the general one (one query)."""
        rows = self._holding_for(organisation)
        return {term.code: term for term in rows.order_by(F("organisation").asc(nulls_first=True), "pk")}

    def _holding_for(self, organisation: Organisation) -> "TermQuerySet":
        """Without a row that the office has given up for the general rule."""
        return self.filter(Q(organisation=organisation, follows_general=False) | Q(organisation=None))

    def effective(self, code: str, organisation: Organisation) -> "Term":
        """The office's own rule where it has one, else the general one."""
        rules = self._holding_for(organisation).filter(code=code)
        found = rules.order_by(F("organisation").asc(nulls_last=True)).first()
        if found is None:
            raise Term.DoesNotExist(f"no term {code}")
        return found


class Term(models.Model):
    """期限规则: how long, counted how, on what basis. `organisation` empty = for all offices.

    A running deadline keeps its own copy (`Deadline.rule`), so changing a row moves no date by itself. A row of an
    office that `follows_general` again only keeps its history. `stops` = 中止期间不计入, on one of `pause_events`.
    `stages` are those of `deadlines.stages`: whole days after the due day (before it when negative) and the ranks that
    hear of it.
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
    whose = models.CharField("由谁办理", max_length=8, choices=Whose, default=Whose.OURS)
    pause_events = models.JSONField("停止计算的事由", default=list, blank=True)
    stages = models.JSONField("提醒阶段", default=list, blank=True)
    by_hand = models.BooleanField(
        "可直接办结", default=False, help_text="没有专门登记页面的期限，在工作台填日期即可办结"
    )
    extension = models.CharField("可延长的情形", max_length=80, blank=True, help_text="留空表示不能延长")
    extension_length = models.PositiveSmallIntegerField(
        "最长可延长", null=True, blank=True, help_text="留空表示没有规定上限"
    )
    extension_unit = models.CharField("延长的单位", max_length=12, choices=Unit, blank=True)
    extension_above = models.BooleanField(
        "再延长可报上级批准", default=False, help_text="超过上限的，上级批准后可以登记"
    )
    is_active = models.BooleanField("启用", default=True)
    follows_general = models.BooleanField("恢复为通用规则", default=False, editable=False)
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
                name="term_whose_is_known",
                condition=Q(whose__in=Whose.values),
                violation_error_message="由谁办理不在列表里，请重新选择。",
            ),
            models.CheckConstraint(
                name="term_stops_on_something",
                condition=Q(stops=False, pause_events=[]) | (Q(stops=True) & ~Q(pause_events=[])),
                violation_error_message="期间停止计算的，请选至少一种事由；不停止计算的，请全部取消。",
            ),
            models.CheckConstraint(
                name="term_general_follows_nothing",
                condition=Q(follows_general=False) | Q(organisation__isnull=False),
                violation_error_message="通用规则本身不能恢复为通用规则。",
            ),
            models.CheckConstraint(
                name="term_extension_whole",
                condition=Q(extension_length=None, extension_unit="")
                | Q(extension_length__gt=0, extension_unit__in=[Unit.DAY, Unit.WORKING_DAY, Unit.MONTH]),
                violation_error_message="最长可延长的数字和单位请一起填，单位是自然日、工作日或者月。",
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
        """What a deadline keeps of its rule; `length` where the event fixes another length (`fixed`)."""
        copy = {name: getattr(self, name) for name in SNAPSHOT}
        return copy | {
            "length": self.length if length is None else length,
            "fixed": length is not None,
            "unconfirmed": self.confidence == Confidence.UNSURE,
        }


def rule_of(snapshot: dict[str, Any]) -> Rule:
    """The arithmetic's part of a kept rule; `not_after` and `anew` are the matter's own and not in the `Term`."""
    last = snapshot.get("not_after")
    not_after = date.fromisoformat(last) if last else None
    counted = (snapshot["length"], Unit(snapshot["unit"]), snapshot["roll"], snapshot["backward"])
    return Rule(*counted, not_after, snapshot.get("anew", False))


class TermChange(models.Model):
    """期限规则变更记录: what a rule said before and after, who changed it, why. Rows are added, never changed.

    `confirmed` are the consequences that were shown and confirmed where a rule was weakened.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="changes", verbose_name="期限规则")
    version = models.PositiveIntegerField("改后版本")
    before = models.JSONField("改前", default=dict)
    after = models.JSONField("改后", default=dict)
    reason = models.CharField("理由", max_length=200)
    confirmed = models.JSONField("已确认的后果", default=list, blank=True)
    changed_at = models.DateTimeField("时间", default=clock.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "期限规则变更记录"
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="term_change_once_per_version",
                fields=["term", "version"],
                violation_error_message="这条规则刚被他人改过，请刷新后重新修改。",
            ),
            models.CheckConstraint(
                name="term_change_has_reason",
                condition=~Q(reason=""),
                violation_error_message="还没填修改理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} 第 {self.version} 版"
