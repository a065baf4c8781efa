"""时效 (domain.md 4.3): counted from the base day over interruptions; expiry is a risk, never a bar."""

from datetime import date

import pytest

from cases.decision.guards import support_gaps
from cases.review import actions, limitation
from core import clock
from deadlines.calendars import Calendar
from tests.cases.deciding import supportable
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused

PLAIN = Calendar(frozenset(), frozenset(), frozenset(), {})


@pytest.mark.parametrize(
    ("track", "base", "interruptions", "expires"),
    [
        ("labour", date(2023, 3, 31), [], date(2024, 4, 1)),  # T8: 31 March 2024 is a Sunday
        ("service", date(2021, 1, 31), [], date(2024, 1, 31)),
        ("service", date(2021, 1, 31), [date(2022, 6, 10)], date(2025, 6, 10)),  # T9
        ("not_work", date(2021, 1, 31), [date(2022, 6, 10), date(2024, 5, 6)], date(2027, 5, 6)),
        (
            "service",
            date(2021, 1, 31),
            [date(2024, 5, 6)],
            date(2024, 1, 31),
        ),  # after expiry: revives nothing
        ("service", date(2021, 1, 31), [date(2020, 1, 1)], date(2024, 1, 31)),  # before the base day
        ("labour", date(2024, 2, 29), [], date(2025, 2, 28)),  # month end
        ("dispatch", date(2025, 3, 3), [], date(2026, 3, 3)),
        ("over_age", date(2021, 3, 3), [], date(2024, 3, 4)),
    ],
)
def test_expiry(track, base, interruptions, expires):
    assert limitation.reckon(base, interruptions, track, PLAIN).expires_on == expires


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2025, 6, 11), "expired"),
        (date(2025, 6, 10), "7"),
        (date(2025, 5, 20), "30"),
        (date(2025, 4, 1), "90"),
        (date(2025, 1, 1), "180"),
        (date(2024, 6, 10), "none"),
    ],
)
def test_levels(today, level):
    found = limitation.reckon(date(2021, 1, 31), [date(2022, 6, 10)], "service", PLAIN)

    assert (found.level(today), found.interrupted) == (level, True)


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


def check(case, by, **changes):
    facts = {"limitation_from": date(2021, 1, 31), "limitation_note": "按约定付款日起算。", "version": 1}
    return actions.check_limitation(case, by=by, **facts | changes)


def test_checking_counts_the_expiry_and_names_who_checked(case, prosecutor):
    review = check(case, prosecutor)

    assert (review.limitation_expires_on, review.limitation_checked_by) == (date(2024, 1, 31), prosecutor)
    assert case.events.get().note == "时效审查：2024-01-31 届满"


def test_an_interruption_counts_it_anew_and_overwrites_nothing(case, prosecutor):
    check(case, prosecutor)

    for day in (date(2022, 6, 10), date(2022, 6, 10)):
        actions.record_interruption(case, kind="demand", on=day, evidence="微信催要", by=prosecutor)

    case.review.refresh_from_db()
    assert case.review.limitation_expires_on == date(2025, 6, 10)
    assert case.review.limitation_events.count() == 2


def test_the_track_comes_first_and_days_lie_in_the_past(cast, prosecutor):
    undecided = case_of_office(cast, review=True)
    decided = case_of_office(cast, reviewed=True)

    with refused("请先认定法律关系"):
        check(undecided, prosecutor)
    with refused("还没到"):
        check(decided, prosecutor, limitation_from=clock.today().replace(year=clock.today().year + 1))


def test_checking_locks_the_case_first(case, prosecutor):
    with locks_first():
        check(case, prosecutor)


def test_an_expired_period_bars_nothing(cast):
    case = supportable(cast)
    check(case, cast.prosecutor)

    assert support_gaps(case) == []
