"""案件期限: start, meet, pause and resume the deadlines that belong to a case. `deadlines.clocks` does the counting."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from cases.models import Case, CaseDeadline
from cases.workflow import ENDS_CLOCKS, Act, Move
from core.refusals import Refused
from deadlines import clocks, pauses, todos
from deadlines.models import Deadline, DeadlinePause, PauseEvent, Task, Whose
from deadlines.models.deadline import DeadlineQuerySet

REVIEW_CLOCKS = ("P6a", "P6b")


def start(
    case: Case,
    code: str,
    *,
    on: date,
    by: User,
    length: int | None = None,
    at: datetime | None = None,
    rests_on: str = "",
    event: str = "",
) -> Deadline:
    """Start one clock of the case on a day that a person stated; the handler is responsible, else whoever acts.

    `rests_on` names that stated date (`CaseDeadline.rests_on`), so that correcting it moves the clock; `at` is the
    hour that terms of hours run from.
    """
    deadline = clocks.start(
        code,
        organisation=case.organisation,
        responsible=case.handler or by,
        title=str(case),
        owner_url=case.get_absolute_url(),
        starts_on=on,
        starts_at=at,
        by=by,
        length=length,
        event=event,
    )
    CaseDeadline.objects.create(case=case, deadline=deadline, rests_on=rests_on)
    return deadline


def rename(case: Case) -> None:
    """取得文号: the clocks that ran before, and the to-dos in calendars, bear the number of the case as well."""
    clocks.rename(case.get_absolute_url(), old=case.code, new=str(case))
    todos.told_anew(case.get_absolute_url())


def running(case: Case, codes: Iterable[str] | None = None, *, since: str = "") -> list[Deadline]:
    """Open clocks of the case, nearest first; `since`: those that run from such a date (`service-`)."""
    found = Deadline.objects.open().filter(case_link__case=case, case_link__rests_on__startswith=since)
    return list((_named(found, codes) if codes is not None else found).by_clock())


def _named(found: DeadlineQuerySet, codes: Iterable[str]) -> DeadlineQuerySet:
    """公告 of the office's own papers ends with their service alone, not with what a court does."""
    own_notice = Q(term__code="C21", case_link__rests_on__startswith="service-")
    return found.filter(term__code__in=list(codes)).exclude(own_notice)


def resting_on(case: Case, *keys: str) -> list[Deadline]:
    """Open clocks that run from these stated dates."""
    found = Deadline.objects.open().filter(case_link__case=case, case_link__rests_on__in=keys)
    return list(found.by_clock())


def of_code(case: Case, code: str) -> DeadlineQuerySet:
    """Every clock of this code that the case ever had."""
    return Deadline.objects.filter(case_link__case=case, term__code=code)


def meet(case: Case, codes: Iterable[str], *, on: date, by: User) -> None:
    for deadline in running(case, codes):
        clocks.meet(deadline, on=on, by=by)


def meet_one(deadline: Deadline, *, on: date, by: User, note: str = "") -> None:
    if deadline.cancelled_at:  # its rule is off: nothing was counted
        return
    clocks.meet(deadline, on=on, by=by, note=note)


def cancel(deadline: Deadline, *, by: User, reason: str) -> None:
    clocks.cancel(deadline, by=by, reason=reason[:200])


def end_with(case: Case, kind: Move | Act, *, on: date, by: User) -> None:
    """Meet the clocks that the procedure table ends with this move."""
    meet(case, ENDS_CLOCKS.get(kind, ()), on=on, by=by)


def of_case(case: Case) -> Q:
    """Clocks of the case and those that hang on its page, as 司法确认 of its mediation (C14) does."""
    return Q(case_link__case=case) | Q(owner_url=case.get_absolute_url())


def everything(case: Case, codes: Iterable[str] | None = None) -> list[Deadline]:
    """Open clocks of the case and of its page, nearest first."""
    found = Deadline.objects.open().filter(of_case(case))
    return list((_named(found, codes) if codes is not None else found).by_clock())


def _todos(case: Case) -> list[Task]:
    return list(Task.objects.open().filter(owner_url=case.get_absolute_url()))


def cancel_all(case: Case, *, by: User, reason: str) -> None:
    """The case is over: nothing of it runs on, and nothing of it is left to do."""
    for deadline in everything(case):
        clocks.cancel(deadline, by=by, reason=reason)
    for task in _todos(case):
        todos.finish(task, by=by)


def end_watch(case: Case, move: Move, *, by: User) -> None:
    """不予受理、不支持起诉、终结审查: the office no longer watches what others do or may lose; its own service runs on.

    After 终结审查 what the parties agreed is still followed (约定履行, 司法确认), so only the limitation ends.
    """
    watched = Deadline.objects.open().filter(case_link__case=case).exclude(whose=Whose.OURS)
    if move == Move.TERMINATE:
        watched = watched.filter(limitation__isnull=False)
    for deadline in watched:
        clocks.cancel(deadline, by=by, reason=f"本院{move.label}")


def hand_over_all(case: Case, *, giver: User | None, taker: User, by: User) -> None:
    """转办: whoever takes the case answers for its clocks, and for what the giver still had to do."""
    for deadline in everything(case):
        if deadline.responsible_id != taker.pk:
            clocks.hand_over(deadline, to=taker, by=by)
    for task in _todos(case):
        if giver is not None and task.assigned_to_id == giver.pk:
            todos.hand_over(task, to=taker, by=by, reason="随案件转办")


def pause_review(
    case: Case,
    *,
    on: date,
    by: User,
    reason: str,
    cause: PauseEvent = PauseEvent.SUSPENSION,
    begun_by: str = "",
) -> None:
    """中止审查, 诉前和解: the review stands still for this cause too, whatever else keeps it still."""
    for deadline in Deadline.objects.stoppable().filter(case_link__case=case, term__code__in=REVIEW_CLOCKS):
        pauses.pause(deadline, on=on, by=by, reason=reason, cause=cause, begun_by=begun_by)


def resume_review(
    case: Case,
    *,
    on: date,
    by: User,
    cause: PauseEvent = PauseEvent.SUSPENSION,
    ended_by: str = "",
) -> None:
    """This cause has ended; an appraisal, a mediation that goes on keeps the clocks still."""
    for deadline in paused_for(case, cause, REVIEW_CLOCKS):
        pauses.resume(deadline, on=on, by=by, cause=cause, ended_by=ended_by)


def paused_for(case: Case, cause: PauseEvent, codes: Iterable[str]) -> list[Deadline]:
    """Clocks of the case that stand still for this cause, nearest first."""
    open_pauses = DeadlinePause.objects.filter(cause=cause, resumed_on=None, voided_at=None)
    found = Deadline.objects.open().filter(case_link__case=case, term__code__in=list(codes))
    return list(found.filter(pauses__in=open_pauses).by_clock())


def extend_review(case: Case, *, days: int, by: User, reason: str) -> None:
    """延长审查期限: moves the office's own target (P6a); the three-month ceiling (P6b) stays."""
    targets = running(case, ["P6a"])
    if not targets:
        raise Refused("没有进行中的审查期限，不能延长。")
    for deadline in targets:
        clocks.extend(deadline, days=days, by=by, reason=reason)
