"""提醒阶段: when a deadline is spoken of, and to whom. Pure: from a rule's stages and a due day to planned days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices

from deadlines.arithmetic import warning_starts
from deadlines.calendars import Calendar
from deadlines.rules import Rule


class Rank(TextChoices):
    """提醒对象: who hears of a stage. Later stages add the ranks above (升级)."""

    RESPONSIBLE = "responsible", "责任人"
    HEAD = "head", "部门负责人"
    CHIEF = "chief", "分管副检察长"


@dataclass(frozen=True)
class Stage:
    """One stage of a rule: `days` after the due day (before it when negative)."""

    days: int
    to: tuple[str, ...] = (Rank.RESPONSIBLE,)

    @property
    def code(self) -> str:
        """b7, d0, a1: fixed in `Reminder.stage`, so that one stage of one due day is told once."""
        return f"b{-self.days}" if self.days < 0 else f"a{self.days}" if self.days else "d0"

    def as_json(self) -> dict[str, Any]:
        return {"days": self.days, "to": list(self.to)}


def from_json(rows: Iterable[dict[str, Any]]) -> list[Stage]:
    return [Stage(row["days"], tuple(row["to"])) for row in rows]


def label_of(code: str) -> str:
    """提前 3 天, 到期当天, 超期 1 天."""
    if code == "d0":
        return "到期当天"
    return f"{'提前' if code[0] == 'b' else '超期'} {code[1:]} 天"


def plan(
    stages: Sequence[Stage], due_on: date, known_on: date, rule: Rule, calendar: Calendar
) -> list[dict[str, Any]]:
    """Stages in order, each with its day: {"stage", "on", "to"}.

    Of the stages that were past when the due day became known only the last one is spoken of, on that day: whoever
    registers an old matter is told where it stands, not everything that would have been said.
    """
    dated = sorted(
        ((_day(stage, due_on, rule, calendar), stage) for stage in stages), key=lambda each: each[1].days
    )
    past = [each for each in dated if each[0] < known_on]
    kept = [(known_on, stage) for _, stage in past[-1:]] + [each for each in dated if each[0] >= known_on]
    return [{"stage": stage.code, "on": day.isoformat(), "to": list(stage.to)} for day, stage in kept]


def _day(stage: Stage, due_on: date, rule: Rule, calendar: Calendar) -> date:
    """Before the due day in the days of the rule, never beginning on a rest day; after it in calendar days."""
    if stage.days >= 0:
        return due_on + timedelta(days=stage.days)
    return min(warning_starts(due_on, -stage.days, rule, calendar), due_on)
