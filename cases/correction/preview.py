"""What a corrected date would change: counted on copies, nothing saved."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q

from cases.clocks import of_case
from cases.correction.stated import Stated
from cases.models import Case, Occurrence
from cases.service import following, standing
from deadlines import counting
from deadlines.models import Deadline, DeadlinePause
from deadlines.pauses import moved
from documents.models import Service


@dataclass(frozen=True)
class Change:
    """One clock that rests on the date, or was stopped by it: due before and after; `fixed` says why it stays.

    `stands`: it stands still, so the days that the date changes are added when it runs on.
    """

    deadline: Deadline
    old_due: date
    new_due: date
    fixed: str = ""
    stands: bool = False

    @property
    def moves(self) -> bool:
        return not self.fixed and self.new_due != self.old_due


@dataclass(frozen=True)
class Preview:
    """变化清单 with its fingerprint: another one means that somebody was faster, so look again."""

    changes: list[Change]
    seen: str


def preview(case: Case, stated: Stated, on: date) -> Preview:
    """Every clock that rests on this date, or that it stopped or let run on, and what the new day would make of it."""
    started, stopped = started_by(case, stated), stopped_by(case, stated)
    rows = {one.pk: list(one.pauses.all()) for one in stopped}
    basis = [stated.key, str(stated.day), str(on)] + [
        f"{one.pk}:{one.sequence}:{one.starts_on}:{one.due_on}:{one.met_on}:{one.paused_on}"
        for one in (*started, *stopped)
    ]
    basis += [f"{row.pk}:{row.paused_on}:{row.resumed_on}" for each in rows.values() for row in each]
    changes = [_started(one, on) for one in started]
    changes += [_stopped(one, rows[one.pk], stated.key, on) for one in stopped]
    changes += [_met(one) for one in met_by(case, stated)]
    changes += _met_by_service(case, stated, on)
    basis += [f"{each.deadline.pk}:{each.fixed}" for each in changes if each.fixed]
    return Preview(changes, sha256("|".join(basis).encode()).hexdigest()[:32])


def started_by(case: Case, stated: Stated) -> list[Deadline]:
    """Clocks that run from this date, over or not, nearest first."""
    rests = Q(case_link__case=case, case_link__rests_on=stated.key) | Q(pk__in=stated.clocks)
    return list(Deadline.objects.filter(rests).order_by("due_on", "pk"))


def stopped_by(case: Case, stated: Stated) -> list[Deadline]:
    """Clocks that this date stopped or let run on."""
    key = Q(begun_by=stated.key) | Q(ended_by=stated.key)
    found = DeadlinePause.objects.filter(key, voided_at=None).values("deadline")
    return list(Deadline.objects.filter(case_link__case=case, pk__in=found).order_by("due_on", "pk"))


def met_by(case: Case, stated: Stated) -> list[Deadline]:
    """Clocks that this event ended."""
    if not isinstance(stated.row, Occurrence):
        return []
    mark = f"（事件 {stated.row.pk}）"
    return list(Deadline.objects.filter(of_case(case), met_note__endswith=mark).order_by("due_on", "pk"))


def _met_by_service(case: Case, stated: Stated, on: date) -> list[Change]:
    """受理、决定文书的送达期限: done on the day of the last addressee, whichever that is then."""
    if not isinstance(stated.row, Service):
        return []
    document = stated.row.to.document
    found = []
    for one in following.met_by_service(case, document):
        day = standing.done_on(case, one.rule["code"], {stated.row.pk: on})
        said = f"办结日期从 {one.met_on} 改为 {day}" if day != one.met_on else f"仍是 {one.met_on} 办结"
        found.append(Change(one, one.due_on, one.due_on, f"{said}（以最后一名受送达人为准）"))
    return found


def _met(deadline: Deadline) -> Change:
    said = f"随这件事于 {deadline.met_on} 办结，办结日期不变；办结的日期也错了的，请撤销事件重新登记"
    return Change(deadline, deadline.due_on, deadline.due_on, said)


def _fixed(deadline: Deadline) -> str:
    if deadline.met_on:
        return f"已于 {deadline.met_on} 办结，不变"
    return "已撤销，不变" if deadline.cancelled_at else ""


def _started(deadline: Deadline, on: date) -> Change:
    old_due = deadline.due_on
    if fixed := _fixed(deadline):
        return Change(deadline, old_due, old_due, fixed)
    if deadline.starts_at:
        deadline.starts_at += on - deadline.starts_on
    deadline.starts_on = on
    counting.count(deadline)
    return Change(deadline, old_due, deadline.due_on)


def _stopped(deadline: Deadline, rows: list[DeadlinePause], key: str, on: date) -> Change:
    old_due = deadline.due_on
    if fixed := _fixed(deadline):
        return Change(deadline, old_due, old_due, fixed)
    for row in rows:
        for name, day in moved(row, key, on).items():
            setattr(row, name, day)
    counting.count(deadline, pauses=rows)
    return Change(deadline, old_due, deadline.due_on, stands=deadline.paused_on is not None)
