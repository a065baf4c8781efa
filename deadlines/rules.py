from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Unit(TextChoices):
    """期间的单位."""

    DAY = "day", "自然日"
    WORKING_DAY = "working_day", "工作日"
    MONTH = "month", "月"
    YEAR = "year", "年"
    HOUR = "hour", "小时"


@dataclass(frozen=True)
class Rule:
    """期限规则 as the arithmetic needs it. `backward` counts back from an event such as a hearing.

    `not_after` is the last day whatever is added: the twenty years of 民法典188条2款, which nothing interrupts. `anew`:
    the period has been interrupted and runs anew from its start.
    """

    length: int
    unit: Unit
    roll: bool = True
    backward: bool = False
    not_after: date | None = None
    anew: bool = False

    @property
    def needs_calendar(self) -> bool:
        return self.roll or self.unit == Unit.WORKING_DAY


@dataclass(frozen=True)
class Pause:
    """中止: the days from `starts` to the day before `ends` are not counted.

    `goes_on`: this cause has ended, another one still keeps the clock still. `why` names the causes in words.
    """

    starts: date
    ends: date
    goes_on: bool = False
    why: str = ""


@dataclass(frozen=True)
class Extension:
    """延长: by days (working days for a term of working days), by months, or to a day that was granted.

    `stood` are the words of the standstill that gives the day by law (时效中止), which is not something granted; of two
    such the later day holds both.
    """

    days: int = 0
    until: date | None = None
    months: int = 0
    stood: str = ""


Adjustment = Pause | Extension
