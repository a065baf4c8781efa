"""时效的计算 (domain.md §4.3): which period a claim has, counted from its base day over its events."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.limitation.reckoning import kinds_for, level, reckon
from cases.models import LegalTrack, Limitation
from deadlines.calendars import Calendar
from deadlines.periods import PERIODS
from deadlines.rules import Rule

PLAIN = Calendar(frozenset(), frozenset(), frozenset(), {})
RULES = {period.code: Rule(period.length, period.unit, period.roll) for period in PERIODS}


@dataclass(frozen=True)
class Happened:
    kind: str
    on: date
    removed_on: date | None = None


def at(kind, *days):
    return Happened(kind, *(date.fromisoformat(day) for day in days))


def counted(kind, base, *events):
    return reckon(base, events, kind, RULES[Limitation.TERMS[kind]], PLAIN)


def expiry(kind, base, *events):
    return counted(kind, date.fromisoformat(base), *events).expires_on.isoformat()


@pytest.mark.parametrize(
    ("kind", "base", "events", "expires"),
    [
        ("wage", "2023-03-31", [], "2024-04-01"),  # T8: 31 March 2024 is a Sunday
        ("labour", "2024-02-29", [], "2025-02-28"),  # month end
        ("double_wage", "2025-03-03", [], "2026-03-03"),
        ("civil", "2021-01-31", [], "2024-01-31"),  # T9 before the demand
        ("civil", "2021-01-31", [at("demand", "2022-06-10")], "2025-06-10"),  # T9
        ("civil_undated", "2021-03-03", [], "2024-03-04"),  # 3 March 2024 is a Sunday
        ("civil", "2021-01-31", [at("demand", "2022-06-10"), at("admission", "2024-05-06")], "2027-05-06"),
        ("civil", "2021-01-31", [at("admission", "2024-05-06"), at("demand", "2022-06-10")], "2027-05-06"),
        ("civil", "2021-01-31", [at("demand", "2024-02-01")], "2024-01-31"),  # after expiry: revives nothing
        ("civil", "2021-01-31", [at("demand", "2024-01-31")], "2027-02-01"),  # on the last day: in time
        ("civil", "2021-01-31", [at("demand", "2020-01-01")], "2024-01-31"),  # before the base day
        ("civil", "2021-01-31", [at("suit", "2022-06-10")], "2025-06-10"),
        ("civil", "2021-01-31", [at("mediation", "2022-06-10")], "2025-06-10"),
        ("civil", "2021-01-31", [at("authority", "2022-06-10")], "2025-06-10"),
        ("wage", "2025-03-03", [at("demand", "2025-06-10")], "2026-06-10"),
        ("wage", "2025-03-03", [at("authority", "2025-06-10")], "2026-06-10"),
        ("wage", "2025-03-03", [at("admission", "2025-06-10")], "2026-06-10"),
        ("wage", "2025-03-03", [at("mediation", "2025-06-10")], "2026-06-10"),  # a competent body (ADR 0008)
        ("labour", "2025-03-03", [at("suit", "2025-06-10")], "2026-06-10"),
        ("double_wage", "2025-03-03", [at("mediation", "2025-06-10")], "2026-06-10"),
        # 中止, civil: only in the last six months, then six months after the removal
        ("civil", "2021-01-31", [at("obstacle", "2023-09-01", "2023-12-01")], "2024-06-03"),
        ("civil", "2021-01-31", [at("obstacle", "2023-01-01", "2023-08-15")], "2024-02-15"),
        ("civil", "2021-01-31", [at("obstacle", "2023-01-01", "2023-07-31")], "2024-01-31"),
        ("civil", "2021-01-31", [at("obstacle", "2024-02-01", "2024-03-01")], "2024-01-31"),
        ("civil", "2021-01-31", [at("obstacle", "2023-09-01")], "2024-01-31"),  # goes on: nobody warned late
        # 中止, arbitration: what is left runs on
        ("wage", "2025-03-03", [at("obstacle", "2025-06-02", "2025-06-12")], "2026-03-13"),
        (
            "wage",
            "2025-03-03",
            [at("obstacle", "2025-06-02", "2025-06-12"), at("obstacle", "2025-06-05", "2025-06-10")],
            "2026-03-13",
        ),  # two at once: no day is given back twice
        (
            "wage",
            "2025-03-03",
            [at("obstacle", "2025-06-02", "2025-06-12"), at("demand", "2025-07-01")],
            "2026-07-01",
        ),  # begun anew after it: nothing is given back
    ],
)
def test_expiry(kind, base, events, expires):
    assert expiry(kind, base, *events) == expires


@pytest.mark.parametrize(
    ("kind", "events", "expires", "promised"),
    [
        ("civil", [at("admission", "2024-06-01")], "2024-01-31", "2024-06-01"),
        ("civil", [at("admission", "2024-01-31")], "2027-02-01", None),  # on the last day: it interrupts
        ("civil", [at("admission", "2024-02-01"), at("admission", "2025-02-01")], "2024-01-31", "2024-02-01"),
        ("civil", [at("demand", "2024-06-01"), at("suit", "2024-07-01")], "2024-01-31", None),
        ("civil", [at("admission", "2024-06-01"), at("demand", "2023-06-01")], "2027-06-01", None),
        ("civil_undated", [at("admission", "2030-06-01")], "2024-01-31", "2030-06-01"),
        ("wage", [at("admission", "2024-06-01")], "2022-01-31", "2024-06-01"),  # left to the prosecutor
    ],
)
def test_a_promise_after_the_expiry_is_kept_apart_and_revives_nothing(kind, events, expires, promised):
    found = counted(kind, date(2021, 1, 31), *events)

    assert found.expires_on.isoformat() == expires
    assert (found.promised_on.isoformat() if found.promised_on else None) == promised


@pytest.mark.parametrize(
    ("kind", "base", "events", "text"),
    [
        (
            "wage",
            "2025-12-21",
            [at("demand", "2026-03-10"), at("obstacle", "2026-11-01", "2026-11-21")],
            "2026-03-10 中断后重新计算，加 1 年至 2027-03-10，2026-11-01 至 2026-11-21 中止 20 日，至 2027-03-30",
        ),
        (
            "wage",
            "2025-12-21",
            [at("obstacle", "2026-01-05", "2026-01-25"), at("demand", "2026-03-10")],
            "2026-03-10 中断后重新计算，加 1 年至 2027-03-10",
        ),
        (
            "civil",
            "2021-03-03",
            [at("obstacle", "2023-10-09", "2023-12-01")],
            "起算 2021-03-03（不计入），加 3 年至 2024-03-03（周日），"
            "2023-10-09 至 2023-12-01 中止，障碍消除后满 6 个月，至 2024-06-03",
        ),
    ],
)
def test_the_line_says_what_interrupted_and_how_long_it_stood(kind, base, events, text):
    assert counted(kind, date.fromisoformat(base), *events).text == text


def demands(base, years, every=2):
    first = date.fromisoformat(base)
    return [at("demand", first.replace(year=first.year + n).isoformat()) for n in range(every, years, every)]


@pytest.mark.parametrize(
    ("kind", "base", "events", "expires"),
    [
        ("civil", "2004-01-31", demands("2004-01-31", 19), "2024-01-31"),  # 3 years from 2022 would be 2025
        ("civil_undated", "2004-01-31", demands("2004-01-31", 17), "2023-01-31"),  # inside the twenty years
        ("civil", "2004-01-31", [*demands("2004-01-31", 21), at("demand", "2024-02-01")], "2024-01-31"),
        (
            "civil",
            "2003-03-03",
            [*demands("2003-03-03", 19), at("obstacle", "2022-12-01", "2023-02-01")],
            "2023-03-03",
        ),  # nor does an obstacle go beyond
        ("civil", "2003-02-02", demands("2003-02-02", 19), "2023-02-02"),
        ("civil", "2004-02-29", [*demands("2004-02-28", 19)], "2024-02-29"),
        ("wage", "2004-01-31", demands("2004-01-31", 25, every=1), "2029-01-31"),  # 188条2款 is of 诉讼时效
    ],
)
def test_twenty_years_after_the_harm_nothing_helps_any_more(kind, base, events, expires):
    assert expiry(kind, base, *events) == expires


def test_the_twenty_years_are_said_in_the_line():
    found = counted("civil", date(2004, 1, 31), *demands("2004-01-31", 19))

    assert found.text.endswith("，自权利受到损害之日起最长二十年，至 2024-01-31（民法典第188条第2款）")
    assert "二十年" not in counted("civil", date(2004, 1, 31)).text


def test_the_conclusion_says_which_events_counted():
    early, late = at("demand", "2022-06-10"), at("demand", "2026-01-01")

    found = counted("civil", date(2021, 1, 31), early, late)

    assert (found.counted, found.interrupted, found.runs_from) == ((early,), True, date(2022, 6, 10))


@pytest.mark.parametrize(
    ("track", "items", "category", "kinds"),
    [
        ("undecided", {"unpaid_wage"}, "wages", {"wage"}),  # the stricter reading, and only one alarm
        ("undecided", set(), "wages", {"wage"}),
        ("undecided", {"unpaid_wage", "double_wage"}, "wages", {"wage", "double_wage"}),
        ("undecided", set(), "injury", {"civil"}),
        ("undecided", set(), "maintenance", set()),  # CIVIL 196
        ("labour", {"unpaid_wage", "overtime"}, "wages", {"wage"}),
        ("labour", {"severance"}, "wages", {"labour"}),
        ("labour", {"unpaid_wage", "severance", "double_wage"}, "wages", {"wage", "labour", "double_wage"}),
        ("dispatch", {"unpaid_wage"}, "wages", {"wage"}),
        ("part_time", {"unpaid_wage"}, "wages", {"wage"}),
        ("service", {"unpaid_wage", "double_wage"}, "wages", {"civil"}),
        ("contract_work", {"unpaid_wage"}, "wages", {"civil"}),
        ("over_age", {"unpaid_wage"}, "wages", {"civil"}),
        ("platform", {"unpaid_wage"}, "wages", {"civil"}),
        ("not_work", set(), "injury", {"civil"}),
    ],
)
def test_relation_and_claims_decide_on_the_periods(track, items, category, kinds):
    assert kinds_for(LegalTrack(track), items, category) == kinds


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2025, 6, 11), "expired"),
        (date(2025, 6, 10), "7"),
        (date(2025, 6, 3), "7"),
        (date(2025, 6, 2), "30"),
        (date(2025, 5, 10), "90"),
        (date(2025, 1, 1), "180"),
        (date(2024, 12, 11), "none"),
    ],
)
def test_colours_change_at_180_90_30_and_7_days(today, step):
    assert level(date(2025, 6, 10), today) == step


DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
INTERRUPTIONS = st.builds(Happened, st.sampled_from(["demand", "admission", "authority", "suit"]), DAYS)
OBSTACLES = st.builds(
    lambda on, days: Happened("obstacle", on, on + timedelta(days=days)), DAYS, st.integers(0, 900)
)
KINDS = st.sampled_from(Limitation.Kind.values)


@given(KINDS, DAYS, st.lists(INTERRUPTIONS | OBSTACLES, max_size=6), st.integers(1, 1100))
def test_an_interruption_inside_the_period_never_brings_the_expiry_forward(kind, base, events, days):
    before = counted(kind, base, *events)
    more = Happened("demand", base + timedelta(days=days))
    assume((more.on.month, more.on.day) != (2, 29))  # a year from it ends a day short, by law

    after = counted(kind, base, *events, more)
    # what is left runs on by its days (调解仲裁法27条3款): a year that began before a 29 February had one more of them
    assume(not ("中止" in before.text and _leaps(before.runs_from, more.on)))

    assert after.expires_on >= before.expires_on


def _leaps(first, last):
    """Whether a 29 February lies between the two days."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any((day.month, day.day) == (2, 29) for day in days)


def test_a_year_given_back_over_a_leap_day_keeps_its_days():
    stood = Happened("obstacle", date(2019, 12, 1), date(2020, 3, 9))
    assert expiry("labour", "2020-01-24", stood) == "2021-03-09"  # 366 days of which none had run
    assert expiry("labour", "2020-01-24", stood, Happened("demand", date(2020, 3, 1))) == "2021-03-08"


@given(KINDS, DAYS, st.lists(INTERRUPTIONS | OBSTACLES, max_size=6))
def test_the_order_of_entry_changes_nothing(kind, base, events):
    assert counted(kind, base, *events).expires_on == counted(kind, base, *sorted(events, key=str)).expires_on
