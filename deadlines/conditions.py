"""What a deadline itself must fulfil before a verb of the clock touches it, whoever asks."""

from accounts.models import User
from core import clock
from deadlines.models import Deadline


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
