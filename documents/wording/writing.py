"""写法 (过滤器): how a value is written on paper. The only functions that a wording can call, by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core import money
from documents.conventions import chinese_day, paper_day

TICKED, OPEN = "☑", "□"
STRUCK, STRIKES = "\\", "划去"  # an unused box of a form (domain.md 5.2), and the filter that strikes it
HAN = "\u3400-\u9fff，。、；：（）〔〕《》“”"
BLANK = re.compile(rf"(?<=[{HAN}])[ \u00a0]+(?=\d)|(?<=\d)[ \u00a0]+(?=[{HAN}])")
MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")


@dataclass(frozen=True)
class Phrase:
    """A description made of several facts, some of which a screen must mask: (text, kind of secret or nothing)."""

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.parts)


def written(value: Any) -> str:
    """Without a filter: days in the office's manner, sums as 405,000.00, lists joined by 、."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return paper_day(value)
    if isinstance(value, Decimal):
        return money.yuan(value)
    if isinstance(value, list | tuple):
        return "、".join(written(each) for each in value)
    return str(value)


def _chinese_day(value: Any) -> str:
    return chinese_day(value) if isinstance(value, date) else written(value)


def _capitals(value: Any) -> str:
    return money.uppercase_yuan(value) if isinstance(value, Decimal) else written(value)


def _heads(value: Any) -> str:
    return str(len(value)) if isinstance(value, list | tuple) else written(value)


def _ticked(value: Any) -> str:
    """☑是　□否; both open while nobody has said."""
    yes, no = (TICKED if value is True else OPEN), (TICKED if value is False else OPEN)
    return f"{yes}是　{no}否"


def _short(value: Any) -> str:
    """2025.4–2025.11 for 2025年4月至2025年11月: what a narrow column holds in one line."""
    return MONTH.sub(lambda found: ".".join(part for part in found.groups() if part), written(value)).replace(
        "至", "–"
    )


def _in_two_lines(value: Any) -> str:
    """例检民支 over 〔2026〕9号: a narrow column parts a 文号 before its year and nowhere else."""
    return written(value).replace("〔", "\n〔", 1)


def closed_up(text: str) -> str:
    """2026年2月 for 2026 年 2 月: between Chinese and digits print has no blank, whatever was typed."""
    return BLANK.sub("", text)


FILTERS: dict[str, Callable[[Any], str]] = {
    "元": written,
    "大写": _capitals,
    "汉字日期": _chinese_day,
    "人数": _heads,
    "件数": _heads,
    "是否": _ticked,
    "简写": _short,
    "分行": _in_two_lines,
    STRIKES: written,
}
