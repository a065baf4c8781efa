import hashlib
from datetime import date
from functools import lru_cache

from django.db import models
from django.db.models import Q

from accounts.models import User
from core import clock
from deadlines.calendars import Calendar, missing_holidays


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def calendar(self) -> Calendar:
        """All entered days as the value that `deadlines.arithmetic` counts with (one query)."""
        rows = list(self.values_list("day", "kind", "name"))
        off = frozenset(day for day, kind, _ in rows if kind == Holiday.Kind.OFF)
        work = frozenset(day for day, kind, _ in rows if kind == Holiday.Kind.WORK)
        return Calendar(off, work, _entered_years(off), {day: name for day, _, name in rows})


def _entered_years(off: frozenset[date]) -> frozenset[int]:
    """A year counts as entered when all seven holidays are there: with fewer, its other days would be guesses."""
    return frozenset(year for year in {day.year for day in off} if not missing_holidays(off, year))


@lru_cache(maxsize=8)
def version_of(calendar: Calendar) -> str:
    """A short fingerprint of the calendar, kept with each deadline: a different one means count again."""
    days = [*sorted(calendar.off), "|", *sorted(calendar.work)]
    return hashlib.sha256(" ".join(map(str, days)).encode()).hexdigest()[:12]


class Holiday(models.Model):
    """法定休假日与调休上班日, one row a day, from the yearly notice (国务院办公厅通知)."""

    class Kind(models.TextChoices):
        OFF = "off", "休假"
        WORK = "work", "调休上班"

    day = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=4, choices=Kind, default=Kind.OFF)
    name = models.CharField("节日", max_length=20, help_text="例如：国庆节")

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "节假日"
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                name="holiday_kind_is_known",
                condition=Q(kind__in=["off", "work"]),
                violation_error_message="类别不在列表里，请选“休假”或“调休上班”。",
            ),
            models.CheckConstraint(
                name="holiday_work_is_weekend",
                condition=~Q(kind="work") | Q(day__iso_week_day__in=(6, 7)),
                violation_error_message="调休上班只能是周六或周日，请核对日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}（{self.get_kind_display()}）"


class HolidayChange(models.Model):
    """节假日变更记录: one import or correction of one year, on which notice, which days came and went. Stays."""

    year = models.PositiveSmallIntegerField("年份")
    notice = models.CharField("依据", max_length=100, help_text="例如：国办发明电〔2025〕7号")
    added = models.JSONField("新增", default=list)
    removed = models.JSONField("删除", default=list)
    changed_at = models.DateTimeField("时间", default=clock.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "节假日变更记录"
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="holiday_change_names_notice",
                condition=~Q(notice=""),
                violation_error_message="还没填依据，例如：国办发明电〔2025〕7号。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} 年节假日（{self.notice}）"
