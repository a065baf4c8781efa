"""身份证号、手机号、统一社会信用代码、银行卡号."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc

from core import clock
from core.identity import (
    USCC_ALPHABET,
    age_on,
    birth_date,
    check_digit,
    luhn_sum,
    parse_bank_card,
    parse_id_number,
    parse_phone,
    parse_uscc,
    sex,
    uscc_check_digit,
)
from tests.core.reading import outcome, sentence_of

EXCEL = "被 Excel 改成了科学计数，原号码已丢失。请把该列设为“文本”，重新录入后再粘贴。"
PARSERS = [parse_id_number, parse_phone, parse_uscc, parse_bank_card]


@st.composite
def id_numbers(draw):
    region = draw(st.integers(110000, 829999))
    born = draw(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
    first17 = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first17 + check_digit(first17)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_known_id_numbers_are_right(number):
    assert parse_id_number(number) == number


def test_an_id_number_is_folded():
    assert parse_id_number("\ufeff’１１０１０５ 19491231-002ｘ ") == "11010519491231002X"


@given(id_numbers())
def test_unknown_regions_are_no_reason_to_refuse(number):
    assert parse_id_number(number) == number
    assert parse_id_number(parse_id_number(number)) == number


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, off):
    wrong = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]

    assert sentence_of(parse_id_number, wrong)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("11010519491231002", "身份证号少 1 位，应为 18 位。"),
        ("11010519491231002X1", "身份证号只能有数字，最后一位可以是 X，请核对。"),
        ("1101051949123100211", "身份证号多 1 位，应为 18 位。"),
        ("110105491231002", "身份证号是 15 位的旧号码，请填 18 位的新号码。"),
        ("1.10105E+17", f"身份证号{EXCEL}"),
        ("1.5E17", f"身份证号{EXCEL}"),
        ("110105199013010021", "身份证号里的出生日期不对，请对照身份证原件核对。"),
        ("110105209001010021", "身份证号里的出生日期不对，请对照身份证原件核对。"),
        ("110105194912310021", "身份证号校验位不对，请对照身份证原件核对。"),
        (
            "110105194912310000",
            "身份证号末三位成了 000，可能被 Excel 改过。请把该列设为“文本”，对照身份证原件重新录入。",
        ),
        ("无", "身份证号只能有数字，最后一位可以是 X，请核对。"),
    ],
)
def test_a_wrong_id_number_is_refused_with_the_remedy(typed, sentence):
    with clock.travel(date(2026, 11, 23)):
        assert sentence_of(parse_id_number, typed) == sentence


def test_an_id_number_tells_birth_date_sex_and_age():
    number = "11010519491231002X"

    assert birth_date(number) == date(1949, 12, 31)
    assert sex(number) == "女"
    assert sex("440524188001010014") == "男"
    assert age_on(number, date(2026, 12, 30)) == 76
    assert age_on(number, date(2026, 12, 31)) == 77


def test_nobody_is_born_tomorrow():
    first17 = "15090220261124001"
    with clock.travel(date(2026, 11, 23)):
        assert "出生日期" in sentence_of(parse_id_number, first17 + check_digit(first17))
    with clock.travel(date(2026, 11, 24)):
        assert parse_id_number(first17 + check_digit(first17))


@pytest.mark.parametrize(
    "typed", ["13800002201", "+86 138-0000-2201", "8613800002201", "１３８００００２２０１"]
)
def test_mobiles_as_people_type_them(typed):
    assert parse_phone(typed) == "13800002201"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0474-8221234", "0474-8221234"),
        ("（0474）8221234", "0474-8221234"),
        ("01082212345", "010-82212345"),
        ("0474-8221234转801", "0474-8221234-801"),
        ("13800002201", "13800002201"),
    ],
)
def test_desk_phones_where_they_are_welcome(typed, number):
    assert parse_phone(typed, landline=True) == number
    assert parse_phone(number, landline=True) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1380000220", "手机号少 1 位，应为 11 位。"),
        ("138000022011", "手机号多 1 位，应为 11 位。"),
        ("12800002201", "手机号应以 13 到 19 开头，请核对。"),
        ("见工友", "手机号请填数字，例如 13800002201。"),
    ],
)
def test_a_wrong_mobile_is_refused_with_the_remedy(typed, sentence):
    assert sentence_of(parse_phone, typed) == sentence


def test_a_uscc_is_folded_and_checked():
    assert parse_uscc("９１３５０１００ m000100y43") == "91350100M000100Y43"
    assert sentence_of(parse_uscc, "91350100M000100Y44") == "统一社会信用代码校验位不对，请对照营业执照核对。"
    assert sentence_of(parse_uscc, "9135O100M000100Y43") == (
        "统一社会信用代码里没有字母 O，请对照营业执照核对。"
    )
    assert sentence_of(parse_uscc, "91350100M000100Y4") == "统一社会信用代码少 1 位，应为 18 位。"


@given(st.text(alphabet=USCC_ALPHABET, min_size=17, max_size=17))
def test_the_check_character_of_a_uscc_agrees_with_stdnum(first17):
    assert uscc_check_digit(first17) == uscc.calc_check_digit(first17)


@given(st.text(alphabet="0123456789", min_size=16, max_size=19))
def test_the_check_of_a_card_agrees_with_stdnum(number):
    assert (luhn_sum(number) % 10 == 0) == luhn.is_valid(number)


def test_a_bank_card_is_folded_and_checked():
    assert parse_bank_card("4111 1111-1111 1111") == "4111111111111111"
    assert sentence_of(parse_bank_card, "4111111111111112") == "银行卡号校验位不对，请对照银行卡核对。"
    assert sentence_of(parse_bank_card, "6.22202E+15") == f"银行卡号{EXCEL}"


@pytest.mark.parametrize("parser", PARSERS)
@given(text=st.text(alphabet=st.characters() | st.sampled_from("0123456789Xx -+.Ee")))
def test_reading_raises_nothing_but_sentences_and_is_idempotent(parser, text):
    value, sentence = outcome(parser, text)

    assert sentence.endswith("。") if value is None else parser(value) == value
