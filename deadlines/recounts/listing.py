"""先列出: what a recount would change, before anything is changed. What is too much for one page is listed by a job."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounts.models import Organisation
from core import clock
from deadlines.models import Deadline, ForeseenChange, Recount, RecountList
from deadlines.recounts import counting, leases
from deadlines.recounts.counting import Basis, Outcome
from jobs.models import Job

BATCH = 500
AT_SIGHT = 1_000  # so many are counted while the page waits
ON_A_PAGE = 50
FORGOTTEN_AT_ONCE = 20_000
OVERTAKEN = "列出期间规则或节假日又有改动，请重新列出。"
Cause = Recount.Cause
LATER, EARLIER, SAME = "later", "earlier", "same"


@dataclass(frozen=True)
class Line:
    """One deadline that would move: its code-like title and days, nothing of the matter itself."""

    title: str
    code: str
    name: str
    office: str
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
    """The list and its sums by office. Not `is_ready`: too much for the page, and no job has listed it yet."""

    basis: Basis
    candidates: int
    is_ready: bool = True
    offices: dict[str, dict[str, int]] = field(default_factory=dict)
    found: list[tuple[Deadline, Outcome]] = field(default_factory=list)
    stored: RecountList | None = None

    def total(self, way: str) -> int:
        return sum(counts.get(way, 0) for counts in self.offices.values())

    @property
    def later(self) -> int:
        return self.total(LATER)

    @property
    def earlier(self) -> int:
        return self.total(EARLIER)

    @property
    def same_day(self) -> int:
        return self.total(SAME)

    @property
    def moved(self) -> int:
        return self.later + self.earlier + self.same_day

    def by_office(self) -> list[dict[str, Any]]:
        """Each office that is touched, in the order of the tree."""
        units = Organisation.objects.filter(pk__in=self.offices)
        return [{"unit": unit, **self.offices[str(unit.pk)]} for unit in units]

    def page(self, number: str | None, office: str = "") -> "Page[Any]":
        """One page of what would move, of one office or of all; the sums and the lines are of the same list."""
        if self.stored:
            rows = self.stored.lines.filter(organisation=int(office)) if office else self.stored.lines
            total = sum(self.offices.get(office, {}).values()) if office else self.moved
            ordered = rows.order_by("organisation_id", "pk")
            return Paginator(_Stored(self, ordered, total), ON_A_PAGE).get_page(number)
        kept = [each for each in self.found if not office or str(each[0].organisation_id) == office]
        return Paginator([_line(*each) for each in kept], ON_A_PAGE).get_page(number)


class _Stored(Sequence[Any]):
    """Lines of a stored list for the paginator; each is counted once more for its words, so only a page at a time."""

    def __init__(self, preview: Preview, rows: Any, total: int) -> None:
        self.preview, self.rows, self.total = preview, rows, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, chosen: Any) -> Any:
        kept = list(self.rows[chosen].values_list("deadline", "old_due", "new_due"))
        deadlines = Deadline.objects.filter(pk__in=[pk for pk, _, _ in kept])
        by_pk = _with_rows(deadlines).in_bulk()
        return [self._as_foreseen(by_pk[pk], old_due, new_due) for pk, old_due, new_due in kept]

    def _as_foreseen(self, deadline: Deadline, old_due: date, new_due: date) -> Line:
        counting.recount(deadline, self.preview.basis)
        return _told(deadline, old_due, new_due)


def _with_rows(deadlines: Any) -> Any:
    return deadlines.select_related("organisation").prefetch_related("pauses", "extensions")


def _line(deadline: Deadline, outcome: Outcome) -> Line:
    return _told(deadline, outcome.old_due, outcome.new_due)


def _told(deadline: Deadline, old_due: date, new_due: date) -> Line:
    rule, office = deadline.rule, deadline.organisation.name
    return Line(deadline.title, rule["code"], rule["name"], office, old_due, new_due, deadline.explanation)


def preview(cause: str, organisation: Organisation) -> Preview:
    """What would happen if the recount were applied now: counted at sight, or as the job has listed it."""
    now = counting.basis(cause, scope(cause, organisation))
    return preview_of(now, now.candidates.count())


def preview_of(now: Basis, candidates: int) -> Preview:
    """The same, where basis and number are known already."""
    found = Preview(now, candidates)
    if found.candidates <= AT_SIGHT:
        for deadline in _with_rows(now.candidates.order_by("organisation", "due_on", "pk")):
            outcome = counting.recount(deadline, now)
            if outcome.moved:
                _count(found.offices, deadline, outcome)
                found.found.append((deadline, outcome))
        return found
    found.stored = stored(now)
    found.is_ready = found.stored is not None
    found.offices = found.stored.offices if found.stored else {}
    return found


def stored(now: Basis) -> RecountList | None:
    """The finished list that is true for this basis."""
    lists = RecountList.objects.done().filter(cause=now.cause, organisation=now.organisation)
    return lists.filter(basis=now.fingerprint).first()


def _count(offices: dict[str, dict[str, int]], deadline: Deadline, outcome: Outcome) -> None:
    later, earlier = outcome.new_due > outcome.old_due, outcome.new_due < outcome.old_due
    way = LATER if later else EARLIER if earlier else SAME
    counts = offices.setdefault(str(deadline.organisation_id), {LATER: 0, EARLIER: 0, SAME: 0})
    counts[way] += 1


def sweep() -> int:
    """Go on with lists that were left behind, and forget old ones."""
    free = Q(job__lease_until=None) | Q(job__lease_until__lt=clock.now())
    left = list(RecountList.objects.unfinished().filter(free).order_by("pk").values_list("pk", flat=True))
    for list_id in left:
        work(list_id)
    forget_old()
    return len(left)


def work(list_id: int) -> bool:
    """Work on one list for a while; True when more is to be done."""
    job_id = RecountList.objects.filter(pk=list_id).values_list("job", flat=True).first()
    return job_id is not None and leases.work(job_id, partial(_step, list_id))


def _step(list_id: int, job: Job) -> bool:
    """One batch, without a lock: a list changes nothing, and what changes meanwhile is counted anew when applied."""
    made = RecountList.objects.select_related("organisation").get(pk=list_id)
    now = counting.basis(made.cause, made.organisation)
    if now.fingerprint != made.basis:
        leases.finish(job, Job.Status.FAILED, OVERTAKEN)
        return False
    rows = now.candidates.filter(pk__gt=job.result.get("after", 0)).order_by("pk")
    batch = list(rows.prefetch_related("pauses", "extensions")[:BATCH])
    if not batch:
        leases.finish(job, Job.Status.DONE, f"已列出，共核算 {job.done} 项。")
        return False
    outcomes = [(deadline, counting.recount(deadline, now)) for deadline in batch]
    moved = [(deadline, outcome) for deadline, outcome in outcomes if outcome.moved]
    for deadline, outcome in moved:
        _count(made.offices, deadline, outcome)
    ForeseenChange.objects.bulk_create(_foreseen(made, *each) for each in moved)
    made.save(update_fields=["offices"])
    leases.progressed(job, len(batch), after=batch[-1].pk)
    return True


def _foreseen(made: RecountList, deadline: Deadline, outcome: Outcome) -> ForeseenChange:
    return ForeseenChange(
        list=made,
        deadline=deadline,
        organisation_id=deadline.organisation_id,
        old_due=outcome.old_due,
        new_due=outcome.new_due,
    )


def forget_old() -> int:
    """Lines of every list but the newest of its kind, some at a time."""
    newest = RecountList.objects.order_by("cause", "organisation_id", "-pk").distinct(
        "cause", "organisation_id"
    )
    kept = list(newest.values_list("pk", flat=True))
    old = ForeseenChange.objects.exclude(list__in=kept).values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    removed, _ = ForeseenChange.objects.filter(pk__in=list(old)).delete()
    return removed


def bases(organisation: Organisation) -> dict[str, Basis]:
    """Cause → what is counted with now."""
    return {cause: counting.basis(cause, scope(cause, organisation)) for cause in Cause.values}


def scope(cause: str, organisation: Organisation) -> Organisation | None:
    """Rules are each office's own; the holidays are everybody's."""
    return organisation if cause == Cause.TERM else None
