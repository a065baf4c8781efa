"""What an event would do to the clocks of a case. Reads and counts; writes nothing."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cases import clocks
from cases.filing.policy import appeal_clocks_of, latest_judgment
from cases.models import Case, Judgment, Paper
from cases.occurrences import announcing, conversion
from cases.occurrences.kinds import KINDS, Kind
from deadlines import counting, pauses
from deadlines.models import Deadline, DeadlinePause, Term
from deadlines.rules import Unit


@dataclass(frozen=True)
class RunsOn:
    """继续计算: the clock, since when this cause stopped it, and whether another cause keeps it still."""

    deadline: Deadline
    since: date
    still: bool


@dataclass(frozen=True)
class Effects:
    """期限变化: clocks that begin (counted, not saved), that could end, that stop, that run on.

    `later` begin when the announcement is over; `serves` is the judgment whose last service is registered with it,
    `served` the one whose service stands on record; `early`: the day before which no announcement can be over.
    """

    begin: list[Deadline] = field(default_factory=list)
    end: list[Deadline] = field(default_factory=list)
    stop: list[Deadline] = field(default_factory=list)
    go_on: list[RunsOn] = field(default_factory=list)
    again: list[Deadline] = field(default_factory=list)
    later: list[Deadline] = field(default_factory=list)
    paper: str = ""
    serves: Judgment | None = None
    served: Judgment | None = None
    early: date | None = None

    @property
    def any(self) -> bool:
        return bool(self.begin or self.end or self.stop or self.go_on or self.serves or self.served)


def effects_of(case: Case, code: str, on: date, at: datetime | None = None, paper: str = "") -> Effects:
    """Everything that registering this event on this day would do."""
    kind = narrowed(case, code)
    found = Effects(
        begin=[_foreseen(case, each, on, at) for each in kind.starts],
        end=clocks.everything(case, kind.meets) if kind.meets else [],
        stop=stoppable(case, kind),
        go_on=[_runs_on(each, kind) for each in stopped_by(case, kind)],
        again=clocks.running(case, kind.starts) if kind.anew else [],
    )
    if kind.converts:
        return _converting(case, found)
    if kind.papers:
        return _announcing(case, found, announcing.paper_of(case, paper))
    return _announced(case, found, on) if code == announcing.OVER else found


def _converting(case: Case, found: Effects) -> Effects:
    """普通程序审限 as it would run from the day of filing, with what has stopped the shorter one."""
    filing = conversion.simple_filing(case)
    given_up = clocks.running(case, conversion.SHORTER)
    if filing is None or not given_up:
        return found
    longer = _foreseen(case, conversion.ORDINARY, filing.filed_on, None)
    causes = longer.rule.get("pause_events", [])
    rows = [row for each in given_up for row in pauses.standing_rows(each) if row.cause in causes]
    counting.count(longer, pauses=rows)
    return replace(found, begin=[longer], again=given_up)


def _announcing(case: Case, found: Effects, paper: Paper) -> Effects:
    """What will begin when the announcement is over, should it be over on its day."""
    over_on = found.begin[0].due_on
    codes: tuple[str, ...] = ("C3",) if paper == Paper.COPY else ()
    if judgment := announcing.judgment_announced(case, paper):
        codes = () if judgment.last_served_on else appeal_clocks_of(judgment)
    return replace(found, paper=paper.label, later=[_foreseen(case, each, over_on, None) for each in codes])


def _announced(case: Case, found: Effects, on: date) -> Effects:
    paper = announcing.announced_paper(case)
    due_on = max((each.due_on for each in found.end if each.rule["code"] == "C21"), default=None)
    found = replace(found, paper=paper.label, early=due_on if due_on and on < due_on else None)
    judgment = announcing.judgment_announced(case, paper)
    if judgment is None or judgment.last_served_on:
        return replace(found, served=judgment)
    begin = [_foreseen(case, each, on, None) for each in appeal_clocks_of(judgment)]
    return replace(found, begin=begin, serves=judgment)


def narrowed(case: Case, code: str) -> Kind:
    """The row of the table as this case has it: 二审 of a ruling (民诉法183条), the end of which announcement."""
    kind = KINDS[code]
    if code == announcing.OVER and announcing.announced_paper(case) != Paper.COPY:
        return replace(kind, starts=(), meets=("C21",))
    if kind.ruling:
        judgment = latest_judgment(case)
        return (
            replace(kind, starts=kind.ruling) if judgment and judgment.kind == Judgment.Kind.RULING else kind
        )
    return kind


def stoppable(case: Case, kind: Kind) -> list[Deadline]:
    """Open clocks that this event stops, as far as their rule knows the cause and it does not stop them already."""
    if kind.stops is None:
        return []
    stopped = {each.pk for each in clocks.paused_for(case, kind.stops, kind.stopped)}
    found = clocks.running(case, kind.stopped)
    return [one for one in found if one.pk not in stopped and kind.stops in one.rule.get("pause_events", [])]


def stopped_by(case: Case, kind: Kind) -> list[Deadline]:
    """Clocks that stand still for the cause which this event ends."""
    return clocks.paused_for(case, kind.goes_on, kind.stopped) if kind.goes_on else []


def _runs_on(deadline: Deadline, kind: Kind) -> RunsOn:
    standing = DeadlinePause.objects.filter(deadline=deadline, resumed_on=None, voided_at=None)
    (since,) = [each.paused_on for each in standing if each.cause == kind.goes_on]
    return RunsOn(deadline, since, still=len(standing) > 1)


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
