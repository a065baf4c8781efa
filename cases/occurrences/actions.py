"""程序事件 and what they do to the clocks; 办结 and 延长 of one clock."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.models import Case, Occurrence
from cases.occurrences import policy
from cases.occurrences.effects import codes_started, stoppable, stopped_by
from cases.occurrences.kinds import KINDS, Kind, kind_of
from cases.workflow import ENDS_CLOCKS, Act
from core import clock
from core.refusals import Refused
from deadlines import clocks as deadline_clocks
from deadlines.models import Deadline, DeadlinePause, PauseEvent


@transaction.atomic
def record(
    case: Case,
    *,
    kind: str,
    on: date,
    by: User,
    at: datetime | None = None,
    note: str = "",
    ends: Collection[int] | None = None,
) -> Occurrence:
    """登记事件: starts, ends, stops and resumes the clocks that the table names, all with it.

    `ends` are the keys of the open clocks that this event ends, where not all of its kind (two defendants, two days).
    """
    case = Case.objects.lock(case)
    if reason := policy.why_not_record(case, by) or policy.why_not_kind(case, kind, on, at):
        raise Refused(reason)
    row = KINDS[kind]
    one = Occurrence.objects.create(
        case=case, kind=kind, on=on, at=at if row.needs_hour else None, note=note.strip(), recorded_by=by
    )
    _end(case, one, row, ends, by)
    _go_on(case, one, row, by)
    for deadline in stoppable(case, row):
        assert row.stops is not None  # else nothing is stoppable
        deadline_clocks.pause(deadline, on=on, by=by, reason=row.label, cause=row.stops)
    _begin(case, one, row, by)
    journal.note(case, Act.OCCURRED, by=by, text=f"{row.label} {on}")
    return one


def _end(case: Case, one: Occurrence, row: Kind, ends: Collection[int] | None, by: User) -> None:
    open_ones = clocks.everything(case, row.meets) if row.meets else []
    for deadline in open_ones:
        if ends is not None and deadline.pk not in ends:
            continue
        if reason := policy.why_not_meet(deadline, row.label, one.on):
            raise Refused(reason)
        clocks.meet_one(deadline, on=one.on, by=by, note=_mark(one, row))


def _mark(one: Occurrence, row: Kind) -> str:
    """What a clock says of the event that ended it; by it the event is found when it is taken back."""
    return f"{row.label}（事件 {one.pk}）"


def _begin(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    codes = codes_started(case, row)
    for deadline in clocks.running(case, codes) if row.anew else []:
        deadline_clocks.cancel(deadline, by=by, reason=f"{row.label}，重新起算")
    for code in codes:
        clocks.start(
            case, code, on=one.on, at=one.at, by=by, rests_on=f"occurrence-{one.pk}", event=row.label
        )


def _go_on(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """What the beginning stopped runs on, unless the review itself has been suspended meanwhile."""
    suspension = case.suspensions.filter(lifted_on=None).first()
    for deadline in stopped_by(case, row):
        deadline = deadline_clocks.resume(deadline, on=one.on, by=by)
        if suspension and deadline.rule["code"] in clocks.REVIEW_CLOCKS:
            since = max(one.on, suspension.starts_on)
            reason = suspension.get_ground_display()
            deadline_clocks.pause(deadline, on=since, by=by, reason=reason, cause=PauseEvent.SUSPENSION)


@transaction.atomic
def withdraw(case: Case, *, occurrence: Occurrence, reason: str, by: User) -> Occurrence:
    """撤销事件: it did not happen. What it started is cancelled, what it ended or stopped is as it was before."""
    case = Case.objects.lock(case)
    one = Occurrence.objects.select_for_update().get(case=case, pk=occurrence.pk)
    if refusal := policy.why_not_withdraw(case, one, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填撤销理由。")
    row = kind_of(one.kind)
    for deadline in clocks.resting_on(case, f"occurrence-{one.pk}"):
        deadline_clocks.cancel(deadline, by=by, reason=f"撤销“{row.label}”：{reason.strip()}"[:200])
    _reopen(case, one, row, by)
    _unstop(case, one, row, by)
    _stop_again(case, one, row, by)
    one.removed_at, one.removed_by, one.remove_reason = clock.now(), by, reason.strip()
    one.save(update_fields=["removed_at", "removed_by", "remove_reason"])
    journal.note(case, Act.OCCURRENCE_REMOVED, by=by, text=f"{row.label} {one.on}：{reason.strip()}")
    return one


def _reopen(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """What it ended runs on, unless the case has since taken a step that ends such clocks anyway."""
    later = set(case.events.filter(happened_at__gt=one.recorded_at).values_list("kind", flat=True))
    ended_since = {code for kind, codes in ENDS_CLOCKS.items() if kind in later for code in codes}
    for deadline in Deadline.objects.filter(clocks.of_case(case), met_note=_mark(one, row)):
        if deadline.rule["code"] not in ended_since:
            deadline_clocks.reopen(deadline, by=by, with_event=True)


def _unstop(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """Resumed on the very day it was stopped, a clock has lost no day."""
    if row.stops is None:
        return
    since = Deadline.objects.paused().filter(case_link__case=case, paused_on=one.on)
    for deadline in since.filter(pauses__resumed_on=None, pauses__cause=row.stops):
        deadline_clocks.resume(deadline, on=one.on, by=by)


def _stop_again(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """The appraisal, the announcement … was not over: its clocks stand still from that day on."""
    if row.goes_on is None:
        return
    for deadline in clocks.running(case, row.stopped):
        last = DeadlinePause.objects.filter(deadline=deadline).order_by("seq").last()
        if last and last.cause == row.goes_on and last.resumed_on == one.on:
            reason = f"撤销“{row.label}”"
            deadline_clocks.pause(deadline, on=one.on, by=by, reason=reason, cause=row.goes_on)


@transaction.atomic
def finish(case: Case, *, deadline: Deadline, on: date, by: User, note: str = "") -> Deadline:
    """办结: what the period asked for was done on this day; for periods without a page of their own."""
    case = Case.objects.lock(case)
    deadline = Deadline.objects.get(clocks.of_case(case), pk=deadline.pk)
    if reason := policy.why_not_finish(case, deadline, by):
        raise Refused(reason)
    if reason := policy.why_not_meet(deadline, "办结", on):
        raise Refused(reason)
    clocks.meet_one(deadline, on=on, by=by, note=note)
    journal.note(case, Act.CLOCK_MET, by=by, text=f"{deadline.rule['name']} {on}")
    return deadline


@transaction.atomic
def extend(
    case: Case,
    *,
    deadline: Deadline,
    reason: str,
    by: User,
    days: int | None = None,
    until: date | None = None,
) -> Deadline:
    """登记延长: by days, or until the day that the court or the board granted (审限延长 …)."""
    case = Case.objects.lock(case)
    deadline = Deadline.objects.get(clocks.of_case(case), pk=deadline.pk)
    if refusal := policy.why_not_extend(case, deadline, by):
        raise Refused(refusal)
    deadline = deadline_clocks.extend(deadline, by=by, reason=reason, days=days, until=until)
    text = f"{deadline.rule['name']}延长至 {deadline.due_on}"
    journal.note(case, Act.CLOCK_EXTENDED, by=by, text=text)
    return deadline
