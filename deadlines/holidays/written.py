"""放假安排里的日期, as the State Council's notices and people write them. Pure; ValueError carries the sentence.

2027年2月5日至11日放假调休，共7天。2月14日（星期日）、2月20日（周六）上班。
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.days import parse_day
from core.text import fold_digits
from deadlines.calendars import WEEKDAYS, each_day
from deadlines.models import Holiday

DASH = r"(?:至|到|[~〜–—−-])+"
SMALL = r"(\d{1,2})(?!\d)"
FIRST = re.compile(
    rf"(\d{{4}})[-/.。年–—]{SMALL}[-/.。月–—]{SMALL}[日号]?|(\d{{4}})(\d\d)(\d\d)(?!\d)"
    rf"|{SMALL}月{SMALL}[日号]?|{SMALL}/{SMALL}|{SMALL}[日号]"
)
SECOND = re.compile(rf"{DASH}(?:{FIRST.pattern}|{SMALL}[-.]{SMALL}|{SMALL})")
NOTE = re.compile(r"\(([^()\d]*)\)")  # with a digit in it, it might be a day: then it is not skipped
WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
WORK = re.compile(r"调休上班|(?:正常|照常)?上班|补班")
OFF = re.compile(r"放假调休|放假|休假|休息|调休")
COUNT = re.compile(r"(?:共|共计|合计)?(\d+)天")
BETWEEN = re.compile(r"不调休|与周末连休|[、,;。.:和及与]")
UNCLEAR = re.compile(r"\d{1,2}[-.]\d{1,2}(?![\d年月日号])")
LONGEST_RANGE = 31
YEAR_UNCLEAR_FROM = (12, 20)  # of this year or, in a list that begins 元旦 early, of the year before
EXAMPLE = "请写成“2027年2月5日至11日”或“2027-02-05”。"

Entry = tuple[date, Holiday.Kind | None]


def days(text: str, year: int) -> list[Entry]:
    """Every day that the text names, in its order, with 休假 or 上班 where the text says it.

    A day without a year belongs to `year`. Each character is understood, or a sentence says which is not.
    """
    reading = _Reading(fold_digits(text), year)
    while reading.rest:
        reading.step()
    return reading.found


@dataclass
class _Reading:
    """How far the text has been read: the last days wait for the word that says whether people rest."""

    rest: str
    year: int
    found: list[Entry] = field(default_factory=list)
    group: list[date] = field(default_factory=list)  # the days that a word or a count speaks of
    kind: Holiday.Kind | None = None  # what has been said of the group

    def step(self) -> None:
        if match := FIRST.match(self.rest):
            self._take_days(match)
        elif match := WORK.match(self.rest):
            self._say(Holiday.Kind.WORK, match)
        elif match := (None if self.rest.startswith("不调休") else OFF.match(self.rest)):
            self._say(Holiday.Kind.OFF, match)
        elif match := COUNT.match(self.rest):
            self._count(match)
        elif match := BETWEEN.match(self.rest) or NOTE.match(self.rest):
            self._skip(match)
        elif UNCLEAR.match(self.rest):
            raise ValueError(f"“{self.rest[:12]}”看不出哪个是月、哪个是日，{EXAMPLE}")
        else:
            raise ValueError(f"日期里的“{self.rest[:12]}”看不懂，{EXAMPLE}")

    def _skip(self, match: re.Match[str]) -> None:
        self.rest = self.rest[match.end() :]

    def _take_days(self, match: re.Match[str]) -> None:
        parts = _numbers(match)
        first = last = self._first(parts)
        self._skip(match)
        self._note(first)
        if match_of_end := SECOND.match(self.rest):
            last = _end(_numbers(match_of_end), first, has_year=len(parts) == 3)
            self._skip(match_of_end)
            self._note(last)
        if self.kind is not None:
            self.group, self.kind = [], None
        taken = _between(first, last)
        self.group += taken
        self.found += [(day, None) for day in taken]

    def _first(self, parts: list[int]) -> date:
        """The day, with the month of the one before it when only 18日 is written, and with the year of the list."""
        written, before = self.rest[:12], self.found[-1][0] if self.found else None
        if len(parts) == 3:
            return _real(*parts)
        if len(parts) == 1:
            if before is None:
                raise ValueError(f"“{written}”没有写月份，{EXAMPLE}")
            return _real(before.year, before.month, parts[0])
        if (before and before.year != self.year) or tuple(parts) >= YEAR_UNCLEAR_FROM:
            raise ValueError(
                f"“{written}”没有写年份，看不出是哪一年，请写成“{self.year - 1}年12月31日”这样。"
            )
        return _real(self.year, *parts)

    def _note(self, day: date) -> None:
        """（星期四）behind a day is checked: a wrong one shows that the day, or the year, is wrong."""
        match = NOTE.match(self.rest)
        if match is None:
            return
        said, right = WEEKDAY.search(match[1]), WEEKDAYS[day.weekday()]
        if said and said[1].replace("天", "日") != right:
            raise ValueError(f"{day} 是星期{right}，写的却是“{said[0]}”，请核对日期和年份。")
        self._skip(match)

    def _say(self, kind: Holiday.Kind, match: re.Match[str]) -> None:
        if not self.group or self.kind not in (None, kind):
            raise ValueError(f"“{match[0]}”前面没有日期，{EXAMPLE}")
        self.kind = kind
        first_of_group = len(self.found) - len(self.group)
        self.found[first_of_group:] = [(day, kind) for day in self.group]
        self._skip(match)

    def _count(self, match: re.Match[str]) -> None:
        """共3天 is checked."""
        if int(match[1]) != len(self.group):
            raise ValueError(f"写的是“{match[0]}”，日期数下来是 {len(self.group)} 天，请核对。")
        self._skip(match)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(part) for part in match.groups() if part is not None]


def _end(parts: list[int], first: date, *, has_year: bool) -> date:
    """The last day of a range: what it leaves out, it has from the first."""
    if len(parts) == 3:
        return _real(*parts)
    if len(parts) == 1:
        return _real(first.year, first.month, parts[0])
    crosses = has_year and parts[0] < first.month
    return _real(first.year + crosses, *parts)


def _real(year: int, month: int, day: int) -> date:
    return parse_day(f"{year:04}-{month}-{day}")


def _between(first: date, last: date) -> list[date]:
    if last < first:
        raise ValueError(f"结束日期 {last} 早于开始日期 {first}，请改其中一个。")
    if (last - first).days >= LONGEST_RANGE:
        raise ValueError(f"{first} 至 {last} 超过 {LONGEST_RANGE} 天，请核对日期。")
    return list(each_day(first, last + timedelta(days=1)))
