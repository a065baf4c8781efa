"""A rule in words: what stands on its page, in its history and in the comparison after a conflict."""

from typing import Any

from deadlines import stages
from deadlines.models import Confidence, Kind, PauseEvent, Term, Whose
from deadlines.rules import Unit
from deadlines.stages import Rank
from deadlines.wording import SPOKEN

# what an office may set, in the order of the page
LABELS = {
    "name": "名称",
    "trigger": "起算事件",
    "length": "长度",
    "unit": "单位",
    "roll": "届满日遇休假日顺延",
    "backward": "倒数",
    "kind": "性质",
    "whose": "由谁办理",
    "basis": "依据",
    "confidence": "依据可靠程度",
    "warn_days": "提前几天转为临期",
    "stops": "有停止计算的事由",
    "pause_events": "停止计算的事由",
    "stages": "提醒阶段",
    "by_hand": "可在工作台直接办结",
    "extension": "可延长的情形",
    "extension_length": "最长可延长",
    "extension_unit": "延长的单位",
    "extension_above": "再延长可报上级批准",
    "is_active": "启用",
}
CHOICES: dict[str, Any] = {
    "unit": Unit,
    "extension_unit": Unit,
    "kind": Kind,
    "whose": Whose,
    "confidence": Confidence,
}


def values_of(term: Term) -> dict[str, Any]:
    """Everything that an office may set, as JSON keeps it."""
    return {name: in_order(name, getattr(term, name)) for name in LABELS}


def in_order(name: str, value: Any) -> Any:
    """Lists whose order means nothing come in one order, so that a saved form changes only what somebody changed."""
    if name == "pause_events":
        return sorted(value, key=PauseEvent.values.index)
    if name == "stages":
        return [
            stage | {"to": sorted(stage["to"], key=Rank.values.index)}
            for stage in sorted(value, key=lambda stage: stage["days"])
        ]
    return value


def told(name: str, value: Any, whose: str = Whose.OURS) -> str:
    """A value as people read it; `whose` names what comes after the end of a period (超期, 届满)."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in CHOICES and value:
        return str(CHOICES[name](value).label)
    if name == "pause_events":
        return "、".join(PauseEvent(each).label for each in value) or "无"
    if name == "stages":
        return "；".join(f"{label} → {who}" for label, who in told_stages(value, whose)) or "无"
    return "" if value is None else str(value)


def told_stages(rows: list[dict[str, Any]], whose: str = Whose.OURS) -> list[tuple[str, str]]:
    """提前 3 天 → 责任人, in the order of time."""
    ordered = sorted(stages.from_json(rows), key=lambda stage: stage.days)
    return [
        (stages.label_of(stage.code, whose), "、".join(Rank(rank).label for rank in stage.to))
        for stage in ordered
    ]


def differences(
    before: dict[str, Any], after: dict[str, Any], whose: str = Whose.OURS
) -> list[tuple[str, str, str]]:
    """Label, before, after of every value that differs; another order of the same is no difference."""
    return [
        (label, told(name, before[name], whose), told(name, after[name], whose))
        for name, label in LABELS.items()
        if name in before and name in after and in_order(name, before[name]) != in_order(name, after[name])
    ]


def length(term: Term) -> str:
    """15 日, 60 个工作日, 48 小时; a day that somebody fixed has no length."""
    return f"{term.length} {SPOKEN[Unit(term.unit)]}" if term.length else "以写明的日期为准"


def sentence(term: Term) -> str:
    """The whole rule in one or two sentences."""
    if not term.length:
        return f"到期日就是{term.trigger}，不另行计算。"
    way = "前" if term.backward else "之日起"
    start = "当天不计入" if term.unit != Unit.HOUR else "从该时刻起连续计算"
    return f"{term.trigger}{way} {length(term)}，{start}。{_roll(term)}{_pauses(term)}"


def _roll(term: Term) -> str:
    if term.roll:
        return "届满日是休假日的，" + (
            "提前到之前最近的工作日。" if term.backward else "顺延到之后第一个工作日。"
        )
    return "只数工作日。" if term.unit == Unit.WORKING_DAY else "遇休假日不顺延。"


def _pauses(term: Term) -> str:
    return f"{told('pause_events', term.pause_events)}期间不计入。" if term.stops else ""
