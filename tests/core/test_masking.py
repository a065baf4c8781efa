"""What is shown instead of personal data, and what search may know."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import masking
from core.search import lookup, terms


@pytest.mark.parametrize(
    ("mask", "clear", "shown"),
    [
        (masking.mask_id, "152301198501010017", "1523**********0017"),
        (masking.mask_id, "E12345678", "E1*****78"),
        (masking.mask_phone, "13800002201", "138****2201"),
        (masking.mask_phone, "0474-8221234", "047*****1234"),
        (masking.mask_phone, "12345", "***45"),
        (masking.mask_card, "6217000012341234", "**** **** **** 1234"),
        (masking.mask_card, "1234", "****"),
        (masking.mask_name, "王建国", "王某某"),
        (masking.mask_name, "王建", "王某"),
        (masking.mask_name, "欧阳锋", "欧阳某"),
        (masking.mask_name, "巴特尔·孟和", "巴某某"),
        (masking.mask_name, "", ""),
    ],
)
def test_masks(mask, clear, shown):
    assert mask(clear) == shown


@pytest.mark.parametrize("mask", [masking.mask_id, masking.mask_phone, masking.mask_card])
@given(number=st.text("0123456789X-", min_size=1, max_size=20))
def test_a_mask_never_shows_the_whole(mask, number):
    shown = mask(number)

    assert shown.count("*") >= 1
    assert number not in shown


def test_a_group_goes_by_its_first_person():
    assert masking.group_title("王建国", 15) == "王建国等 15 人"
    assert masking.group_title("王建国", 1) == "王建国"


def found(row, typed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [terms(*row), lookup(typed)])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "typed",
    [
        "王",
        "王建",
        "建国",
        "王建国",
        "wangjianguo",
        "wangjian",
        "wjg",
        "0016",
        "16",
        "2026 王",
        "集检民支〔2026〕16号",
    ],
)
def test_a_row_is_found_by_pieces_pinyin_and_tails(typed):
    assert found(["王建国", "集检民支〔2026〕16号", "150902-2026-0016"], typed)


@pytest.mark.parametrize("typed", ["王国", "李建国", "lijianguo", "17"])
def test_a_row_is_not_found_by_what_it_does_not_hold(typed):
    assert not found(["王建国", "150902-2026-0016"], typed)


@pytest.mark.parametrize("typed", ["zengguofan", "cengguofan"])
def test_a_name_with_two_readings_is_found_by_both(typed):
    assert found(["曾国藩"], typed)


@given(st.text(max_size=30))
def test_terms_and_lookups_are_always_safe_for_the_database(text):
    assert not set(terms(text)) & set("'\\:&|!()*<>")
    assert not set(lookup(text)) & set("'\\|!()<>")
