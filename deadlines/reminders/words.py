"""提醒标题: one line for one hearer (ux.md P18): whose it is, which matter, which period, how far, which day."""

from datetime import date

from core import clock
from deadlines.models import Deadline, Reminder
from deadlines.models.term import Whose
from deadlines.reminders.recipients import Hearer, is_in_place
from deadlines.stages import Rank
from notifications.models import Notification

LONGEST = Notification._meta.get_field("title").max_length or 0


def title(reminder: Reminder, hearer: Hearer, today: date) -> str:
    """`李检察官承办：2026-0016 审查期限（内控目标）剩 2 天（11-25 到期）`. The matter is what may be cut."""
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
    gone = "" if is_in_place(deadline) else "（已不在岗）"
    named = hearer.rank != Rank.RESPONSIBLE or gone
    stands_in = f"（代 {hearer.instead_of}）" if hearer.instead_of else ""
    return stands_in + (f"{deadline.responsible}{gone}承办：" if named else "")


def _how_far(deadline: Deadline, today: date) -> str:
    """A right runs out (届满), everything else falls due; hours are told with the hour."""
    end = "届满" if deadline.whose == Whose.RIGHT else "到期"
    days_only = deadline.due_at is None
    far = f"今天{end}" if days_only and deadline.due_on == today else deadline.label(today)
    hour = f" {deadline.due_at.astimezone(clock.SHANGHAI):%H:%M}" if deadline.due_at else ""
    return f"{far}（{_day(deadline.due_on, today)}{hour} {end}）"


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
