"""One cell of the worker grid: what was typed → value and note, or ValueError with the sentence (ux.md P3g)."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from core import clock, identity
from core.days import parse_day
from core.money import read_yuan, yuan
from core.text import fold_digits, has_control, plain_name, tidy

MOST_OWED = Decimal(10_000_000)
YOUNGEST, OLDEST = 16, 60
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?|(\d{4})(\d{2})", re.ASCII)


class Read(NamedTuple):
    """The value, the text to show again, and a note when somebody should look (nothing is wrong)."""

    value: Any
    shown: str
    note: str = ""


def read_name(text: str, noun: str) -> Read:
    name = _short(plain_name(text), 50, noun)
    return Read(name, name)


def read_id(text: str, noun: str) -> Read:
    number = identity.parse_id_number(text, noun=noun)
    age = identity.age_on(number, clock.today())
    if age < YOUNGEST:
        raise ValueError(f"此人未满 {YOUNGEST} 周岁，系童工线索，请另行移送劳动监察。")
    note = f"此人已满 {OLDEST} 周岁，按超龄用工处理，可以继续提交。" if age >= OLDEST else ""
    return Read(number, number, note)


def read_id_of_any_age(text: str, noun: str) -> Read:
    """Support and custody are claimed for children too: no age is a mistake."""
    number = identity.parse_id_number(text, noun=noun)
    return Read(number, number)


def read_phone(text: str, noun: str) -> Read:
    phone = identity.parse_phone(text, noun=noun)
    return Read(phone, phone)


def read_job(text: str, noun: str) -> Read:
    job = _short(tidy(text), 40, noun)
    return Read(job, job)


def read_remark(text: str, noun: str) -> Read:
    remark = _short(tidy(text), 200, noun)
    return Read(remark, remark)


def read_from(text: str, noun: str) -> Read:
    """A day, or a month: then its first day. Not in the future."""
    first, _ = _day_or_month(text, noun)
    if first > clock.today():
        raise ValueError(f"{noun}不能晚于今天（{clock.today()}），请核对。")
    return Read(first, fold_digits(text))


def read_to(text: str, noun: str) -> Read:
    """A day, or a month: then its last day."""
    _, last = _day_or_month(text, noun)
    return Read(last, fold_digits(text))


def read_owed(text: str, noun: str) -> Read:
    """Yuan, above 0 and below ten million; `2.4万` is understood and said so."""
    amount = read_yuan(text, noun=noun)
    if not 0 < amount.value < MOST_OWED:
        raise ValueError(f"{noun}应大于 0、小于 1000 万元，请核对。")
    note = f"已换算为 {yuan(amount.value)}，请核对。" if amount.notice else ""
    return Read(amount.value, f"{amount.value:f}", note)


READERS: dict[str, Callable[[str, str], Read]] = {
    "name": read_name,
    "id_number": read_id,
    "phone": read_phone,
    "job": read_job,
    "from": read_from,
    "to": read_to,
    "owed": read_owed,
    "remark": read_remark,
}
READERS_OF_OTHERS = READERS | {"id_number": read_id_of_any_age}


def visible(text: str, noun: str) -> str:
    """What was typed, blank when only blanks were; control characters are refused, not swallowed."""
    if has_control(text):
        raise ValueError(f"{noun}里有看不见的控制字符，请删除后重新填写。")
    return text if tidy(text) else ""


def _day_or_month(text: str, noun: str) -> tuple[date, date]:
    match = MONTH.fullmatch(fold_digits(text))
    if match is None:
        day = parse_day(text, noun=noun)
        return day, day
    year, month = (int(part) for part in match.groups() if part is not None)
    first = parse_day(f"{year:04}-{month}-1", noun=noun)
    return first, first.replace(day=monthrange(year, month)[1])


def _short(text: str, limit: int, noun: str) -> str:
    if len(text) > limit:
        raise ValueError(f"{noun}有 {len(text)} 个字，最多 {limit} 个字。请缩短。")
    return text
