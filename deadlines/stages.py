"""提醒阶段: when a deadline is spoken of, and to whom. Pure: from a rule's stages and a due day to planned days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices

from deadlines.arithmetic import warning_starts
from deadlines.calendars import Calendar
from deadlines.reading import LATE
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


def label_of(code: str, whose: str = "ours") -> str:
    """提前 3 天, 到期当天, 超期 1 天; a right is not late but gone: 届满 1 天 (`whose`: `Whose`)."""
    if code == "d0":
        return "到期当天"
    return f"{'提前' if code[0] == 'b' else LATE[whose]} {code[1:]} 天"


def distance(due_on: date, on: date, whose: str) -> str:
    """还剩 124 天, 今天到期, 已届满 73 天: how far it really was on that day, where the stage would say otherwise."""
    days = (due_on - on).days
    if days >= 0:
        return f"还剩 {days} 天" if days else "今天到期"
    return f"{'' if whose == 'others' else '已'}{LATE[whose]} {-days} 天"


def spoken(entry: dict[str, Any], due_on: date, whose: str) -> str:
    """One entry of a plan in words: its stage, or the true distance where it comes late."""
    if not entry.get("late"):
        return label_of(entry["stage"], whose)
    return f"{distance(due_on, date.fromisoformat(entry['on']), whose)}（迟发）"


def plan(
    stages: Sequence[Stage], due_on: date, known_on: date, rule: Rule, calendar: Calendar
) -> list[dict[str, Any]]:
    """Stages in order, each with its day: {"stage", "on", "to"}, and "late" where it stands for a day gone by.

    The stages that have come when the due day becomes known are one message on that day, under the last of them and to
    everybody who should have heard of any: whoever registers an old matter is told where it stands, not everything
    that would have been said, and no rank above misses what had climbed to it.
    """
    dated = sorted(
        ((_day(stage, due_on, rule, calendar), stage) for stage in stages), key=lambda each: each[1].days
    )
    come = [stage for day, stage in dated if day <= known_on]
    at_once = [_entry(come[-1], known_on, come)] if come else []
    if dated and dated[0][0] < known_on:
        at_once[0]["late"] = True
    return at_once + [_entry(stage, day, [stage]) for day, stage in dated if day > known_on]


def _entry(stage: Stage, day: date, stands_for: Sequence[Stage]) -> dict[str, Any]:
    called = {rank for each in stands_for for rank in each.to}
    return {"stage": stage.code, "on": day.isoformat(), "to": [rank.value for rank in Rank if rank in called]}


def _day(stage: Stage, due_on: date, rule: Rule, calendar: Calendar) -> date:
    """Before the due day in the days of the rule, never beginning on a rest day; after it in calendar days."""
    if stage.days >= 0:
        return due_on + timedelta(days=stage.days)
    return min(warning_starts(due_on, -stage.days, rule, calendar), due_on)
