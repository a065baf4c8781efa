"""Money is Decimal, yuan, two places; never float."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models

from core.text import fold_digits

FEN = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ["仟", "佰", "拾", ""]
GROUPS = ["兆", "亿", "万", ""]
MULTIPLES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
WRITTEN = re.compile(
    r"(?:人民币|RMB|CNY)?[¥￥]?(?P<digits>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d+))?(?P<unit>[万亿]?)(?:元整?|圆整?)?",
    re.ASCII | re.IGNORECASE,
)


class MoneyField(models.DecimalField):
    """金额: yuan with two places, up to 999,999,999,999.99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class Amount(NamedTuple):
    """What was understood, and a sentence to show when it is not literally what was typed."""

    value: Decimal
    notice: str


def yuan(amount: Decimal | int) -> str:
    """405000 → `405,000.00`, half a fen rounded up."""
    return f"{Decimal(amount).quantize(FEN, rounding='ROUND_HALF_UP'):,}"


def parse_yuan(text: str, *, noun: str = "金额") -> Decimal:
    """Yuan from what people type; ValueError carries the sentence for the screen."""
    return read_yuan(text, noun=noun).value


def read_yuan(text: str, *, noun: str = "金额") -> Amount:
    """As `parse_yuan`, with a notice when a unit was multiplied out (`2.4万`)."""
    typed = fold_digits(text).replace("，", ",")
    match = WRITTEN.fullmatch(typed)
    if not match:
        if re.fullmatch(r"[-−－].*\d.*", typed):
            raise ValueError(f"{noun}不能小于 0。")
        raise ValueError(f"{noun}请填数字，例如 24000。")
    number = Decimal(f"{match['digits'].replace(',', '')}.{match['part'] or 0}")
    return _amount(number, match["unit"], noun=noun)


def _amount(number: Decimal, unit: str, *, noun: str) -> Amount:
    # Compared before it is multiplied: beyond 28 digits Decimal would round without a word.
    if number > LARGEST or (value := number * MULTIPLES[unit]) > LARGEST:
        raise ValueError(f"{noun}太大，最多 {yuan(LARGEST)} 元，请核对。")
    if value != value.quantize(FEN):
        raise ValueError(f"{noun}最多两位小数，例如 24000.50。")
    value = value.quantize(FEN)
    return Amount(value, f"{noun}已按 {yuan(value)} 元填入，请核对。" if unit else "")


def uppercase_yuan(amount: Decimal | int) -> str:
    """人民币大写: 405000 → 肆拾万伍仟元整; 100000.05 → 壹拾万元零伍分 (domain 5.2).

    No 零 between a group that ends in 0 and one that starts with a digit; 整 is left off after 角.
    """
    value = Decimal(amount)
    if not value.is_finite() or abs(value) >= 10**16 or value != value.quantize(FEN):
        raise ValueError("大写金额最多两位小数，整数部分最多 16 位。")
    whole, fen = divmod(int(abs(value) * 100), 100)
    sign = "负" if value < 0 else ""
    return f"{sign}{_whole(whole)}{_fraction(fen, whole)}"


def _whole(number: int) -> str:
    """The part before the point with its 元; nothing for 0."""
    if not number:
        return ""
    groups = [number // 10_000**power % 10_000 for power in (3, 2, 1, 0)]
    words = _group(groups[0], GROUPS[0])
    for (before, group), unit in zip(pairwise(groups), GROUPS[1:], strict=True):
        if words and group and (group < 1000 or not before):
            words += "零"
        words += _group(group, unit)
    return f"{words}元"


def _group(number: int, unit: str) -> str:
    """Up to four digits with their unit: 1010 万 → 壹仟零壹拾万."""
    words = ""
    for digit, place in zip(f"{number:04}", PLACES, strict=True):
        if digit != "0":
            words += DIGITS[int(digit)] + place
        elif words and not words.endswith("零"):
            words += "零"
    return f"{words.removesuffix('零')}{unit}" if words else ""


def _fraction(fen: int, whole: int) -> str:
    """角 and 分, or 整."""
    if not fen:
        return "整" if whole else "零元整"
    jiao, rest = divmod(fen, 10)
    words = f"{DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return words + (f"{DIGITS[rest]}分" if rest else "")
