from datetime import date

import pytest
from django.apps import apps

from deadlines.models import Confidence, Holiday, Kind, Term
from deadlines.periods import PERIODS
from deadlines.reference import calendar_warning, seed_reference
from deadlines.rules import Unit
from tests.deadlines.vectors import BY_HAND, WHOLE_2027

CODES = [
    *(f"C{n}" for n in range(1, 23)),
    *(f"A{n}" for n in range(1, 6)),
    *("I1", "I2", "LA1", "LA2"),
    *(f"P{n}" for n in (1, 2, 3, 4, 5, "6a", "6b", 7, 8, 9, 10, 11, 12, 13, 14)),
]
LIMITATIONS = {"L1", "L1E", "L1D", "L3", "L3N"}


def test_every_row_of_the_domain_table_is_a_rule():
    shipped = set(Term.objects.filter(organisation=None).values_list("code", flat=True))

    assert set(CODES) <= shipped
    assert shipped - set(CODES) == {*LIMITATIONS, "C10R", "C13C", "P8R", "P14N", "M1", "P1S", "P3S"}


@pytest.mark.parametrize(
    ("code", "length", "unit", "kind", "roll", "backward"),
    [
        ("C1", 7, Unit.DAY, Kind.STATUTORY, True, False),
        ("C4", 3, Unit.DAY, Kind.STATUTORY, True, True),
        ("C5", 6, Unit.MONTH, Kind.STATUTORY, True, False),
        ("C8", 15, Unit.DAY, Kind.STATUTORY, True, False),
        ("C11", 48, Unit.HOUR, Kind.STATUTORY, False, False),
        ("C18", 2, Unit.YEAR, Kind.STATUTORY, True, False),
        ("I1", 60, Unit.WORKING_DAY, Kind.STATUTORY, False, False),
        ("P1", 3, Unit.WORKING_DAY, Kind.INTERNAL, False, False),
        ("P6a", 15, Unit.DAY, Kind.INTERNAL, True, False),
        ("P6b", 3, Unit.MONTH, Kind.INTERNAL, True, False),
        ("P9", 3, Unit.DAY, Kind.INTERNAL, True, True),
        ("P10", 2, Unit.MONTH, Kind.INTERNAL, True, False),
    ],
)
def test_rules_are_as_the_law_has_them(code, length, unit, kind, roll, backward):
    term = Term.objects.get(code=code, organisation=None)

    assert (term.length, term.unit, term.kind, term.roll, term.backward) == (
        length,
        unit,
        kind,
        roll,
        backward,
    )


# typed from domain.md §4.1 and §4.2: d days, w working days, m months, y years, h hours
TABLE = """
C1 7d, C2 5d, C3 15d, C4 3d, C5 6m, C6 3m, C7 2m, C8 15d, C9 10d, C10 3m, C10R 30d, C11 48h, C12 30d, C13 5d,
C13C 10d, C14 30d, C15 30d, C16 15d, C17 15d, C18 2y, C19 6m, C20 15d, C21 30d, C22 10d, A1 5d, A2 45d, A3 15d,
A4 30d, A5 15d, I1 60w, I2 2y, LA1 7d, LA2 3d, P1 3w, P2 5w, P3 7d, P4 3d, P5 3d, P6a 15d, P6b 3m, P7 15d, P8 3d,
P8R 3d, P9 3d, P10 2m, P11 5d, P12 2m, P13 1m, P14 1d, P14N 30d
"""
UNITS = {"d": Unit.DAY, "w": Unit.WORKING_DAY, "m": Unit.MONTH, "y": Unit.YEAR, "h": Unit.HOUR}


def test_every_length_is_that_of_the_domain_table():
    told = {row.split()[0]: row.split()[1] for row in TABLE.replace("\n", " ").split(",")}
    terms = {term.code: term for term in Term.objects.filter(organisation=None)}

    assert {code: (terms[code].length, terms[code].unit) for code in told} == {
        code: (int(length[:-1]), UNITS[length[-1]]) for code, length in told.items()
    }
    assert {code for code in told if terms[code].backward} == {"C4", "P9"}
    assert {code for code in told if not terms[code].roll} == {"C11", "C19", "I1", "P1", "P2"}
    assert {code for code in told if terms[code].stops} == {
        "C5", "C6", "C7", "C10", "C10R", "A2", "P6a", "P6b", "P12",
    }  # fmt: skip
    assert {code for code in told if terms[code].extension} == {
        "C5",
        "C6",
        "C7",
        "C10",
        "C15",
        "A2",
        "I1",
        "P6a",
    }


def test_what_the_office_must_confirm_says_so():
    unsure = Term.objects.filter(confidence=Confidence.UNSURE).values_list("code", flat=True)

    assert set(unsure) == {"C15", "L1D", "P1", "P2", "P3", "P6a", "P6b", "P7", "P14", "P14N"}
    assert not Term.objects.filter(basis="").exists()


def test_seeding_twice_changes_nothing_and_keeps_what_an_office_changed():
    Term.objects.filter(code="P6a").update(length=20)
    Holiday.objects.filter(day=date(2026, 10, 1)).update(name="国庆")
    before = (Term.objects.count(), Holiday.objects.count())

    seed_reference()

    assert (Term.objects.count(), Holiday.objects.count()) == before == (len(PERIODS), 256)
    assert Term.objects.get(code="P6a").length == 20
    assert Holiday.objects.get(day=date(2026, 10, 1)).name == "国庆"


def test_seeding_restores_what_is_missing():
    Term.objects.filter(code="C1").delete()
    Holiday.objects.filter(day__year=2026).delete()

    seed_reference(apps)

    assert Term.objects.filter(code="C1").exists()
    assert Holiday.objects.filter(day__year=2026).count() == 39


def test_shipped_holidays_agree_with_the_notices_typed_by_hand():
    calendar = Holiday.objects.calendar()

    assert BY_HAND.off <= calendar.off
    assert BY_HAND.work <= calendar.work
    assert calendar.years == set(range(2020, 2027))
    assert calendar.describe(date(2023, 10, 2)) == "国庆节假期"


def test_a_year_entered_by_halves_does_not_count_as_entered():
    Holiday.objects.create(day=date(2027, 1, 1), kind="off", name="元旦")
    assert 2027 not in Holiday.objects.calendar().years

    Holiday.objects.create(day=date(2027, 10, 1), kind="off", name="国庆节")
    assert 2027 not in Holiday.objects.calendar().years

    for day in WHOLE_2027:
        Holiday.objects.get_or_create(day=day, defaults={"kind": "off", "name": "节日"})
    assert 2027 in Holiday.objects.calendar().years


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        ("2026-11-01", ""),
        ("2026-11-02", "2027 年节假日安排尚未录入，请管理员按国务院办公厅通知在“节假日”里录入。"),
        ("2027-03-01", "2027 年节假日安排尚未录入，请管理员按国务院办公厅通知在“节假日”里录入。"),
        ("2027-12-01", "2027、2028 年节假日安排尚未录入，请管理员按国务院办公厅通知在“节假日”里录入。"),
    ],
)
def test_a_missing_year_is_named_sixty_days_ahead(today, sentence):
    assert calendar_warning(date.fromisoformat(today)) == sentence
