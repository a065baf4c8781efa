"""程序事件 and what they do to the clocks; 办结 and 延长 of one clock."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.filing import judgments
from cases.models import Case, Occurrence
from cases.occurrences import conversion, policy
from cases.occurrences.announcing import OVER, announced_paper, judgment_announced, paper_of
from cases.occurrences.effects import narrowed, stoppable, stopped_by
from cases.occurrences.kinds import Kind, kind_of
from cases.workflow import ENDS_CLOCKS, Act
from core import clock
from core.refusals import Refused
from deadlines import clocks as deadline_clocks
from deadlines import pauses, prolonging
from deadlines.models import Deadline, DeadlineExtension


@transaction.atomic
def record(
    case: Case,
    *,
    kind: str,
    on: date,
    by: User,
    at: datetime | None = None,
    paper: str = "",
    note: str = "",
    ends: Collection[int] | None = None,
    again: bool = False,
) -> Occurrence:
    """登记事件: starts, ends, stops and resumes the clocks that the table names, all with it.

    `ends` are the keys of the open clocks that this event ends, where not all of its kind (two defendants, two days).
    `paper` is what was announced; `again`: it is another one of what stands on record already.
    """
    case = Case.objects.lock(case)
    reason = policy.why_not_record(case, by) or policy.why_not_kind(case, kind, on, at, paper)
    if reason or (reason := policy.why_not_again(case, kind, on, at, again)):
        raise Refused(reason)
    row = narrowed(case, kind)
    one = Occurrence(case=case, kind=kind, on=on, note=note.strip(), recorded_by=by)
    one.at = at if row.needs_hour else None
    one.paper = paper_of(case, paper) if row.papers else ""
    announced = announced_paper(case) if kind == OVER else ""
    one.save(force_insert=True)
    _end(case, one, row, ends, by)
    _go_on(case, one, row, by)
    _stop(case, one, row, by)
    _begin(case, one, row, by)
    if row.converts:
        conversion.convert(case, one, by=by)
    _serve(case, one, announced, by)
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


def _anew(one: Occurrence, row: Kind) -> str:
    return f"{_mark(one, row)}，重新起算"


def _key(one: Occurrence) -> str:
    return f"occurrence-{one.pk}"


def _begin(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    for deadline in clocks.running(case, row.starts) if row.anew else []:
        clocks.cancel(deadline, by=by, reason=_anew(one, row))
    for code in row.starts:
        clocks.start(case, code, on=one.on, at=one.at, by=by, rests_on=_key(one), event=row.label)


def _stop(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    for deadline in stoppable(case, row):
        assert row.stops is not None  # else nothing is stoppable
        pauses.pause(deadline, on=one.on, by=by, reason=row.label, cause=row.stops, begun_by=_key(one))


def _go_on(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """What the beginning stopped runs on, unless another cause keeps it still."""
    for deadline in stopped_by(case, row):
        pauses.resume(deadline, on=one.on, by=by, cause=row.goes_on, ended_by=_key(one))


def _serve(case: Case, one: Occurrence, announced: str, by: User) -> None:
    """公告期满 of a judgment is its service: one record, by the verb of 裁判送达; the appeal period runs from it."""
    judgment = judgment_announced(case, announced)
    if judgment and judgment.last_served_on is None:
        one.judgment = judgments.serve(case, last_served_on=one.on, by=by)
        one.save(update_fields=["judgment"])


@transaction.atomic
def withdraw(case: Case, *, occurrence: Occurrence, reason: str, by: User) -> Occurrence:
    """撤销事件: it did not happen. What it started is cancelled, what it ended or stopped is as it was before."""
    case = Case.objects.lock(case)
    one = Occurrence.objects.select_for_update(of=("self",)).get(case=case, pk=occurrence.pk)
    if refusal := policy.why_not_withdraw(case, one, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填撤销理由。")
    row = kind_of(one.kind)
    why = f"撤销“{row.label}”：{reason.strip()}"[:200]
    for deadline in clocks.resting_on(case, _key(one)):
        clocks.cancel(deadline, by=by, reason=why)
    _reopen(case, one, row, by)
    _revive(case, one, row, by)
    for deadline in clocks.paused_for(case, row.stops, row.stopped) if row.stops else []:
        pauses.take_back(deadline, cause=row.stops, by=by, reason=why)
    for deadline in clocks.running(case, row.stopped) if row.goes_on else []:
        pauses.take_back_end(deadline, ended_by=_key(one), by=by, reason=why)
    if row.converts:
        conversion.take_back(case, one, by=by, reason=why)
    if one.judgment:
        judgments.take_back_service(case, one.judgment, reason=why, by=by)
    one.removed_at, one.removed_by, one.remove_reason = clock.now(), by, reason.strip()
    one.save(update_fields=["removed_at", "removed_by", "remove_reason"])
    journal.note(case, Act.OCCURRENCE_REMOVED, by=by, text=f"{row.label} {one.on}：{reason.strip()}")
    return one


def _reopen(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """What it ended runs on, unless the case has since taken a step that ends such clocks anyway."""
    ended_since = _ended_since(case, one)
    for deadline in Deadline.objects.filter(clocks.of_case(case), met_note=_mark(one, row)):
        if deadline.rule["code"] not in ended_since:
            deadline_clocks.reopen(deadline, by=by, with_event=True)


def _ended_since(case: Case, one: Occurrence) -> set[str]:
    later = set(case.events.filter(happened_at__gt=one.recorded_at).values_list("kind", flat=True))
    return {code for kind, codes in ENDS_CLOCKS.items() if kind in later for code in codes}


def _revive(case: Case, one: Occurrence, row: Kind, by: User) -> None:
    """What it had started anew runs again from its own event, as long as that stands, by the day it bears now."""
    before = Deadline.objects.filter(case_link__case=case, cancel_reason=_anew(one, row))
    for deadline in before.select_related("case_link") if row.anew else []:
        key = deadline.case_link.rests_on
        cause = Occurrence.objects.filter(pk=int(key.removeprefix("occurrence-") or 0)).first()
        if cause and cause.removed_at:
            continue
        deadline = deadline_clocks.revive(deadline, by=by)
        if cause:
            deadline_clocks.correct_start(deadline, on=cause.on, by=by, reason=f"撤销“{row.label}”")


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
    above: bool = False,
) -> Deadline:
    """登记延长: by days, or until the day that the court or the board granted; by what the rule allows if left out."""
    case = Case.objects.lock(case)
    deadline = Deadline.objects.get(clocks.of_case(case), pk=deadline.pk)
    if refusal := policy.why_not_extend(case, deadline, by):
        raise Refused(refusal)
    unsaid = days is None and until is None and not above
    granted = prolonging.allowed(deadline.rule) if unsaid else None
    if granted:
        facts: dict[str, Any] = {"days": granted.days or None, "months": granted.months or None}
        deadline = deadline_clocks.extend(deadline, by=by, reason=reason, **facts)
    else:
        deadline = deadline_clocks.extend(deadline, by=by, reason=reason, days=days, until=until, above=above)
    text = f"{deadline.rule['name']}延长至 {deadline.due_on}"
    journal.note(case, Act.CLOCK_EXTENDED, by=by, text=text)
    return deadline


@transaction.atomic
def take_back_extension(case: Case, *, extension: DeadlineExtension, reason: str, by: User) -> Deadline:
    """撤销延长: it was registered wrongly; the row stays, the due day is counted without it."""
    case = Case.objects.lock(case)
    row = DeadlineExtension.objects.select_related("deadline").get(
        deadline__in=Deadline.objects.filter(clocks.of_case(case)), pk=extension.pk
    )
    if refusal := policy.why_not_take_back(case, row, by):
        raise Refused(refusal)
    deadline = deadline_clocks.take_back_extension(row.deadline, extension=row, by=by, reason=reason)
    text = f"{deadline.rule['name']}：撤销“{row.told}”，改为 {deadline.due_on} 到期：{reason.strip()}"
    journal.note(case, Act.CLOCK_EXTENDED, by=by, text=text)
    return deadline
