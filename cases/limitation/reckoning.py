"""时效的计算 (domain.md §4.3): which periods a claim has, from which day, over which events. Pure.

Expiry is a risk to show and never a bar (trap 13).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from cases.causes import Category
from cases.models import ClaimItem, LegalTrack, Limitation, LimitationEvent
from deadlines import arithmetic
from deadlines.calendars import Calendar
from deadlines.rules import Adjustment, Extension, Pause, Rule

Kind, Item, Event = Limitation.Kind, ClaimItem.Kind, LimitationEvent.Kind

ONE_YEAR_TRACKS = frozenset({LegalTrack.LABOUR, LegalTrack.DISPATCH, LegalTrack.PART_TIME})
LABOUR_KINDS = frozenset({Kind.LABOUR, Kind.WAGE, Kind.DOUBLE_WAGE})
WAGES = frozenset({Item.UNPAID_WAGE, Item.OVERTIME, Item.MINIMUM_WAGE_GAP, Item.LATE_INTEREST})
# 民典196条: 赡养费、抚养费、扶养费 know no limitation; personal status and protection orders neither
EXEMPT = frozenset({Category.MAINTENANCE, Category.GUARDIANSHIP, Category.DOMESTIC_VIOLENCE})

# 民典195条、调解仲裁法27条2款; before the board, suing and asking for mediation are asking for relief (ADR 0008)
INTERRUPTS = frozenset({Event.DEMAND, Event.ADMISSION, Event.AUTHORITY, Event.SUIT, Event.MEDIATION})
LONGEST_YEARS = 20  # 民典188条2款: from the day of the harm, uninterrupted; the base day stands for it
LAST_MONTHS = 6  # 民典194条
STEPS = (7, 30, 90, 180)


class Happened(Protocol):
    """An event as far as it counts: `LimitationEvent`, or anything of that shape."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def removed_on(self) -> date | None: ...


@dataclass(frozen=True)
class Reckoning:
    """时效结论: from which day it runs now, when it expires, which events counted, how it was found.

    `latest` is the day that no interruption moves; the time before the board knows none. `stood` says how long it stood
    still. `promises`: after the expiry the debtor agreed to perform or performed, which brings no new period but takes
    the defence away (民法典192条2款); before the board that is for the prosecutor to judge.
    """

    runs_from: date
    expires_on: date
    counted: tuple[Happened, ...]
    interrupted: bool
    text: str
    latest: date | None = None
    stood: str = ""
    promises: tuple[Happened, ...] = ()

    @property
    def promised_on(self) -> date | None:
        return self.promises[0].on if self.promises else None


def kinds_for(track: str, items: Collection[str], category: str) -> set[str]:
    """时效种类 that a case has, by legal relation and claims.

    While the relation is undecided a wage case is watched by the stricter reading, one year, so that the alarm is never
    too late; one watch and not two, so that it is not noise either.
    """
    undecided = track == LegalTrack.UNDECIDED
    if track in ONE_YEAR_TRACKS or (undecided and category == Category.WAGES):
        found = {_labour_kind(item) for item in items}
        return found or {Kind.WAGE}
    return set() if category in EXEMPT else {Kind.CIVIL}


def _labour_kind(item: str) -> str:
    if item in WAGES:
        return Kind.WAGE
    return Kind.DOUBLE_WAGE if item == Item.DOUBLE_WAGE else Kind.LABOUR


def latest(kind: str, base: date) -> date | None:
    """最长保护期: twenty years for the civil tracks."""
    return None if kind in LABOUR_KINDS else arithmetic.add_years(base, LONGEST_YEARS)


def reckon(base: date, events: Iterable[Happened], kind: str, rule: Rule, calendar: Calendar) -> Reckoning:
    """时效届满日: the period restarts at each interruption inside it; one that came after expiry revives nothing.

    Ends on a rest day move to the first working day after (民典203条). An obstacle counts once it is known when it was
    removed: until then the earlier day stands, so that nobody is warned too late.
    """
    runs_from, interrupted = base, False
    rule = replace(rule, not_after=latest(kind, base))
    adjustments: list[Adjustment] = []
    counted: list[Happened] = []
    obstacles: list[tuple[Happened, Adjustment]] = []
    promises: list[Happened] = []
    for event in sorted(events, key=lambda each: each.on):
        if event.on > arithmetic.due(runs_from, rule, calendar, adjustments).due:
            promises += [event] if event.kind == Event.ADMISSION else []
            continue
        if event.kind == Event.OBSTACLE:
            end = _end(runs_from, rule, calendar, adjustments)
            if step := _obstacle(event, kind, end, adjustments):
                adjustments.append(step)
                obstacles.append((event, step))
                counted.append(event)
        elif event.kind in INTERRUPTS and event.on > runs_from:
            runs_from, interrupted = event.on, True
            counted.append(event)
    rule = replace(rule, anew=interrupted)
    due = arithmetic.due(runs_from, rule, calendar, adjustments).due
    stood = _stood(obstacles, runs_from, rule, calendar)
    text = arithmetic.due(
        runs_from, rule, calendar, [Extension(until=due, stood=stood)] if stood else []
    ).text
    return Reckoning(
        runs_from, due, tuple(counted), interrupted, text, rule.not_after, stood, tuple(promises)
    )


def _stood(
    obstacles: Sequence[tuple[Happened, Adjustment]], start: date, rule: Rule, calendar: Calendar
) -> str:
    """中止 in words, as far as it moves the end: the days given back, or the obstacle before the last six months."""
    pauses = [step for _, step in obstacles if isinstance(step, Pause)]
    given = [
        (step, days) for step in pauses if (days := arithmetic.stopped_days(step, start, rule, calendar))
    ]
    said = [f"{step.starts} 至 {step.ends} 中止 {days} 日" for step, days in given]
    end = arithmetic.due(start, replace(rule, roll=False), calendar).due
    granted = [(step.until, event) for event, step in obstacles if isinstance(step, Extension) and step.until]
    until, last = max(granted, key=lambda each: each[0], default=(None, None))
    if until and last and until > end:
        said.append(f"{last.on} 至 {last.removed_on} 中止，障碍消除后满 {LAST_MONTHS} 个月")
    return "、".join(said)


def _end(start: date, rule: Rule, calendar: Calendar, adjustments: Sequence[Adjustment]) -> date:
    """The end before it is rolled: the six months of 民典194条 are counted back from it."""
    return arithmetic.due(start, replace(rule, roll=False), calendar, adjustments).due


def _obstacle(event: Happened, kind: str, end: date, earlier: Sequence[Adjustment]) -> Adjustment | None:
    """中止: before the board what is left runs on (调解仲裁法27条3款); in court six months after the removal.

    Of two obstacles at once no day is given back twice.
    """
    if event.removed_on is None:
        return None
    if kind in LABOUR_KINDS:
        since = max([event.on, *(each.ends for each in earlier if isinstance(each, Pause))])
        return Pause(since, event.removed_on) if since < event.removed_on else None
    if event.removed_on <= arithmetic.add_months(end, -LAST_MONTHS):
        return None  # over before the last six months began
    return Extension(until=arithmetic.add_months(event.removed_on, LAST_MONTHS))


def level(expires_on: date, today: date) -> str:
    """Colour steps of the risk list: expired, 7, 30, 90, 180 days, else none."""
    left = (expires_on - today).days
    if left < 0:
        return "expired"
    return next((str(step) for step in STEPS if left <= step), "none")
