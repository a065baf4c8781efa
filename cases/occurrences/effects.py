"""What an event would do to the clocks of a case. Reads and counts; writes nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cases import clocks
from cases.filing.policy import latest_judgment
from cases.models import Case, Judgment
from cases.occurrences.kinds import KINDS, Kind
from deadlines import counting
from deadlines.models import Deadline, Term
from deadlines.rules import Unit


@dataclass(frozen=True)
class Effects:
    """期限变化: clocks that begin (counted, not saved), that could end, that stop, that run on."""

    begin: list[Deadline] = field(default_factory=list)
    end: list[Deadline] = field(default_factory=list)
    stop: list[Deadline] = field(default_factory=list)
    go_on: list[Deadline] = field(default_factory=list)
    again: list[Deadline] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.begin or self.end or self.stop or self.go_on)


def effects_of(case: Case, code: str, on: date, at: datetime | None = None) -> Effects:
    """Everything that registering this event on this day would do."""
    kind, begins = KINDS[code], codes_started(case, KINDS[code])
    return Effects(
        begin=[_foreseen(case, each, on, at) for each in begins],
        end=clocks.everything(case, kind.meets) if kind.meets else [],
        stop=stoppable(case, kind),
        go_on=stopped_by(case, kind),
        again=clocks.running(case, begins) if kind.anew else [],
    )


def codes_started(case: Case, kind: Kind) -> tuple[str, ...]:
    """二审 takes three months after a judgment, thirty days after a ruling (民诉法183条)."""
    judgment = latest_judgment(case) if kind.ruling else None
    return kind.ruling if judgment and judgment.kind == Judgment.Kind.RULING else kind.starts


def stoppable(case: Case, kind: Kind) -> list[Deadline]:
    """Running clocks that this event stops, as far as their rule knows the cause."""
    found = clocks.running(case, kind.stopped) if kind.stops else []
    return [one for one in found if not one.paused_on and kind.stops in one.rule.get("pause_events", [])]


def stopped_by(case: Case, kind: Kind) -> list[Deadline]:
    """Clocks that stand still for the cause which this event ends."""
    if kind.goes_on is None:
        return []
    found = Deadline.objects.paused().filter(case_link__case=case, term__code__in=kind.stopped)
    return list(found.filter(pauses__resumed_on=None, pauses__cause=kind.goes_on).by_clock())


def _foreseen(case: Case, code: str, on: date, at: datetime | None) -> Deadline:
    """The clock as it would start: counted, never saved."""
    term = Term.objects.effective(code, case.organisation)
    deadline = Deadline(
        organisation=case.organisation,
        term=term,
        rule=term.snapshot(),
        kind=term.kind,
        whose=term.whose,
        starts_on=on,
        starts_at=at if term.unit == Unit.HOUR else None,
    )
    counting.count(deadline)
    return deadline
