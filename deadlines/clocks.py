"""The verbs of the clock; with `deadlines.pauses` its only writer. Callers hold the transaction of their own event."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Left, Replace

from accounts.models import Organisation, User
from core import clock
from core.refusals import Refused
from deadlines import adjusting, counting
from deadlines.locks import lock_open
from deadlines.models import (
    Deadline,
    DeadlineCorrection,
    DeadlineExtension,
    DeadlineHandOver,
    DeadlineReopening,
    Term,
)
from deadlines.pauses import end_all, next_seq, pause, resume, stand_again
from deadlines.rules import Extension, Unit
from notifications.models import Notification

__all__ = [
    "cancel",
    "correct_start",
    "extend",
    "hand_over",
    "limit",
    "meet",
    "pause",
    "rename",
    "reopen",
    "resume",
    "revive",
    "source_of",
    "start",
    "take_back_extension",
]

# what ended a pause where the period itself was over (`DeadlinePause.ended_by`)
MEETING, CANCELLING = "met", "cancelled"
LONGEST_TITLE = Deadline._meta.get_field("title").max_length or 0
MET = ("met_on", "met_at", "met_by", "met_note")
CANCELLED = ("cancelled_at", "cancelled_by", "cancel_reason", "acknowledged")


@transaction.atomic
def start(
    code: str,
    *,
    organisation: Organisation,
    responsible: User,
    title: str,
    owner_url: str,
    starts_on: date,
    by: User,
    length: int | None = None,
    starts_at: datetime | None = None,
    event: str = "",
) -> Deadline:
    """起算: set a period running by the office's rule `code`; `length` where the event fixes another one.

    `starts_on` is the day of the event, itself not counted. Terms of hours need `starts_at` as well. `event` names
    the event where the rule's own words (`trigger`) say too little; without personal data. Where the office has
    switched the rule off the event takes its course, and the deadline stands on record as not counted.
    """
    term = Term.objects.effective(code, organisation)
    if term.unit == Unit.HOUR and starts_at is None:
        raise Refused(f"“{term.name}”按小时计算，请填写起算的时刻。")
    deadline = Deadline(
        organisation=organisation,
        responsible=responsible,
        term=term,
        title=title,
        owner_url=owner_url,
        rule=term.snapshot(length),
        kind=term.kind,
        whose=term.whose,
        stops=term.stops,
        event=event or term.trigger,
        starts_on=starts_on,
        starts_at=starts_at if term.unit == Unit.HOUR else None,
        created_by=by,
    )
    counting.count(deadline)
    if not term.is_active:
        deadline.cancelled_at, deadline.cancelled_by = clock.now(), by
        deadline.cancel_reason = f"期限规则“{term}”已停用，没有计算"
    deadline.save(force_insert=True)
    return deadline


@transaction.atomic
def meet(deadline: Deadline, *, on: date, by: User, note: str = "") -> Deadline:
    """完成: what the period asked for was done on this day. A pause still running ends with it, and so do reminders."""
    deadline = lock_open(deadline, "完成")
    if on > clock.today():
        raise Refused(f"完成日期 {on} 还没到，请改成今天或以前的日期。")
    if deadline.paused_on:
        end_all(deadline, on=on, by=by, ended_by=MEETING)
    deadline.met_on, deadline.met_at, deadline.met_by = on, clock.now(), by
    deadline.met_note = note.strip()
    _over(deadline, *MET)
    return deadline


@transaction.atomic
def reopen(deadline: Deadline, *, by: User, with_event: bool = False) -> Deadline:
    """撤销完成、知悉: whoever reported it takes that back on the same day; the period runs on as before.

    `with_event`: the event that met it is taken back by its own verb, which has asked who may and when.
    """
    deadline = Deadline.objects.lock(deadline)
    if not (with_event and deadline.met_on) and (reason_not := adjusting.why_not_reopen(deadline, by)):
        raise Refused(reason_not)
    return _open_again(deadline, by)


@transaction.atomic
def correct_start(deadline: Deadline, *, on: date, by: User, reason: str) -> Deadline:
    """更正起算日: the event happened on this day, or starts the period anew. Pauses and extensions are kept."""
    deadline = lock_open(deadline, "更正")
    if on == deadline.starts_on:
        return deadline
    if not reason.strip():
        raise Refused("还没填更正事由。")
    old_start, old_due = deadline.starts_on, deadline.due_on
    if deadline.starts_at:
        deadline.starts_at += on - deadline.starts_on
    deadline.starts_on = on
    counting.count(deadline)
    deadline.save(update_fields=["starts_on", "starts_at", *counting.FIELDS])
    DeadlineCorrection.objects.create(
        deadline=deadline,
        old_start=old_start,
        new_start=on,
        old_due=old_due,
        new_due=deadline.due_on,
        reason=reason.strip(),
        corrected_by=by,
    )
    return deadline


@transaction.atomic
def limit(deadline: Deadline, *, until: date | None, anew: bool) -> Deadline:
    """封顶: the period ends on this day at the latest, whatever starts it anew or prolongs it (民法典188条2款).

    `anew`: it has been interrupted, and says so where it explains itself.
    """
    wanted = {"not_after": until.isoformat() if until else None, "anew": anew}
    deadline = lock_open(deadline, "更正")
    if deadline.rule == deadline.rule | wanted:
        return deadline
    deadline.rule = deadline.rule | wanted
    counting.count(deadline)
    deadline.save(update_fields=["rule", *counting.FIELDS])
    return deadline


@transaction.atomic
def extend(
    deadline: Deadline,
    *,
    by: User,
    reason: str,
    days: int | None = None,
    months: int | None = None,
    until: date | None = None,
    above: bool = False,
    on_behalf_of: User | None = None,
) -> Deadline:
    """延长: by days (working days for a term of working days), by months, or until the day that was granted.

    `above`: a higher authority approved more than the rule allows.
    """
    deadline = lock_open(deadline, "延长")
    if days is not None and days <= 0:
        raise Refused("延长天数请填大于 0 的整数，例如 15。")
    granted = Extension(days or 0, until, months or 0)
    if reason_not := adjusting.why_not_extend(deadline, granted, reason, above):
        raise Refused(reason_not)
    DeadlineExtension.objects.create(
        deadline=deadline,
        seq=next_seq(deadline),
        days=days,
        months=months,
        until=until,
        above=above,
        reason=reason.strip(),
        extended_by=by,
        on_behalf_of=on_behalf_of,
    )
    counting.count(deadline)
    deadline.save(update_fields=list(counting.FIELDS))
    return deadline


@transaction.atomic
def take_back_extension(
    deadline: Deadline, *, extension: DeadlineExtension, by: User, reason: str
) -> Deadline:
    """撤销延长: it was entered wrongly. The row stays with the reason; the due day is counted without it."""
    deadline = lock_open(deadline, "撤销延长")
    row = DeadlineExtension.objects.get(deadline=deadline, pk=extension.pk)
    if reason_not := adjusting.why_not_void(row, reason):
        raise Refused(reason_not)
    row.voided_at, row.voided_by, row.void_reason = clock.now(), by, reason.strip()[:200]
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    counting.count(deadline)
    deadline.save(update_fields=list(counting.FIELDS))
    return deadline


@transaction.atomic
def cancel(deadline: Deadline, *, by: User, reason: str, acknowledged: bool = False) -> Deadline:
    """撤销: the event that started the period fell away; or a right ran out and was `acknowledged` (知悉).

    A pause still running ends with it.
    """
    deadline = lock_open(deadline, "撤销")
    if not reason.strip():
        raise Refused("还没填撤销事由。")
    if deadline.paused_on:
        end_all(deadline, on=clock.today(), by=by, ended_by=CANCELLING)
    deadline.cancelled_at, deadline.cancelled_by, deadline.cancel_reason = clock.now(), by, reason.strip()
    deadline.acknowledged = acknowledged
    _over(deadline, *CANCELLED)
    return deadline


@transaction.atomic
def revive(deadline: Deadline, *, by: User) -> Deadline:
    """恢复计算: what cancelled the period was taken back by its own verb; it runs on as before."""
    deadline = Deadline.objects.lock(deadline)
    if deadline.cancelled_at is None:
        raise Refused("这项期限没有撤销，不用恢复。")
    return _open_again(deadline, by)


@transaction.atomic
def hand_over(deadline: Deadline, *, to: User, by: User, reason: str = "") -> Deadline:
    """转办: somebody else of the same unit answers for the period from now on."""
    deadline = lock_open(deadline, "转办")
    if to.pk == deadline.responsible_id:
        raise Refused(f"{to} 已经是责任人，请另选一位。")
    units = (deadline.organisation_id, deadline.responsible.organisation_id)  # they part when somebody moved
    if not to.is_active or to.organisation_id not in units:
        raise Refused("只能转给本单位在岗的人员，请另选一位。")
    DeadlineHandOver.objects.create(
        deadline=deadline, giver=deadline.responsible, taker=to, reason=reason.strip(), handed_by=by
    )
    deadline.responsible = to
    deadline.sequence += 1
    deadline.save(update_fields=["responsible", "sequence"])
    return deadline


@transaction.atomic
def rename(owner_url: str, *, old: str, new: str) -> None:
    """取得文号: what is told of the period, in the house and in calendars, bears the number from now on."""
    renamed = Replace(F("title"), Value(old), Value(new))
    found = Deadline.objects.filter(owner_url=owner_url, title__startswith=old)
    found.update(title=Left(renamed, LONGEST_TITLE), sequence=F("sequence") + 1)


def _open_again(deadline: Deadline, by: User) -> Deadline:
    """Neither done nor cancelled; what its end had ended keeps it still as before."""
    DeadlineReopening.objects.create(
        deadline=deadline,
        was_met_on=deadline.met_on,
        was_note=deadline.met_note or deadline.cancel_reason,
        reopened_by=by,
    )
    deadline.met_on = deadline.met_at = deadline.met_by = None
    deadline.cancelled_at = deadline.cancelled_by = None
    deadline.met_note, deadline.cancel_reason, deadline.acknowledged = "", "", False
    deadline.sequence += 1
    stand_again(deadline, ended_by=(MEETING, CANCELLING), by=by, reason="恢复计算")
    deadline.save(update_fields=[*MET, *CANCELLED, *counting.FIELDS])
    return deadline


def _over(deadline: Deadline, *columns: str) -> None:
    """Nothing more will be said of it: calendars hear of the end, messages not yet sent are withdrawn."""
    deadline.sequence += 1
    deadline.save(update_fields=[*columns, *counting.FIELDS])
    Notification.objects.settle(source_of(deadline))


def source_of(deadline: Deadline) -> str:
    """What notifications about this deadline are filed under (`Notification.source`)."""
    return f"deadline-{deadline.pk}"
