"""What hangs on which date, and what hangs on none: clocks of old cases, whose date nobody could name for certain."""

import re

from django.db.models import QuerySet

from cases.clocks import of_case
from cases.models import Case, CaseDeadline
from deadlines.models import Deadline, DeadlinePause

MET_BY = re.compile(r"（事件 (\d+)）$")  # what a clock says of the event that ended it


def hanging_on(case: Case) -> dict[str, list[str]]:
    """By the key of a date: what runs from it, what it stopped or let run on, what it ended, in words."""
    found: dict[str, list[str]] = {}
    for link in CaseDeadline.objects.filter(case=case).select_related("deadline").order_by("pk"):
        found.setdefault(link.rests_on, []).append(f"起算：{link.deadline.rule['name']}")
    for row in _pauses(case).order_by("seq", "pk"):
        found.setdefault(row.begun_by, []).append(f"停止：{row.deadline.rule['name']}")
        found.setdefault(row.ended_by, []).append(f"恢复：{row.deadline.rule['name']}")
    for one in Deadline.objects.filter(of_case(case), met_note__contains="（事件 ").order_by("pk"):
        if met := MET_BY.search(one.met_note):
            said = f"办结：{one.rule['name']}（办结日期 {one.met_on} 不随它变化）"
            found.setdefault(f"occurrence-{met[1]}", []).append(said)
    return found


def loose_clocks(case: Case) -> list[Deadline]:
    """Open clocks that no stated date moves. 时效 has pages of its own."""
    found = Deadline.objects.open().filter(
        case_link__case=case, case_link__rests_on="", limitation__isnull=True
    )
    return list(found.by_clock())


def loose_pauses(case: Case) -> list[DeadlinePause]:
    """Pauses of open clocks whose beginning or end no stated date moves."""
    found = _pauses(case).filter(deadline__met_on=None, deadline__cancelled_at=None)
    return [row for row in found if not row.begun_by or (row.resumed_on and not row.ended_by)]


def _pauses(case: Case) -> QuerySet[DeadlinePause]:
    found = DeadlinePause.objects.filter(deadline__case_link__case=case, voided_at=None)
    return found.select_related("deadline")
