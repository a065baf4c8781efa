"""延长的上限: how far a rule lets a period be prolonged (民诉法152条、164条 …), and what lies beyond it."""

from datetime import date
from typing import Any

from deadlines import arithmetic, counting
from deadlines.models import Deadline, Holiday
from deadlines.models.term import rule_of
from deadlines.rules import Extension, Unit
from deadlines.wording import SPOKEN


def allowed(rule: dict[str, Any]) -> Extension | None:
    """What the rule allows at most, where it says so; snapshots of old clocks may not have the columns."""
    length = rule.get("extension_length")
    if not length:
        return None
    return Extension(months=length) if rule["extension_unit"] == Unit.MONTH else Extension(days=length)


def told(rule: dict[str, Any]) -> str:
    """1 个月, 15 日, 30 个工作日."""
    return f"{rule['extension_length']} {SPOKEN[Unit(rule['extension_unit'])]}"


def due_with(deadline: Deadline, extension: Extension) -> date:
    """The due day if this were granted now, after what was granted already."""
    adjustments = [*counting.adjustments_of(deadline), extension]
    return arithmetic.due(
        deadline.starts_on, rule_of(deadline.rule), Holiday.objects.calendar(), adjustments
    ).due


def why_not_beyond(deadline: Deadline, extension: Extension, above: bool) -> str:
    """Once, and no further than the rule says; beyond that only what a higher authority has approved."""
    most = allowed(deadline.rule)
    if most is None:
        return "只有规定了延长上限的期限才可以勾选上级批准。" if above else ""
    if above:
        return "" if deadline.rule.get("extension_above") else f"{_limit(deadline)}，没有再延长的规定。"
    if deadline.extensions.filter(voided_at=None).exists():
        return f"已经延长过一次。{_limit(deadline)}。{_more(deadline)}"
    latest = due_with(deadline, most)  # nothing was granted before: asked above
    if due_with(deadline, extension) > latest:
        return f"{_limit(deadline)}，不能晚于 {latest}。{_more(deadline)}"
    return ""


def _limit(deadline: Deadline) -> str:
    return f"“{deadline.rule['name']}”最多延长 {told(deadline.rule)}（{deadline.rule['basis']}）"


def _more(deadline: Deadline) -> str:
    if deadline.rule.get("extension_above"):
        return "再延长须报上级法院批准；已经批准的，请勾选“上级法院已批准再延长”，并在事由里写明。"
    return "请核对批准文书；前一次登记错了的，请先撤销延长。"
