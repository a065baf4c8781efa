"""时效监看: which limitations a case has, and the one deadline of each. The verbs are in `actions`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from cases import clocks
from cases.limitation import reckoning
from cases.models import Case, ClaimItem, Limitation, LimitationEvent, Review
from cases.models.limitation import NO_LONGER
from cases.workflow import OPEN_STAGES, Stage
from deadlines import clocks as counted
from deadlines.models import Deadline, Holiday, Term
from deadlines.models.changes import STOOD
from deadlines.models.term import rule_of

Kind = Limitation.Kind
LABOUR_CODES = tuple(Limitation.TERMS[kind] for kind in sorted(reckoning.LABOUR_KINDS))
# the one that 时效审查 is about, when a case has several
FIRST = (Kind.WAGE, Kind.LABOUR, Kind.CIVIL, Kind.CIVIL_UNDATED, Kind.DOUBLE_WAGE)
GUESSED = "推定，待承办人确认"
AT_ONCE = 200


def rows_of(case: Case) -> list[Limitation]:
    """The case's limitations with their deadlines, those that still apply first in the order of `FIRST`."""
    found = case.limitations.select_related("case", "deadline", "confirmed_by")
    return sorted(found, key=lambda row: (row.is_dropped, FIRST.index(Kind(row.kind))))


def principal(case: Case) -> Limitation | None:
    """The limitation that the prosecutor's check is about."""
    return next((row for row in rows_of(case) if not row.is_dropped), None)


@transaction.atomic
def watch(case: Case, *, by: User, reason: str = "诉求或者法律关系有变化") -> None:
    """时效登记: every period that the case has is watched from its registration on; what no longer applies ends.

    Asked again it does nothing new. What a person has stated stays; what was guessed follows the claims.
    """
    wanted = _wanted(case)
    rows = {row.kind: row for row in rows_of(case)}
    if Kind.CIVIL in wanted and Kind.CIVIL_UNDATED in rows and not rows[Kind.CIVIL_UNDATED].is_dropped:
        wanted = wanted - {Kind.CIVIL} | {Kind.CIVIL_UNDATED}
    if not wanted:
        return
    for kind in sorted(rows.keys() - wanted):
        _drop(rows[kind], by=by, reason=reason)
    for kind in sorted(wanted):
        row = rows.get(kind) or Limitation(case=case, kind=kind, recorded_by=by)
        _guess(row)
        settle(row, by=by, reason=reason, revive=row.is_dropped)
    follow(case)


def _wanted(case: Case) -> set[str]:
    track = Review.objects.filter(case=case).values_list("legal_track", flat=True).first()
    items = ClaimItem.objects.filter(claimant__case=case, claimant__withdrawn_on=None)
    kinds = set(items.order_by().values_list("kind", flat=True).distinct())
    return reckoning.kinds_for(track or "undecided", kinds, case.category)


def _guess(row: Limitation) -> None:
    """A provisional base day from the claims; one that a person has stated is left alone."""
    stated = row.base_on is not None and not row.base_note.endswith(GUESSED)
    if row.is_provisional and not row.still_employed and not stated:
        row.base_on, row.base_note = _known_base(row.case, row.kind)
        row.save()


def _known_base(case: Case, kind: str) -> tuple[date | None, str]:
    """What the review has stated, else the earliest of the workers' own days: the first right to be lost."""
    checked = Review.objects.filter(case=case, limitation_checked_at__isnull=False)
    stated = checked.values_list("limitation_from", flat=True).first()
    if stated and kind != Kind.DOUBLE_WAGE:
        return stated, "沿用时效审查的起算日，请按现在的法律关系核对"
    days = [day for claimant in _standing(case) if (day := _last_day(claimant, kind))]
    if not days:
        return None, ""
    by_end = kind in (Kind.WAGE, Kind.LABOUR)
    return min(days), f"按{'务工结束' if by_end else '请求期间届满'}日期{GUESSED}"


def _standing(case: Case) -> Iterator[Any]:
    yield from case.claimants.standing().prefetch_related("items")


def _last_day(claimant: Any, kind: str) -> date | None:
    """务工结束 for what runs from the end of the relation, else the last day of the claimed period."""
    double = kind == Kind.DOUBLE_WAGE
    ends = [
        item.period_to
        for item in claimant.items.all()
        if item.period_to and (not double or item.kind == ClaimItem.Kind.DOUBLE_WAGE)
    ]
    last = max(ends, default=None)
    if double:
        return last
    if kind in (Kind.WAGE, Kind.LABOUR):
        return claimant.worked_to or last
    return last or claimant.worked_to


def reckon(row: Limitation) -> reckoning.Reckoning | None:
    """时效 as base day and confirmed events give it now; None while the base is unknown."""
    if row.base_on is None:
        return None
    events = LimitationEvent.objects.counting().filter(case=row.case_id)
    return reckoning.reckon(row.base_on, events, row.kind, rule_for(row), Holiday.objects.calendar())


def rule_for(row: Limitation) -> Any:
    """The rule that its deadline keeps; before there is one, the office's own."""
    deadline = row.deadline
    if deadline is not None and row.is_running and deadline.rule["code"] == row.term_code:
        return rule_of(deadline.rule)
    return rule_of(Term.objects.effective(row.term_code, row.case.organisation).snapshot())


def settle(row: Limitation, *, by: User, reason: str, revive: bool = False) -> None:
    """Bring the deadline in line with base day and events. `revive` starts one anew although it is over."""
    found = reckon(row)
    deadline = row.deadline
    if row.is_stopped and not revive:
        return _promise(row, found)
    if found is None:
        if row.is_running and deadline is not None:
            counted.cancel(deadline, by=by, reason=f"起算日待查明：{reason}"[:200])
        row.deadline = None
        row.save(update_fields=["deadline"])
    elif deadline is None or revive or (row.is_acknowledged and found.expires_on != deadline.due_on):
        _start(row, found, by=by, reason=reason)
    elif row.is_running:
        _move(row, deadline, found, by=by, reason=reason)
    return _promise(row, found)


def _promise(row: Limitation, found: reckoning.Reckoning | None) -> None:
    """届满后同意履行: kept on the row for lists; where the right was used in time there was nothing to waive."""
    deadline = row.deadline
    in_time = deadline is not None and deadline.met_on is not None and deadline.met_on <= deadline.due_on
    promised_on = None if found is None or in_time else found.promised_on
    if promised_on != row.promised_on:
        row.promised_on = promised_on
        row.save(update_fields=["promised_on"])


def _start(row: Limitation, found: reckoning.Reckoning, *, by: User, reason: str) -> None:
    if row.is_running and row.deadline is not None:
        counted.cancel(row.deadline, by=by, reason=f"重新起算：{reason}"[:200])
    event = "时效中断后重新计算" if found.interrupted else ""
    rests_on = f"limitation-{row.pk}"
    deadline = clocks.start(
        row.case, row.term_code, on=found.runs_from, by=by, rests_on=rests_on, event=event
    )
    deadline = counted.limit(deadline, until=found.latest, anew=found.interrupted)
    row.deadline = _lengthen(deadline, found, by=by)
    row.save(update_fields=["deadline"])


def _move(row: Limitation, deadline: Deadline, found: reckoning.Reckoning, *, by: User, reason: str) -> None:
    """Correct the start; where an obstacle no longer counts, or the kind is another one, begin afresh."""
    if deadline.rule["code"] != row.term_code:
        return _start(row, found, by=by, reason=reason)
    words = "时效中断" if found.interrupted and found.runs_from > deadline.starts_on else "更正起算日"
    deadline = counted.limit(deadline, until=found.latest, anew=found.interrupted)
    moved = counted.correct_start(deadline, on=found.runs_from, by=by, reason=f"{words}：{reason}"[:200])
    if moved.due_on > found.expires_on:
        return _start(row, found, by=by, reason=reason)
    row.deadline = _lengthen(moved, found, by=by)
    return None


def _lengthen(deadline: Deadline, found: reckoning.Reckoning, *, by: User) -> Deadline:
    """中止: the day that the obstacle gives stands on the deadline as granted."""
    if found.expires_on <= deadline.due_on:
        return deadline
    return counted.extend(deadline, by=by, until=found.expires_on, reason=f"{STOOD}{found.stood}"[:200])


def _drop(row: Limitation, *, by: User, reason: str) -> None:
    """A period that the case turned out not to have; without a deadline it leaves nothing behind."""
    if row.deadline is None:
        row.delete()
    elif row.is_running:
        counted.cancel(row.deadline, by=by, reason=f"{NO_LONGER}：{reason}"[:200])


def follow(case: Case) -> None:
    """The prosecutor's check shows what the watch shows, as long as the review is open (approved text is fixed)."""
    checked = Review.objects.filter(case=case, case__stage=Stage.REVIEW, limitation_checked_at__isnull=False)
    row = principal(case)
    if row is not None:
        expires_on = row.deadline.due_on if row.deadline else None
        checked.update(limitation_from=row.base_on, limitation_expires_on=expires_on)


def watch_missing() -> int:
    """Register what older cases lack, and show in the review where a recount has moved a day. For the sweep."""
    rows = Limitation.objects.filter(case=OuterRef("pk"))
    open_cases = Case.objects.filter(stage__in=[stage.value for stage in OPEN_STAGES])
    lacking = open_cases.exclude(category__in=reckoning.EXEMPT).filter(~Exists(rows)).order_by("pk")
    done = 0
    for pk in lacking.values_list("pk", flat=True)[:AT_ONCE]:
        done += _watch_one(pk)
    _end_with_cases()
    for review in _reviews_left_behind().select_related("case")[:AT_ONCE]:
        follow(review.case)
    return done


def _end_with_cases() -> None:
    """A case that has ended needs no alarm: not every ending cancels all clocks, for service still runs on."""
    is_open = Q(case__stage__in=[stage.value for stage in OPEN_STAGES])
    left = Limitation.objects.filter(deadline__met_on=None, deadline__cancelled_at=None).exclude(is_open)
    for row in left.filter(deadline__isnull=False).select_related("case__handler", "deadline")[:AT_ONCE]:
        if row.deadline is not None:
            by = row.case.handler or row.case.created_by
            counted.cancel(row.deadline, by=by, reason=f"案件{row.case.get_stage_display()}")


def _reviews_left_behind() -> QuerySet[Review]:
    """Open reviews whose expiry is not, or no longer, the day of any deadline of the case."""
    watched = Limitation.objects.filter(case=OuterRef("case"), deadline__isnull=False)
    checked = Review.objects.filter(case__stage=Stage.REVIEW, limitation_expires_on__isnull=False)
    return checked.filter(Exists(watched)).exclude(
        Exists(watched.filter(deadline__due_on=OuterRef("limitation_expires_on")))
    )


@transaction.atomic
def _watch_one(pk: int) -> int:
    case = Case.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if case is None or case.limitations.exists():
        return 0
    watch(case, by=case.handler or case.created_by)
    return 1
