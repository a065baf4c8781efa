"""What a corrected date would change: counted on copies, nothing saved."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cases.correction.dates import Stated
from cases.models import Case, CaseDeadline
from deadlines import counting
from deadlines.models import Deadline


@dataclass(frozen=True)
class Change:
    """One clock that rests on the date: due before and after; `fixed` says why it stays."""

    deadline: Deadline
    old_due: date
    new_due: date
    fixed: str = ""

    @property
    def moves(self) -> bool:
        return not self.fixed and self.new_due != self.old_due


@dataclass(frozen=True)
class Preview:
    """变化清单 with its fingerprint: another one means that somebody was faster, so look again."""

    changes: list[Change]
    seen: str


def preview(case: Case, stated: Stated, on: date) -> Preview:
    """Every clock that rests on this date, and what the new day would make of it."""
    links = CaseDeadline.objects.filter(case=case, rests_on=stated.key).select_related("deadline")
    found = [link.deadline for link in links.order_by("deadline__due_on", "pk")]
    basis = [stated.key, str(stated.day), str(on)] + [
        f"{one.pk}:{one.sequence}:{one.starts_on}:{one.due_on}:{one.met_on}:{one.paused_on}" for one in found
    ]
    return Preview([_change(one, on) for one in found], sha256("|".join(basis).encode()).hexdigest()[:32])


def _change(deadline: Deadline, on: date) -> Change:
    old_due = deadline.due_on
    if deadline.met_on:
        return Change(deadline, old_due, old_due, f"已于 {deadline.met_on} 办结，不变")
    if deadline.cancelled_at:
        return Change(deadline, old_due, old_due, "已撤销，不变")
    if deadline.starts_at:
        deadline.starts_at += on - deadline.starts_on
    deadline.starts_on = on
    counting.count(deadline)
    return Change(deadline, old_due, deadline.due_on)
