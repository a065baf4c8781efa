"""What offices write differently (各院写法): number templates, titles, dates. Settings win over defaults."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# 待本院确认: no authoritative list was found (domain.md 5.1).
NUMBER_TEMPLATES = {
    "case": "{abbr}检民支〔{year}〕{seq}号",
    "accept": "{abbr}检民支受〔{year}〕{seq}号",
    "reject": "{abbr}检民支不受〔{year}〕{seq}号",
    "supplement": "{abbr}检民支补〔{year}〕{seq}号",
    "rights": "{abbr}检民支告〔{year}〕{seq}号",
    "fetch": "{abbr}检民支调〔{year}〕{seq}号",
    "hearing": "{abbr}检民支听〔{year}〕{seq}号",
    "correction": "{abbr}检民支正〔{year}〕{seq}号",
    "resume": "{abbr}检民支恢〔{year}〕{seq}号",
    "appear": "{abbr}检民支出〔{year}〕{seq}号",
    "court_opinion": "{abbr}检民支意〔{year}〕{seq}号",
    "letter": "{abbr}检民支函〔{year}〕{seq}号",
    "transfer_letter": "{abbr}检民支移〔{year}〕{seq}号",
    "feedback_letter": "{abbr}检民支复〔{year}〕{seq}号",
    "aid_letter": "{abbr}检民支援〔{year}〕{seq}号",
    "minutes": "{abbr}检民支纪〔{year}〕{seq}号",
    "suggestion": "{abbr}检建〔{year}〕{seq}号",
}
DIGITS = "〇一二三四五六七八九"


def number_template(kind: str) -> str:
    """文号模板 of a kind of paper, e.g. `{abbr}检民支〔{year}〕{seq}号`."""
    templates = NUMBER_TEMPLATES | getattr(settings, "NUMBER_TEMPLATES", {})
    if kind not in templates:
        raise ImproperlyConfigured(f"NUMBER_TEMPLATES 里没有“{kind}”的文号模板。")
    return templates[kind]


def paper_title(key: str, default: str) -> str:
    """文书名称: 支持起诉书 here, 支持起诉意见书 there (setting PAPER_TITLES)."""
    return getattr(settings, "PAPER_TITLES", {}).get(key, default)


def paper_day(day: date) -> str:
    """落款日期: 2026年8月3日, or 二〇二六年八月三日 where PAPER_DATES is `chinese`."""
    if getattr(settings, "PAPER_DATES", "arabic") == "chinese":
        return chinese_day(day)
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_day(day: date) -> str:
    """二〇二六年十月二十日: year digit by digit with 〇 (U+3007), month and day as numbers."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_below_hundred(day.month)}月{_below_hundred(day.day)}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
