"""案件期限 as a page: every clock with everything that happened to it, and what this user may do about it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from cases import clocks
from cases.models import Case, Occurrence
from cases.occurrences import policy
from cases.occurrences.kinds import KINDS, kind_of
from cases.policy import why_not_handle
from cases.workflow import Stage
from deadlines.models import (
    Deadline,
    DeadlineCorrection,
    DeadlineExtension,
    DeadlineHandOver,
    DeadlinePause,
    DeadlineRecount,
    DeadlineReopening,
    PauseEvent,
)

HISTORY = (
    Prefetch("pauses", DeadlinePause.objects.select_related("paused_by", "resumed_by", "voided_by")),
    Prefetch(
        "extensions", DeadlineExtension.objects.select_related("extended_by", "on_behalf_of", "voided_by")
    ),
    Prefetch("corrections", DeadlineCorrection.objects.select_related("corrected_by")),
    Prefetch("hand_overs", DeadlineHandOver.objects.select_related("giver", "taker", "handed_by")),
    Prefetch("reopenings", DeadlineReopening.objects.select_related("reopened_by")),
    Prefetch("recounts", DeadlineRecount.objects.select_related("recount")),
)
STOPPED_BY_EVENT = frozenset(code for kind in KINDS.values() if kind.stops for code in kind.stopped)


@dataclass(frozen=True)
class Line:
    """One clock of the list and the deeds that are open on it."""

    deadline: Deadline
    may_finish: bool
    may_extend: bool
    may_stop: bool
    by_approval: bool
    stage: str

    @property
    def causes(self) -> str:
        """停止计算的事由 that the rule knows, in words."""
        return "、".join(PauseEvent(each).label for each in self.deadline.rule.get("pause_events", []))

    @property
    def next_events(self) -> str:
        """Which events, of those offered now, end it and start the next clock, so that nobody only ticks it off."""
        code = self.deadline.rule["code"]
        return "、".join(
            kind.label
            for kind in KINDS.values()
            if code in kind.meets and kind.starts and self.stage in kind.stages
        )


def overview(case: Case, user: User) -> dict[str, Any]:
    """The context of templates/cases/clocks.html; a fixed number of queries."""
    found = (
        Deadline.objects.filter(clocks.of_case(case))
        .select_related("responsible", "met_by", "cancelled_by", "case_link")
        .prefetch_related(*HISTORY)
    )
    handles = not why_not_handle(case, user)
    lines = [_line(case, each, user, handles) for each in found.by_clock()]
    over = [line for line in lines if line.deadline.met_at or line.deadline.cancelled_at]
    open_lines = [line for line in lines if line not in over]
    of_header = [line.deadline for line in open_lines if hasattr(line.deadline, "case_link")]
    case.open_clocks = of_header  # type: ignore[attr-defined]
    return {
        "open_lines": open_lines,
        "over_lines": sorted(over, key=_ended_at, reverse=True),
        "events": _events(case, user),
        "why_not_record": policy.why_not_record(case, user),
    }


def _line(case: Case, deadline: Deadline, user: User, handles: bool) -> Line:
    is_open = not (deadline.met_at or deadline.cancelled_at)
    acts = handles and is_open
    code = deadline.rule["code"]
    return Line(
        deadline,
        may_finish=acts and not policy.why_not_finish(case, deadline, user),
        may_extend=acts and not policy.why_not_extend(case, deadline, user),
        may_stop=acts and code in STOPPED_BY_EVENT and not policy.why_not_record(case, user),
        by_approval=acts and code == "P6a" and case.stage == Stage.REVIEW,
        stage=case.stage,
    )


def _ended_at(line: Line) -> Any:
    return line.deadline.met_at or line.deadline.cancelled_at


def _events(case: Case, user: User) -> list[Any]:
    """程序事件, newest first, each with its name and whether it may still be taken back."""
    found: list[Any] = list(
        Occurrence.objects.filter(case=case)
        .select_related("recorded_by", "removed_by")
        .order_by("-on", "-pk")
    )
    may = not policy.why_not_record(case, user)
    for one in found:
        one.label = kind_of(one.kind).label
        one.may_withdraw = may and one.removed_at is None
    return found
