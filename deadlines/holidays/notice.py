"""放假安排的通知 as text: one paragraph a holiday (一、元旦：…), pasted as it stands. Nothing is stored here."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.refusals import Refused
from core.text import fold_digits
from deadlines.calendars import STATUTORY
from deadlines.holidays import checking, written
from deadlines.holidays.checking import Checked

HOLIDAYS = {name.removesuffix("节"): name for name, _, _ in STATUTORY if name != "春节"} | {"春节": "春节"}
KNOWN = "|".join(f"{short}节?" for short in HOLIDAYS)
NUMBER = r"\(?[一二三四五六七八九十\d]{1,2}\)?[、.,)]?"
HEADING = re.compile(
    rf"(?:^|(?<=[。;]))(?:{NUMBER})?((?:{KNOWN})(?:[、和与及](?:{KNOWN}))*):"
    r"|(?:^|(?<=[。;]))[一二三四五六七八九十]{1,2}、([^:、。;\d]{1,10}(?:[、和与及][^:、。;\d]{1,10})?):"
)
DAY = re.compile(r"\d{1,2}[月/]\d{1,2}|\d{4}[-.]\d|\d日")
WORKS, RESTS = re.compile(r"上班|补班"), re.compile(r"放假|休假|休息")
SENTENCE_ENDS = ("。", ";", ".")
YEAR = re.compile(r"(20\d\d)年(?=元旦|[^。\d]{0,12}(?:放假|节假日))")


class Paragraph(NamedTuple):
    """What the text says under one heading, and the line where it begins."""

    line: int
    name: str
    text: str


def check(text: str, year: int) -> Checked:
    """Every day that the text names; what speaks of days and cannot be read is named with its line."""
    found = Checked(year)
    years = {int(match[1]) for match in YEAR.finditer(fold_digits(text))}
    if years and year not in years:
        found.wrong.append((0, f"文字里写的是 {max(years)} 年，页面上选的是 {year} 年，请核对年份。"))
    paragraphs = list(_paragraphs(text))
    if not any(paragraph.name for paragraph in paragraphs):
        raise Refused("没有找到放假安排。请从“一、元旦：”开始粘贴，每个节日一段。")
    for paragraph in paragraphs:
        try:
            _take(found, paragraph)
        except ValueError as error:
            found.wrong.append((paragraph.line, f"{paragraph.name}{'：' * bool(paragraph.name)}{error}"))
    checking.check_whole(found)
    return found


def _take(found: Checked, paragraph: Paragraph) -> None:
    if not paragraph.name:
        raise ValueError("这些日期前面没有节日名称，请在前面补上，例如“元旦：”。")
    spoken = [sentence for sentence in re.split(r"[。;]", paragraph.text) if DAY.search(sentence)]
    entries = [entry for sentence in spoken for entry in written.days(sentence, found.year)]
    checking.put(found, paragraph.line, entries, paragraph.name)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Lines that a copy has broken are joined again. Signature, date and admonitions speak of no days off."""
    now = Paragraph(0, "", "")
    for number, line in enumerate(map(fold_digits, text.splitlines()), start=1):
        (_, before), *pieces = _split(line)
        if before and now.name and (not now.text.endswith(SENTENCE_ENDS) or _only_works(before)):
            now = now._replace(text=now.text + before)
        elif DAY.search(before) and (RESTS.search(before) or WORKS.search(before)):
            yield Paragraph(number, "", before)
        for name, said in pieces:
            if now.name:
                yield now
            now = Paragraph(number, HOLIDAYS.get(name, name), said)
    if now.name:
        yield now


def _only_works(line: str) -> bool:
    """A line of its own that names the days made up for the holiday above it."""
    return bool(DAY.search(line) and WORKS.search(line)) and not RESTS.search(line)


def _split(line: str) -> list[tuple[str, str]]:
    """What stands before the first heading of a line, and each heading with what follows it."""
    found = list(HEADING.finditer(line))
    ends = [match.start() for match in found[1:]] + [len(line)]
    before = line[: found[0].start()] if found else line
    pieces = [
        (match[1] or match[2], line[match.end() : end]) for match, end in zip(found, ends, strict=False)
    ]
    return [("", before), *pieces]
