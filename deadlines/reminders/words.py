"""提醒标题: one line for one hearer (ux.md P18): which matter, which period, how far, which day. Nobody's name."""

from datetime import date

from core import clock
from deadlines.models import Deadline, Reminder
from deadlines.models.term import Whose
from deadlines.reminders.recipients import Hearer, is_in_place
from deadlines.stages import Rank
from notifications.models import Notification

LONGEST = Notification._meta.get_field("title").max_length or 0


def title(reminder: Reminder, hearer: Hearer, today: date) -> str:
    """`待督办：2026-0016 审查期限（内控目标）超期 2 天（11-25 到期）`. The matter is what may be cut."""
    deadline = reminder.deadline
    before, after = _whose(deadline, hearer), _how_far(deadline, today)
    if reminder.is_late:
        after += "（迟发）"
    matter = f"{deadline.title} {deadline.rule['name']}"
    room = LONGEST - len(before) - len(after)
    if len(matter) > room:
        matter = matter[: max(room - 1, 0)] + "…"
    return (before + matter + after)[:LONGEST]


def _whose(deadline: Deadline, hearer: Hearer) -> str:
    """Why this hearer is told. A title travels by mail and to group bots, so names stay behind its link."""
    stands_in = "（代办）" if hearer.instead_of else ""
    if not is_in_place(deadline):
        return stands_in + "责任人已不在岗："
    return stands_in + ("待督办：" if hearer.rank != Rank.RESPONSIBLE else "")


def _how_far(deadline: Deadline, today: date) -> str:
    """A right runs out (届满), everything else falls due; hours are told with the hour."""
    end = "届满" if deadline.whose == Whose.RIGHT else "到期"
    days_only = deadline.due_at is None
    far = f"今天{end}" if days_only and deadline.due_on == today else deadline.label(today)
    hour = f" {deadline.due_at.astimezone(clock.SHANGHAI):%H:%M}" if deadline.due_at else ""
    return f"{far}（{_day(deadline.due_on, today)}{hour} {end}）"


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
