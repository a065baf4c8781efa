"""期限中止: stand still and run on. A clock may stand still for several causes; it runs on when the last has ended.

Each cause has its own row; the days are counted once, however many causes cover them (`arithmetic.merged`). Rows are
never rewritten: what was registered wrongly is voided, and the right row stands beside it.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from core.refusals import Refused
from deadlines import adjusting, counting
from deadlines.locks import lock_open
from deadlines.models import Deadline, DeadlinePause, PauseEvent


@transaction.atomic
def pause(
    deadline: Deadline,
    *,
    on: date,
    by: User,
    reason: str,
    cause: PauseEvent = PauseEvent.SUSPENSION,
    begun_by: str = "",
) -> Deadline:
    """中止: from this day on the days are not counted, until resumed; on a cause that the rule knows.

    `begun_by` names the stated date that stops it, as `ended_by` of `resume` names the one that ends it.
    """
    deadline = lock_open(deadline, "停止计算")
    if reason_not := adjusting.why_not_pause(deadline, on, reason, cause):
        raise Refused(reason_not)
    DeadlinePause.objects.create(
        deadline=deadline,
        seq=next_seq(deadline),
        paused_on=on,
        cause=cause,
        reason=reason.strip(),
        paused_by=by,
        begun_by=begun_by,
    )
    return _recounted(deadline)


@transaction.atomic
def resume(
    deadline: Deadline, *, on: date, by: User, cause: PauseEvent | None = None, ended_by: str = ""
) -> Deadline:
    """恢复: this day counts again, unless another cause keeps the clock still; without `cause` they all end."""
    deadline = lock_open(deadline, "恢复")
    standing = [row for row in open_pauses(deadline) if cause in (None, row.cause)]
    if not standing:
        raise Refused("这项期限没有停止计算，不用恢复。")
    for row in standing:
        if on < row.paused_on:
            raise Refused(f"恢复日期 {on} 早于停止计算的日期 {row.paused_on}，请改其中一个。")
        _end(row, on, by, ended_by)
    return _recounted(deadline)


@transaction.atomic
def take_back(deadline: Deadline, *, cause: PauseEvent | None, by: User, reason: str) -> Deadline:
    """撤销中止: this cause never stopped the clock; other causes go on."""
    deadline = lock_open(deadline, "撤销中止")
    for row in standing_rows(deadline).filter(cause=cause, resumed_on=None):
        _void(row, by, reason)
    return _recounted(deadline)


@transaction.atomic
def take_back_end(deadline: Deadline, *, ended_by: str, by: User, reason: str) -> Deadline:
    """撤销恢复: the cause had not ended; the clock stands still from its first day as before."""
    deadline = lock_open(deadline, "撤销恢复")
    for row in standing_rows(deadline).filter(ended_by=ended_by):
        _replace(row, by, reason, resumed_on=None)
    return _recounted(deadline)


@transaction.atomic
def move(deadline: Deadline, *, key: str, on: date, by: User, reason: str) -> Deadline:
    """更正中止、恢复的日期: the stated date `key` that begins or ends a pause was another day."""
    deadline = lock_open(deadline, "更正")
    for row in standing_rows(deadline):
        if changed := moved(row, key, on):
            _replace(row, by, reason, **changed)
    return _recounted(deadline)


def moved(row: DeadlinePause, key: str, on: date) -> dict[str, date]:
    """Which day of this pause the stated date `key` is, with its new value; nothing if it is neither."""
    changed = {"paused_on": on} if row.begun_by == key else {}
    return changed | ({"resumed_on": on} if row.ended_by == key else {})


def open_pauses(deadline: Deadline) -> list[DeadlinePause]:
    return list(standing_rows(deadline).filter(resumed_on=None).order_by("seq"))


def standing_rows(deadline: Deadline) -> QuerySet[DeadlinePause]:
    return deadline.pauses.filter(voided_at=None)


def end_all(deadline: Deadline, *, on: date, by: User, ended_by: str) -> None:
    """The period itself is over: whatever keeps it still ends with it. The caller holds the lock and saves."""
    for row in open_pauses(deadline):
        _end(row, max(on, row.paused_on), by, ended_by)
    counting.count(deadline)


def stand_again(deadline: Deadline, *, ended_by: tuple[str, ...], by: User, reason: str) -> None:
    """The period is not over after all: what `end_all` ended goes on. The caller holds the lock and saves."""
    for row in standing_rows(deadline).filter(ended_by__in=ended_by):
        _replace(row, by, reason, resumed_on=None)
    counting.count(deadline)


def carry_over(source: Deadline, target: Deadline, *, by: User, reason: str) -> Deadline:
    """转入: what stopped one period stopped the other too, on the same days; what stands there already stays."""
    wanted = {_days(row): row for row in standing_rows(source)}
    known = {_days(row): row for row in standing_rows(target)}
    for key in known.keys() - wanted.keys():
        _void(known[key], by, reason)
    causes = target.rule.get("pause_events", [])
    for row in (wanted[key] for key in wanted if key not in known):
        if row.cause in causes:
            _copy(row, target, next_seq(target)).save(force_insert=True)
    return _recounted(target)


def _days(row: DeadlinePause) -> tuple[object, ...]:
    return row.cause, row.paused_on, row.resumed_on, row.begun_by, row.ended_by


def _copy(row: DeadlinePause, target: Deadline, seq: int) -> DeadlinePause:
    new = DeadlinePause(
        deadline=target,
        seq=seq,
        paused_on=row.paused_on,
        cause=row.cause,
        reason=row.reason,
        paused_by=row.paused_by,
        begun_by=row.begun_by,
    )
    new.resumed_on, new.resumed_at, new.resumed_by = row.resumed_on, row.resumed_at, row.resumed_by
    new.ended_by = row.ended_by
    return new


def next_seq(deadline: Deadline) -> int:
    """Pauses and extensions share one order; the row lock keeps it gapless."""
    return deadline.pauses.count() + deadline.extensions.count() + 1


def _recounted(deadline: Deadline) -> Deadline:
    """Count again and save; a calendar hears of it when the due day or the standstill is another."""
    stood, sequence = deadline.paused_on, deadline.sequence
    counting.count(deadline)
    if deadline.paused_on != stood and deadline.sequence == sequence:
        deadline.sequence += 1
    deadline.save(update_fields=list(counting.FIELDS))
    return deadline


def _end(row: DeadlinePause, on: date, by: User, ended_by: str) -> None:
    row.resumed_on, row.resumed_at, row.resumed_by, row.ended_by = on, clock.now(), by, ended_by
    row.save(update_fields=["resumed_on", "resumed_at", "resumed_by", "ended_by"])


def _void(row: DeadlinePause, by: User, reason: str) -> None:
    row.voided_at, row.voided_by, row.void_reason = clock.now(), by, reason.strip()[:200]
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _replace(row: DeadlinePause, by: User, reason: str, **changed: date | None) -> None:
    """Void the row and put the right one in its place: for the same cause, with the same number."""
    _void(row, by, reason)
    new = DeadlinePause(
        deadline_id=row.deadline_id,
        seq=row.seq,
        paused_on=changed.get("paused_on") or row.paused_on,
        cause=row.cause,
        reason=row.reason,
        paused_by=row.paused_by,
        begun_by=row.begun_by,
    )
    resumed_on = changed.get("resumed_on", row.resumed_on)
    if resumed_on:
        new.resumed_on, new.resumed_at, new.resumed_by = resumed_on, clock.now(), row.resumed_by
        new.ended_by = row.ended_by
    new.save(force_insert=True)
