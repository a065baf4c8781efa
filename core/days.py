"""Days as people write them."""

import re
from calendar import monthrange
from datetime import date

from core.text import fold_digits

WRITTEN = re.compile(r"(\d{4})[-/.年—–](\d{1,2})[-/.月—–](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
EXAMPLE = "请改成类似 2026-01-13 的日期。"
YEARS = range(1900, 2201)


def parse_day(text: str, *, noun: str = "日期") -> date:
    """2026-01-13, 2026/1/13, 2026.1.13, 2026年1月13日 or 20260113; ValueError carries the sentence."""
    match = WRITTEN.fullmatch(fold_digits(text).replace("。", "."))
    if not match:
        raise ValueError(f"{noun}看不懂，{EXAMPLE}")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if year not in YEARS:
        raise ValueError(f"{noun}的年份 {year} 不对，{EXAMPLE}")
    if not 1 <= month <= 12:
        raise ValueError(f"{noun}没有 {month} 月，{EXAMPLE}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"{noun}的 {year} 年 {month} 月没有 {day} 日，{EXAMPLE}")
    return date(year, month, day)


def chinese_day(day: date) -> str:
    """2026年1月3日, as papers print it (GB/T 9704: no leading zero)."""
    return f"{day.year}年{day.month}月{day.day}日"
