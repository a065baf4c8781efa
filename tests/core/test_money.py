"""人民币: reading, showing, 大写."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import LARGEST, MoneyField, parse_yuan, read_yuan, uppercase_yuan, yuan
from tests.core.reading import outcome, sentence_of

AMOUNTS = st.decimals(min_value=0, max_value=LARGEST, places=2)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("405000", "肆拾万伍仟元整"),
        ("15310", "壹万伍仟叁佰壹拾元整"),
        ("91.38", "玖拾壹元叁角捌分"),
        ("100000.05", "壹拾万元零伍分"),
        ("1010.50", "壹仟零壹拾元伍角"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("10005000", "壹仟万伍仟元整"),
        ("10000500", "壹仟万零伍佰元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("1000000000001", "壹兆零壹元整"),
        ("-3.20", "负叁元贰角"),
    ],
)
def test_uppercase_vectors(amount, words):
    assert uppercase_yuan(Decimal(amount)) == words


def spelt_digit_by_digit(amount):
    """Another way to 大写: every digit with its unit, then the noughts rubbed out by rules."""
    whole, fen = divmod(int(amount * 100), 100)
    digits = dict(zip("0123456789", "零壹贰叁肆伍陆柒捌玖", strict=True))
    units = ["元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟"]
    text = "".join(digits[d] + units[len(str(whole)) - 1 - i] for i, d in enumerate(str(whole)))
    text = re.sub("零[仟佰拾]", "零", text)
    text = re.sub("零+", "零", text)
    text = re.sub("零([亿万元])", r"\1", text)
    text = re.sub("零+", "零", text.replace("亿万", "亿零"))
    text = re.sub("零([元])", r"\1", text) if whole else ""
    jiao, rest = divmod(fen, 10)
    tail = (digits[str(jiao)] + "角" if jiao else "零" if rest and whole else "") + (
        digits[str(rest)] + "分" if rest else ""
    )
    return text + tail if tail else (text or "零元") + "整"


@given(AMOUNTS)
def test_uppercase_agrees_with_another_way_of_spelling(amount):
    assert uppercase_yuan(amount) == spelt_digit_by_digit(amount)


def read_back(words):
    """The number that a 大写 text says."""
    values = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    places = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = Decimal(0)
    for c in words:
        if c in values:
            digit = Decimal(values[c])
        elif c in places:
            group, digit = group + digit * places[c], Decimal(0)
        elif c in "兆亿万元":
            power = {"兆": 12, "亿": 8, "万": 4, "元": 0}[c]
            total, group, digit = total + (group + digit) * 10**power, Decimal(0), Decimal(0)
        elif c in "角分":
            total, digit = total + digit / (10 if c == "角" else 100), Decimal(0)
    return total


@given(st.decimals(min_value=0, max_value="9999999999999999.99", places=2))
def test_uppercase_says_the_same_number_without_stammering(amount):
    words = uppercase_yuan(amount)

    assert read_back(words) == amount
    assert "零零" not in words


@pytest.mark.parametrize("amount", ["1.234", "NaN", "Infinity", "10000000000000000"])
def test_uppercase_refuses_what_is_no_sum_of_money(amount):
    with pytest.raises(ValueError, match="大写金额"):
        uppercase_yuan(Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("24000", "24000.00"),
        ("２４，０００．５", "24000.50"),
        ("￥24,000.00元", "24000.00"),
        ("人民币 24000 元整", "24000.00"),
        (" 24 000 ", "24000.00"),
        ("\u200b0", "0.00"),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    assert read_yuan(typed) == (Decimal(amount), "")


@pytest.mark.parametrize(("typed", "amount"), [("2.4万", "24,000.00"), ("1亿元", "100,000,000.00")])
def test_a_multiplied_unit_is_said_aloud(typed, amount):
    value, notice = read_yuan(typed, noun="欠薪金额")

    assert yuan(value) == amount
    assert notice == f"欠薪金额已按 {amount} 元填入，请核对。"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "金额请填数字，例如 24000。"),
        ("两万", "金额请填数字，例如 24000。"),
        ("24,00", "金额请填数字，例如 24000。"),
        ("1e5", "金额请填数字，例如 24000。"),
        ("٢٤", "金额请填数字，例如 24000。"),
        ("-5", "金额不能小于 0。"),
        ("1.234", "金额最多两位小数，例如 24000.50。"),
        ("1" * 40, "金额太大，最多 999,999,999,999.99 元，请核对。"),
        ("99999亿", "金额太大，最多 999,999,999,999.99 元，请核对。"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_remedy(typed, sentence):
    assert sentence_of(parse_yuan, typed) == sentence


@given(AMOUNTS)
def test_what_is_shown_can_be_typed_back(amount):
    assert parse_yuan(yuan(amount)) == amount


@given(st.text(alphabet=st.characters() | st.sampled_from("0123456789.,，￥元万亿-+eE")))
def test_reading_raises_nothing_but_value_error(text):
    value, sentence = outcome(parse_yuan, text)

    assert sentence.endswith("。") if value is None else parse_yuan(str(value)) == value


def test_half_a_fen_is_rounded_up():
    assert yuan(Decimal("0.005")) == "0.01"
    assert yuan(Decimal("-1234.5")) == "-1,234.50"


def test_money_columns_are_yuan_with_two_places():
    field = MoneyField()

    assert (field.max_digits, field.decimal_places) == (14, 2)
