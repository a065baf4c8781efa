"""时效页: each period of the case with its day, the events with what they did, and what may be done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from cases.limitation import hints, policy, reckoning, watching
from cases.models import Case, Limitation, LimitationEvent
from core import clock
from deadlines.models import Deadline

# level → words of the tag; its colour is that of the risk list
TONES = {
    "expired": "danger",
    "7": "danger",
    "30": "warning",
    "90": "info",
    "180": "neutral",
    "none": "neutral",
    "promised": "info",
}
PROMISED = "义务人已同意履行"


@dataclass
class Line:
    """One limitation as page and risk tags show it."""

    row: Limitation
    found: reckoning.Reckoning | None
    today: date
    why_not_state: str = ""
    why_not_acknowledge: str = ""
    corrections: list[Any] = field(default_factory=list)

    @property
    def deadline(self) -> Deadline | None:
        return self.row.deadline

    @property
    def expires_on(self) -> date | None:
        return self.deadline.due_on if self.deadline else None

    @property
    def level(self) -> str:
        if self.is_waived:
            return "promised"
        return reckoning.level(self.deadline.due_on, self.today) if self.deadline else "unknown"

    @property
    def tone(self) -> str:
        return TONES.get(self.level, "warning")

    @property
    def left(self) -> str:
        """剩 12 天, 届满 3 天."""
        if self.deadline is None:
            return ""
        if self.is_waived:
            return PROMISED
        days = (self.deadline.due_on - self.today).days
        return "今天届满" if days == 0 else f"剩 {days} 天" if days > 0 else f"届满 {-days} 天"

    @property
    def is_waived(self) -> bool:
        """届满后义务人同意履行: the defence is gone, the day stays (民法典192条2款)."""
        return self.row.is_waived

    @property
    def is_arguable(self) -> bool:
        """The same before the board, where no rule says it: for the prosecutor to judge."""
        return self.row.promised_on is not None and not self.row.is_civil

    @property
    def has_expired(self) -> bool:
        """届满 without having been used: a risk, also after somebody took note of it."""
        return self.level == "expired" and (self.row.is_running or self.row.is_acknowledged)


def lines(case: Case, today: date) -> list[Line]:
    """The periods of the case that still apply; two queries more for each that has a base day."""
    return [Line(row, watching.reckon(row), today) for row in watching.rows_of(case) if not row.is_dropped]


def overview(case: Case, user: User) -> dict[str, Any]:
    """The context of templates/cases/limitation.html."""
    today = clock.today()
    rows = watching.rows_of(case)
    shown = [_line(row, user, today) for row in rows if not row.is_dropped]
    return {
        "lines": shown,
        "dropped": [row for row in rows if row.is_dropped],
        "events": events(case, shown, user),
        "hints": hints.hints_of(case) if shown else [],
        "dismissals": case.hint_dismissals.select_related("dismissed_by"),
        "may_dismiss": not policy.why_not_dismiss(case, user),
        "why_not_watch": policy.why_not_watch(case, user),
        "today": today,
        "any_expired": any(line.has_expired for line in shown),
        "any_waived": any(line.is_waived for line in shown),
        "any_arguable": any(line.is_arguable for line in shown),
    }


def _line(row: Limitation, user: User, today: date) -> Line:
    corrections = list(row.deadline.corrections.select_related("corrected_by")) if row.deadline else []
    return Line(
        row,
        watching.reckon(row),
        today,
        policy.why_not_state(row, user),
        policy.why_not_acknowledge(row, user),
        corrections,
    )


def events(case: Case, shown: list[Line], user: User) -> list[LimitationEvent]:
    """事由 in their order, each with `state` in words, its `tone`, and what this user may still do with it."""
    found = list(case.limitation_events.select_related("case", "recorded_by", "confirmed_by", "voided_by"))
    counted = {event.pk for line in shown if line.found for event in line.found.counted}  # type: ignore[attr-defined]
    promised = [line.row for line in shown if line.row.promised_on]
    standing = hints.standing(case) if any(event.source for event in found) else set()
    for event in found:
        state, tone = _state(event, event.pk in counted, promised)
        event.is_late = bool(promised) and _is_promise(event, promised)  # type: ignore[attr-defined]
        event.may_void = not policy.why_not_void(case, user, event)  # type: ignore[attr-defined]
        is_lost = bool(event.source) and (event.source, event.on) not in standing
        event.is_lost = is_lost and event.voided_at is None  # type: ignore[attr-defined]
        event.state, event.tone = state, tone  # type: ignore[attr-defined]
        event.may_confirm = not policy.why_not_confirm(case, user, event)  # type: ignore[attr-defined]
        event.may_lift = not policy.why_not_lift(case, user, event)  # type: ignore[attr-defined]
    return found


def _is_promise(event: LimitationEvent, promised: list[Limitation]) -> bool:
    if event.kind != LimitationEvent.Kind.ADMISSION or not event.is_confirmed or event.voided_at:
        return False
    return any(row.promised_on <= event.on for row in promised if row.promised_on)


def _state(event: LimitationEvent, counts: bool, promised: list[Limitation]) -> tuple[str, str]:
    if event.voided_at:
        return "已撤销，不计入", "neutral"
    if not event.is_confirmed:
        return "待确认，暂不计入", "warning"
    if counts:
        return "已计入", "success"
    if _is_promise(event, promised):
        waived = any(row.is_waived for row in promised)
        return ("不能再以时效抗辩", "success") if waived else ("能否再抗辩，待检察官判断", "warning")
    if event.kind == LimitationEvent.Kind.OBSTACLE and event.removed_on is None:
        return "障碍未消除", "warning"
    return "不影响届满日", "neutral"


def nearest(case: Case, today: date) -> Line | None:
    """What the risk tag of the case speaks of: no base day first, else what expires next and is not used."""
    rows = [row for row in watching.rows_of(case) if not row.is_dropped]
    if any(row.lacks_base for row in rows):
        return Line(next(row for row in rows if row.lacks_base), None, today)
    dated = [Line(row, None, today) for row in rows if row.is_running or row.is_acknowledged]
    return min(dated, key=lambda line: (line.expires_on, line.row.pk), default=None)
