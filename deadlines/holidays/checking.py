"""Checking a list of holidays: from lines to days, each wrong line with its sentence. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.refusals import Refused
from core.text import fold_digits, tidy
from deadlines.calendars import SATURDAY, missing_holidays
from deadlines.holidays import written
from deadlines.holidays.reading import COLUMNS, HEADING_WITHIN, Line
from deadlines.models import Holiday

Entry = tuple[str, str]  # kind, name
Days = dict[date, Entry]
KINDS = {
    "休假": Holiday.Kind.OFF,
    "放假": Holiday.Kind.OFF,
    "放假调休": Holiday.Kind.OFF,
    "休": Holiday.Kind.OFF,
    "调休上班": Holiday.Kind.WORK,
    "上班": Holiday.Kind.WORK,
    "补班": Holiday.Kind.WORK,
    "班": Holiday.Kind.WORK,
}
YEAR_IN_TITLE = re.compile(r"(20\d\d)年")
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
    """Read every line of a table; a wrong one is named and left out."""
    found = Checked(year)
    title, columns, body = _heading(lines)
    named = {
        int(match[1]) for _, cells in title for match in YEAR_IN_TITLE.finditer(fold_digits("".join(cells)))
    }
    if named and year not in named:
        found.wrong.append((0, f"表头写的是 {max(named)} 年，页面上选的是 {year} 年，请核对年份。"))
    for number, cells in body:
        try:
            _take(found, number, *(cells[n] if n < len(cells) else "" for n in columns))
        except ValueError as error:
            found.wrong.append((number, str(error)))
    check_whole(found)
    return found


def check_whole(found: Checked) -> None:
    """A year is known only with its seven holidays. Where a line is wrong its days are not missing, they are unread."""
    if any(number for number, _ in found.wrong):
        return
    off = {day for day, (kind, _) in found.days.items() if kind == Holiday.Kind.OFF}
    for name, first, last in missing_holidays(off, found.year):
        when = f"{first}" if first == last else f"{first} 至 {last} 之间"
        found.wrong.append((0, f"没有 {when}（{name}）的休假，请补上或核对年份。"))


def _heading(lines: Sequence[Line]) -> tuple[Sequence[Line], list[int], Sequence[Line]]:
    """The lines above the heading, where its columns are, and the lines below it."""
    for index, (_, cells) in enumerate(lines[:HEADING_WITHIN]):
        if "日期" in cells:
            if missing := [name for name in COLUMNS if name not in cells]:
                raise Refused(f"缺少“{'、'.join(missing)}”列，请按模板填写。")
            return lines[:index], [cells.index(name) for name in COLUMNS], lines[index + 1 :]
    raise Refused(f"没有找到表头。第一行请写“{'、'.join(COLUMNS)}”，可下载模板填写。")


def _take(found: Checked, number: int, days: str, kind_word: str, name: str) -> None:
    """Put one line's days in; ValueError carries the sentence."""
    if any(cell.startswith(FORMULA) for cell in (days, kind_word, name)):
        raise ValueError("是公式，请改成直接填写的文字。")
    kind = KINDS.get(tidy(kind_word))
    if kind is None and kind_word:
        raise ValueError(f"类别“{kind_word[:20]}”看不懂，请填“休假”或“调休上班”。")
    put(found, number, written.days(days, found.year), name, kind)


def put(
    found: Checked,
    number: int,
    entries: Sequence[written.Entry],
    name: str,
    column: Holiday.Kind | None = None,
) -> None:
    """All days of one line or none; `column` is what the line says of them all. ValueError carries the sentence."""
    name = tidy(name)
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"节日请填 1 至 {LONGEST_NAME} 个字，例如：国庆节。")
    if not entries:
        raise ValueError(f"日期没有填，{written.EXAMPLE}")
    new: Days = {}
    for day, said in entries:
        kind = said or column
        if kind is None:
            raise ValueError(f"{day} 没有写是休假还是上班，请补上。")
        if column is not None and said not in (None, column):
            raise ValueError(f"{day} 在日期里写的是“{said.label}”，类别却是“{column.label}”，请改成一致。")
        if day in new:
            raise ValueError(f"{day} 写了两次，请删去一个。")
        _check_day(found, day, kind)
        new[day] = kind.value, name
    found.days |= new
    found.lines |= dict.fromkeys(new, number)


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
