"""What a calendar outside the house may say of a deadline or a to-do: its number and its kind, and no more.

The number is the 文号 of the case once it has one, as in every other message; until then 内部编号.
"""

import re
from datetime import datetime

from core import clock
from deadlines.models import Task

# the tail of /cases/150902-2026-0016/ and /referrals/XS-150902-2026-0088/: year and number are what people say aloud
OFFICIAL = re.compile(r"\S{1,30}〔\d{4}〕\d{1,6}号")
NUMBERED = re.compile(r"/(?:([A-Z]{1,4})-)?[0-9A-Z]{4,12}-(\d{4}-\d{1,6})(?:/|$)")


def number_of(owner_url: str) -> str:
    """内部编号: `2026-0016`, `XS-2026-0088`; empty for what belongs to nothing numbered."""
    found = NUMBERED.search(owner_url)
    return "-".join(filter(None, found.groups())) if found else ""


def official_number(title: str) -> str:
    """文号 in the title of a deadline: `集检民支〔2026〕16号`; empty before the case has one."""
    found = OFFICIAL.match(title)
    return found[0] if found else ""


def hour_of(task: Task) -> datetime | None:
    """The hour of the hearing that a to-do stands for; none once its day has been moved away from it."""
    hour = task.hearing_at.astimezone(clock.SHANGHAI) if task.hearing_at else None
    return hour if hour and hour.date() == task.due_on else None


def kind_of(task: Task) -> str:
    """`开庭` or `待办`. The rest of a title is what somebody typed, and may name a person."""
    return "开庭" if hour_of(task) else "待办"
