"""Why a period cannot be paused, prolonged or taken back: the first reason, or nothing."""

from datetime import date

from accounts.models import User
from core import clock
from deadlines import prolonging
from deadlines.models import Deadline, DeadlineExtension, PauseEvent
from deadlines.rules import Extension


def why_not_pause(deadline: Deadline, on: date, reason: str, cause: str) -> str:
    if not deadline.stops:
        return f"“{deadline.rule['name']}”不停止计算。"
    if cause not in deadline.rule.get("pause_events", [PauseEvent.SUSPENSION]):
        return f"“{deadline.rule['name']}”不因{PauseEvent(cause).label}停止计算。"
    if same := deadline.pauses.filter(cause=cause, resumed_on=None, voided_at=None).first():
        return f"这项期限已于 {same.paused_on} 起因{same.get_cause_display()}停止计算，请先恢复。"
    if on < deadline.starts_on:
        return f"停止计算的日期 {on} 早于起算日 {deadline.starts_on}，请改其中一个。"
    return "" if reason.strip() else "还没填停止计算的事由。"


def why_not_extend(deadline: Deadline, granted: Extension, reason: str, above: bool = False) -> str:
    if deadline.paused_on:
        return "这项期限正在停止计算，请先恢复再延长。"
    if deadline.due_at or deadline.rule["backward"]:
        return f"“{deadline.rule['name']}”不能延长。"
    if bool(granted.days or granted.months) == (granted.until is not None):
        return "延长天数和延至日期请填其中一个。"
    if granted.until is not None and granted.until <= deadline.due_on:
        return f"延至日期 {granted.until} 不晚于现在的到期日 {deadline.due_on}，请改成之后的日期。"
    if reason_not := prolonging.why_not_beyond(deadline, granted, above):
        return reason_not
    return "" if reason.strip() else "还没填延长事由。"


def why_not_void(extension: DeadlineExtension, reason: str) -> str:
    if extension.voided_at:
        return "这次延长已经撤销。"
    return "" if reason.strip() else "还没填撤销理由。"


def why_not_reopen(deadline: Deadline, by: User) -> str:
    """Only what was ticked off by hand or noted (知悉), by whoever did it, on the day they did."""
    known = deadline.acknowledged
    done, at = ("登记知悉", deadline.cancelled_at) if known else ("办结", deadline.met_at)
    if at is None:
        return "这项期限没有办结，不用撤销。"
    if not (known or deadline.rule.get("by_hand")):
        return f"“{deadline.rule['name']}”随案件办理而完成，不能在这里撤销。"
    if by.pk != (deadline.cancelled_by_id if known else deadline.met_by_id):
        return f"这项期限不是你{done}的，不能撤销。"
    if at.astimezone(clock.SHANGHAI).date() != clock.today():
        return f"只能撤销今天{done}的期限。需要更正请联系部门负责人。"
    return ""
