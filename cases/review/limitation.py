"""时效 (domain.md §4.3): base day, last interruption, expiry. Pure. Expiry is a risk to show, never a bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import LegalTrack
from deadlines.arithmetic import add_years, roll
from deadlines.calendars import Calendar

LABOUR_YEARS, CIVIL_YEARS = 1, 3
ONE_YEAR_TRACKS = frozenset({LegalTrack.LABOUR, LegalTrack.DISPATCH, LegalTrack.PART_TIME})
LABOUR_BASIS = "劳动争议调解仲裁法第27条：一年；工资争议自劳动关系终止之日起算"
CIVIL_BASIS = "民法典第188条：三年，自知道或者应当知道权利受损及义务人之日起算"


@dataclass(frozen=True)
class Limitation:
    """时效结论: from which day it runs now, when it expires, and why."""

    runs_from: date
    expires_on: date
    years: int
    basis: str
    interrupted: bool

    def days_left(self, today: date) -> int:
        return (self.expires_on - today).days

    def level(self, today: date) -> str:
        """Colour steps of the risk list: expired, 7, 30, 90, 180 days, else none."""
        left = self.days_left(today)
        if left < 0:
            return "expired"
        return next((str(step) for step in (7, 30, 90, 180) if left <= step), "none")


def years_of(track: str) -> int:
    return LABOUR_YEARS if track in ONE_YEAR_TRACKS else CIVIL_YEARS


def reckon(base: date, interruptions: Iterable[date], track: str, calendar: Calendar) -> Limitation:
    """时效届满日: the period restarts at each interruption inside it; one that came after expiry revives nothing.

    Ends on a rest day move to the first working day after (民法典203条).
    """
    years = years_of(track)
    runs_from, interrupted = base, False
    for day in sorted(interruptions):
        if runs_from < day <= _end(runs_from, years, calendar):
            runs_from, interrupted = day, True
    basis = LABOUR_BASIS if years == LABOUR_YEARS else CIVIL_BASIS
    return Limitation(runs_from, _end(runs_from, years, calendar), years, basis, interrupted)


def _end(start: date, years: int, calendar: Calendar) -> date:
    return roll(add_years(start, years), calendar)
