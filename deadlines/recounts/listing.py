"""先列出: what a recount would change, before anything is changed."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import Organisation
from deadlines.models import Deadline, Recount
from deadlines.recounts import counting
from deadlines.recounts.counting import Basis, Outcome

CHUNK = 500
LOOKED = 5_000  # deadlines counted for the list; the recount itself takes them all
SHOWN = 200
Cause = Recount.Cause


@dataclass(frozen=True)
class Line:
    """One deadline that would move: its code-like title and days, nothing of the matter itself."""

    title: str
    code: str
    old_due: date
    new_due: date
    how: str

    @property
    def days(self) -> int:
        return (self.new_due - self.old_due).days

    @property
    def days_earlier(self) -> int:
        return -self.days


@dataclass
class Preview:
    """The list and its sums. `looked` of `candidates` were counted; `elsewhere` move in other offices."""

    basis: Basis
    candidates: int
    looked: int = 0
    later: int = 0
    earlier: int = 0
    same_day: int = 0
    elsewhere: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return self.later + self.earlier + self.same_day

    @property
    def unlooked(self) -> int:
        return self.candidates - self.looked

    def add(self, deadline: Deadline, outcome: Outcome, organisation: Organisation) -> None:
        self.looked += 1
        if not outcome.moved:
            return
        self.later += outcome.new_due > outcome.old_due
        self.earlier += outcome.new_due < outcome.old_due
        self.same_day += outcome.new_due == outcome.old_due
        if deadline.organisation_id != organisation.pk:
            self.elsewhere += 1
        elif len(self.lines) < SHOWN:
            line = Line(
                deadline.title, deadline.rule["code"], outcome.old_due, outcome.new_due, deadline.explanation
            )
            self.lines.append(line)


def preview(cause: str, organisation: Organisation) -> Preview:
    """What would happen if the recount were applied now, for this office's eyes."""
    now = counting.basis(cause, scope(cause, organisation))
    found = Preview(now, now.candidates.count())
    rows = now.candidates.prefetch_related("pauses", "extensions").order_by("due_on", "pk")[:LOOKED]
    for deadline in rows.iterator(chunk_size=CHUNK):
        found.add(deadline, counting.recount(deadline, now), organisation)
    return found


def waiting(organisation: Organisation) -> dict[str, int]:
    """Cause → how many running deadlines were counted with something older."""
    return {
        cause: counting.basis(cause, scope(cause, organisation)).candidates.count() for cause in Cause.values
    }


def scope(cause: str, organisation: Organisation) -> Organisation | None:
    """Rules are each office's own; the holidays are everybody's."""
    return organisation if cause == Cause.TERM else None
