"""Checking a list of holidays: from lines to days, each wrong line with its sentence. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.days import parse_day
from core.refusals import Refused
from core.text import tidy
from deadlines.calendars import SATURDAY, each_day, missing_holidays
from deadlines.holidays.reading import COLUMNS, Line
from deadlines.models import Holiday

Entry = tuple[str, str]  # kind, name
Days = dict[date, Entry]
KINDS = {
    "休假": Holiday.Kind.OFF,
    "放假": Holiday.Kind.OFF,
    "休": Holiday.Kind.OFF,
    "调休上班": Holiday.Kind.WORK,
    "上班": Holiday.Kind.WORK,
    "班": Holiday.Kind.WORK,
}
RANGE = re.compile(r"\s*(?:至|到|~|～)\s*")
LONGEST_RANGE = 31
LONGEST_NAME = 20
NEIGHBOURS = ((12, 20), (1, 10))  # what a notice may touch of the year before and the year after
FORMULA = ("=", "+", "-", "@")


@dataclass
class Checked:
    """The days that a file names, and what is wrong with it: (line, sentence); line 0 is the file as a whole."""

    year: int
    days: Days = field(default_factory=dict)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[date, int] = field(default_factory=dict)


def check(lines: Sequence[Line], year: int) -> Checked:
    """Read every line; a wrong one is named and left out."""
    columns, body = _heading(lines)
    found = Checked(year)
    for number, cells in body:
        try:
            _take(found, number, *(cells[n] if n < len(cells) else "" for n in columns))
        except ValueError as error:
            found.wrong.append((number, str(error)))
    off = {day for day, (kind, _) in found.days.items() if kind == Holiday.Kind.OFF}
    for name, first, last in missing_holidays(off, year):
        when = f"{first}" if first == last else f"{first} 至 {last} 之间"
        found.wrong.append((0, f"没有 {when}（{name}）的休假，请补上或核对年份。"))
    return found


def _heading(lines: Sequence[Line]) -> tuple[list[int], Iterable[Line]]:
    """Where the columns are, and the lines below their heading."""
    for index, (_, cells) in enumerate(lines[:5]):
        if "日期" in cells:
            if missing := [name for name in COLUMNS if name not in cells]:
                raise Refused(f"缺少“{'、'.join(missing)}”列，请按模板填写。")
            return [cells.index(name) for name in COLUMNS], lines[index + 1 :]
    raise Refused(f"没有找到表头。第一行请写“{'、'.join(COLUMNS)}”，可下载模板填写。")


def _take(found: Checked, number: int, written: str, kind_word: str, name: str) -> None:
    """Put one line's days in; ValueError carries the sentence."""
    if any(cell.startswith(FORMULA) for cell in (written, kind_word, name)):
        raise ValueError("是公式，请改成直接填写的文字。")
    kind, name = KINDS.get(tidy(kind_word)), tidy(name)
    if kind is None:
        raise ValueError(f"类别“{kind_word[:20]}”看不懂，请填“休假”或“调休上班”。")
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"节日请填 1 至 {LONGEST_NAME} 个字，例如：国庆节。")
    days = _days(written)
    for day in days:
        _check_day(found, day, kind)
    for day in days:
        found.days[day], found.lines[day] = (kind.value, name), number


def _days(written: str) -> list[date]:
    """One day, or all days of `2027-02-05 至 2027-02-11`."""
    parts = [parse_day(part) for part in RANGE.split(written)] if written else []
    if not 1 <= len(parts) <= 2:
        raise ValueError("日期请填一天，或者写成“2027-02-05 至 2027-02-11”。")
    first, last = parts[0], parts[-1]
    if last < first:
        raise ValueError(f"结束日期 {last} 早于开始日期 {first}，请改其中一个。")
    if (last - first).days >= LONGEST_RANGE:
        raise ValueError(f"{first} 至 {last} 超过 {LONGEST_RANGE} 天，请核对日期。")
    return list(each_day(first, last + timedelta(days=1)))


def _check_day(found: Checked, day: date, kind: Holiday.Kind) -> None:
    year = found.year
    if not date(year - 1, *NEIGHBOURS[0]) <= day <= date(year + 1, *NEIGHBOURS[1]):
        raise ValueError(f"{day} 不属于 {year} 年的安排，请核对年份，不同年份分开导入。")
    if day in found.days:
        raise ValueError(f"{day} 与第 {found.lines[day]} 行重复，请删去一个。")
    if kind == Holiday.Kind.WORK and day.weekday() < SATURDAY:
        raise ValueError(f"{day} 不是周六或周日，不能是调休上班，请核对日期。")


@dataclass(frozen=True)
class Difference:
    """What an import would do: days that come, days that go, days that stay."""

    added: Days
    removed: Days
    unchanged: int


def compare(now: Days, found: Checked) -> Difference:
    """The year is replaced; of its neighbours only the days that the file names are touched.

    The end of December belongs to the next year's notice where that began 元旦 early, and stays.
    """
    covered = {
        day: entry for day, entry in now.items() if day in found.days or _is_replaced(day, entry, found.year)
    }
    added = {day: entry for day, entry in found.days.items() if covered.get(day) != entry}
    removed = {day: entry for day, entry in covered.items() if found.days.get(day) != entry}
    return Difference(added, removed, len(covered) - len(removed))


def _is_replaced(day: date, entry: Entry, year: int) -> bool:
    next_years = (day.month, day.day) >= NEIGHBOURS[0] and entry[1] == "元旦"
    return day.year == year and not next_years
