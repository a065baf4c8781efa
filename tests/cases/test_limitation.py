"""时效的计算 (domain.md §4.3): which period a claim has, counted from its base day over its events."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
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
        ("wage", "2025-03-03", [at("mediation", "2025-06-10")], "2026-03-03"),  # not named in LDMA 27
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

    after = counted(kind, base, *events, more)

    assert after.expires_on >= before.expires_on


@given(KINDS, DAYS, st.lists(INTERRUPTIONS | OBSTACLES, max_size=6))
def test_the_order_of_entry_changes_nothing(kind, base, events):
    assert counted(kind, base, *events).expires_on == counted(kind, base, *sorted(events, key=str)).expires_on
