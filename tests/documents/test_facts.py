from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from documents.conventions import chinese_day, number_template, paper_day
from documents.facts import differing, fact, from_json, missing, to_json
from tests.documents.factories import letter_facts


@dataclass(frozen=True)
class Inner:
    amount: Decimal
    on: date | None = None


@dataclass(frozen=True)
class Facts:
    name: str = field(metadata=fact("姓名", required=True))
    rows: list[Inner] = field(default_factory=list, metadata=fact("明细", required=True))
    note: str = field(default="", metadata=fact("备注"))


def test_facts_survive_storage():
    facts = Facts("王建国", [Inner(Decimal("27000.50"), date(2026, 11, 25)), Inner(Decimal("0.10"))])

    assert from_json(Facts, to_json(facts)) == facts
    assert from_json(type(letter_facts(3)), to_json(letter_facts(3))) == letter_facts(3)


def test_one_content_has_one_spelling():
    assert to_json(Facts("王", [Inner(Decimal("1.50"))])) == (
        '{"name":"王","note":"","rows":[{"amount":"1.50","on":null}]}'
    )


def test_facts_that_the_class_no_longer_knows_are_left_behind():
    assert from_json(Facts, '{"name":"王","gone":1}') == Facts("王")


def test_only_plain_values_are_facts():
    with pytest.raises(TypeError, match="object cannot be a fact of a paper"):
        to_json(Facts(object()))


@pytest.mark.parametrize(
    ("facts", "labels"),
    [
        (Facts(""), ["姓名", "明细"]),
        (Facts(" ", [Inner(Decimal(1))]), ["姓名"]),
        (Facts("王", [Inner(Decimal(1))]), []),
    ],
)
def test_missing_names_required_facts_only(facts, labels):
    assert missing(facts) == labels


def test_differing_names_what_two_versions_say():
    assert differing(Facts, {"name": "王", "note": "甲"}, {"name": "王", "note": "乙"}) == {
        "备注": ("甲", "乙")
    }


@pytest.mark.parametrize(
    ("day", "chinese"),
    [
        (date(2023, 8, 3), "二〇二三年八月三日"),
        (date(2020, 10, 10), "二〇二〇年十月十日"),
        (date(2026, 12, 20), "二〇二六年十二月二十日"),
        (date(2026, 1, 31), "二〇二六年一月三十一日"),
        (date(2026, 11, 11), "二〇二六年十一月十一日"),
    ],
)
def test_days_in_both_ways_of_writing(day, chinese):
    assert chinese_day(day) == chinese
    assert paper_day(day) == f"{day.year}年{day.month}月{day.day}日"


def test_every_own_template_has_the_office_the_year_and_hexagonal_brackets():
    for kind in ("case", "letter", "suggestion"):
        assert "〔{year}〕{seq}号" in number_template(kind)
