"""Width, blanks, invisible characters; names; days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import chinese_day, parse_day
from core.text import fold_digits, has_control, plain_name, tidy, tidy_lines
from tests.core.reading import outcome, sentence_of

ANY = st.text(st.characters(codec=None, exclude_categories=[]))


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("\ufeff　某建筑（集宁）有限公司\u200b ", "某建筑（集宁）有限公司"),
        ("ＡＢＣ１２３", "ABC123"),
        ("一，二；三", "一，二；三"),
        ("a\u202eb\x00c", "abc"),
        ("多   个\t空\n格", "多 个 空 格"),
    ],
)
def test_tidy_folds_words_and_leaves_chinese_punctuation(typed, tidied):
    assert tidy(typed) == tidied


def test_prose_keeps_its_lines():
    assert tidy_lines("\r\n 第一行 \r\n\r\n　　第二行\x07\u200b") == "第一行\n\n  第二行"


def test_codes_lose_every_blank_and_all_width():
    assert fold_digits("ＸＳ－１５０９０２ － ２０２６") == "XS-150902-2026"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王 建 国", "王建国"),
        ("巴特尔 • 孟和", "巴特尔·孟和"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
    ],
)
def test_names_have_one_spelling(typed, name):
    assert plain_name(typed) == name


def test_control_characters_are_seen():
    assert has_control("a\x00b")
    assert has_control("\x1b[31m")
    assert not has_control("一行\n\t两行\r\n")


@pytest.mark.parametrize("fold", [tidy, tidy_lines, fold_digits, plain_name])
@given(text=ANY)
def test_folding_twice_is_folding_once(fold, text):
    assert fold(fold(text)) == fold(text)
    assert not has_control(fold(text))


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-13",
        "2026年1月13日",
        "2026/1/13",
        "2026.1.13",
        "２０２６－０１－１３",
        "20260113",
        " 2026 年 1 月 13 日",
    ],
)
def test_days_as_people_write_them(typed):
    assert parse_day(typed) == date(2026, 1, 13)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-13-01", "受理日期没有 13 月，请改成类似 2026-01-13 的日期。"),
        ("2026-02-30", "受理日期的 2026 年 2 月没有 30 日，请改成类似 2026-01-13 的日期。"),
        ("2026-00-10", "受理日期没有 0 月，请改成类似 2026-01-13 的日期。"),
        ("0026-01-13", "受理日期的年份 26 不对，请改成类似 2026-01-13 的日期。"),
        ("明天", "受理日期看不懂，请改成类似 2026-01-13 的日期。"),
        ("26-1-13", "受理日期看不懂，请改成类似 2026-01-13 的日期。"),
    ],
)
def test_a_wrong_day_is_refused_with_the_remedy(typed, sentence):
    assert sentence_of(parse_day, typed, noun="受理日期") == sentence


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_papers_day_can_be_read_back(day):
    assert parse_day(chinese_day(day)) == day


@given(ANY)
def test_reading_a_day_raises_nothing_but_value_error(text):
    day, sentence = outcome(parse_day, text)

    assert sentence.endswith("。") if day is None else parse_day(day.isoformat()) == day
