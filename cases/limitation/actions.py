"""时效 (domain.md §4.3): events with evidence, confirmed by a prosecutor; the base day; the expiry taken note of."""

from datetime import date

from django.db import transaction

from accounts.models import User
from cases import clocks, journal, stale
from cases.intake.actions import refuse_future
from cases.limitation import hints, policy, watching
from cases.models import Arbitration, Case, Filing, HintDismissal, Limitation, LimitationEvent
from cases.models.limitation import ACKNOWLEDGED
from cases.workflow import Act
from core import clock
from core.refusals import Refused
from deadlines import clocks as counted

Kind = LimitationEvent.Kind
CHECKED = "时效审查认定"
GONE = "这条提示已经处理过，或者所依据的登记已撤销、更正。请刷新时效页后再看。"


@transaction.atomic
def add_event(
    case: Case, *, kind: str, on: date, evidence: str, by: User, removed_on: date | None = None
) -> LimitationEvent:
    """登记时效中断、中止: never overwritten. A prosecutor's entry is confirmed by the same act, others count later."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_watch(case, by):
        raise Refused(reason)
    refuse_future("日期", on)
    _check_removal(kind, on, removed_on)
    if not evidence.strip():
        raise Refused("还没填依据，请写明哪一份证据能证明。")
    return _enter(LimitationEvent(case=case, kind=kind, on=on, evidence=evidence, removed_on=removed_on), by)


def _enter(event: LimitationEvent, by: User) -> LimitationEvent:
    """Put a new event on record; by a prosecutor's hand it is confirmed with it."""
    event.recorded_by = by
    if policy.confirms(by):
        event.confirmed_by, event.confirmed_at = by, clock.now()
    event.save(force_insert=True)
    _settle_all(event.case, by=by, reason=str(event))
    word = "" if event.is_confirmed else "（待确认）"
    journal.note(event.case, Act.REVIEWED, by=by, text=f"时效事由：{event}{_late(event)}{word}")
    return event


def _late(event: LimitationEvent) -> str:
    """Whether it was the debtor's word after the expiry, which revives nothing and still counts (民法典192条2款)."""
    is_promise = event.kind == Kind.ADMISSION and event.is_confirmed
    late = is_promise and event.case.limitations.applying().filter(promised_on__lte=event.on).exists()
    return "（届满后）" if late else ""


@transaction.atomic
def take_over(case: Case, *, source: str, on: date, by: User) -> LimitationEvent:
    """采纳时效中断提示: what is on record elsewhere becomes an event with its day and evidence, once."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_watch(case, by):
        raise Refused(reason)
    hint = _open_hint(case, source, on)
    return _enter(
        LimitationEvent(case=case, kind=hint.kind, on=on, evidence=hint.evidence[:200], source=source), by
    )


@transaction.atomic
def dismiss(case: Case, *, source: str, on: date, reason: str, by: User) -> HintDismissal:
    """不采纳时效中断提示: with a reason, by whoever may confirm; it is not offered again."""
    case = Case.objects.lock(case)
    if reason_not := policy.why_not_dismiss(case, by):
        raise Refused(reason_not)
    hint = _open_hint(case, source, on)
    if not reason.strip():
        raise Refused("还没填理由。")
    label = f"{hint.kind.label}（{hint.evidence}）"[:200]
    made = HintDismissal.objects.create(
        case=case, source=source, label=label, on=on, reason=reason.strip(), dismissed_by=by
    )
    journal.note(case, Act.REVIEWED, by=by, text=f"不作为时效事由：{hint.label}")
    return made


def _open_hint(case: Case, source: str, on: date) -> hints.Hint:
    waiting = {(hint.source, hint.on): hint for hint in hints.hints_of(case)}
    if (source, on) not in waiting:
        raise Refused(GONE)
    return waiting[source, on]


def _check_removal(kind: str, on: date, removed_on: date | None) -> None:
    if removed_on is None:
        return
    if kind != Kind.OBSTACLE:
        raise Refused("障碍消除日期只用于中止事由，请留空或者改选中止事由。")
    if removed_on < on:
        raise Refused(f"障碍消除日期 {removed_on} 早于障碍发生日期 {on}，请改其中一个。")
    refuse_future("障碍消除日期", removed_on)


@transaction.atomic
def confirm_event(event: LimitationEvent, *, by: User) -> LimitationEvent:
    """确认时效事由: from now on it counts."""
    case, event = _lock(event)
    if reason := policy.why_not_confirm(case, by, event):
        raise Refused(reason)
    event.confirmed_by, event.confirmed_at = by, clock.now()
    event.save(update_fields=["confirmed_by", "confirmed_at"])
    _settle_all(case, by=by, reason=str(event))
    journal.note(case, Act.REVIEWED, by=by, text=f"确认时效事由：{event}{_late(event)}")
    return event


@transaction.atomic
def void_event(event: LimitationEvent, *, reason: str, by: User) -> LimitationEvent:
    """撤销时效事由: it stays on record and counts for nothing; every period is settled anew without it."""
    case, event = _lock(event)
    if refusal := policy.why_not_void(case, by, event):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填撤销理由。")
    event.voided_by, event.voided_at, event.void_reason = by, clock.now(), reason.strip()
    event.save(update_fields=["voided_by", "voided_at", "void_reason"])
    _settle_all(case, by=by, reason=f"撤销“{event}”，{event.void_reason}")
    journal.note(case, Act.REVIEWED, by=by, text=f"撤销时效事由：{event}，{event.void_reason}")
    return event


@transaction.atomic
def lift_obstacle(event: LimitationEvent, *, removed_on: date, by: User) -> LimitationEvent:
    """登记障碍消除 (民典194条): written once; from it the end is counted."""
    case, event = _lock(event)
    if reason := policy.why_not_lift(case, by, event):
        raise Refused(reason)
    _check_removal(event.kind, event.on, removed_on)
    event.removed_on = removed_on
    event.save(update_fields=["removed_on"])
    journal.note(case, Act.REVIEWED, by=by, text=f"时效障碍 {removed_on} 消除")
    _settle_all(case, by=by, reason=f"障碍 {removed_on} 消除")
    return event


@transaction.atomic
def state_base(
    limitation: Limitation,
    *,
    base_on: date | None,
    base_note: str,
    version: int,
    by: User,
    still_employed: bool = False,
    kind: str = "",
) -> Limitation:
    """登记、更正起算日: with its ground; a prosecutor confirms by it. The old day stays in the corrections."""
    case = Case.objects.lock(limitation.case)
    limitation = _lock_row(limitation)
    if reason := policy.why_not_state(limitation, by) or _why_not_base(
        limitation, base_on, still_employed, base_note
    ):
        raise Refused(reason)
    if base_on:
        refuse_future("起算日", base_on)
    facts = {"base_on": base_on, "base_note": base_note, "still_employed": still_employed}
    if limitation.is_civil and kind:
        facts["kind"] = kind
    stale.guard(limitation, version, facts, "同事")
    sure = policy.confirms(by)
    limitation.is_provisional = not sure
    limitation.confirmed_by, limitation.confirmed_at = (by, clock.now()) if sure else (None, None)
    stale.save(limitation, facts, ("is_provisional", "confirmed_by", "confirmed_at"))
    watching.settle(limitation, by=by, reason=base_note)
    watching.follow(case)
    told = "劳动关系尚未终止" if still_employed else f"起算日 {base_on}"
    journal.note(case, Act.REVIEWED, by=by, text=f"{limitation}：{told}")
    return limitation


def _why_not_base(limitation: Limitation, base_on: date | None, still_employed: bool, note: str) -> str:
    if still_employed and limitation.kind != Limitation.Kind.WAGE:
        return "劳动关系尚未终止只适用于拖欠工资，请取消勾选。"
    if still_employed and base_on:
        return "劳动关系尚未终止的，不填起算日。请改其中一项。"
    if not still_employed and base_on is None:
        return "还没填起算日。"
    return "" if note.strip() else "还没填依据，请写明为什么从这一天起算。"


def checked(case: Case, *, base_on: date, by: User) -> date:
    """时效审查: the base day of the case's main period as the review states it. Returns the expiry.

    A kind of case without a watch of its own gets one by being checked. Caller holds the lock.
    """
    watching.watch(case, by=by)
    row = watching.principal(case)
    if row is None:
        row = Limitation.objects.create(case=case, kind=Limitation.Kind.CIVIL, recorded_by=by)
    row = state_base(row, base_on=base_on, base_note=CHECKED, version=row.version, by=by)
    assert row.deadline is not None  # it has a base day
    return row.deadline.due_on


@transaction.atomic
def acknowledge(limitation: Limitation, *, note: str, by: User) -> Limitation:
    """知悉时效届满: the alarm ends with a note; the case goes on, for expiry bars nothing (trap 13)."""
    case = Case.objects.lock(limitation.case)
    limitation = _lock_row(limitation)
    if reason := policy.why_not_acknowledge(limitation, by):
        raise Refused(reason)
    if not note.strip():
        raise Refused("还没填说明，请写明怎样处理届满的风险。")
    assert limitation.deadline is not None  # why_not_acknowledge has seen to it
    limitation.deadline = counted.cancel(limitation.deadline, by=by, reason=f"{ACKNOWLEDGED}：{note}"[:200])
    journal.note(case, Act.REVIEWED, by=by, text=f"知悉{limitation}届满")
    return limitation


@transaction.atomic
def after_refusal(case: Case, *, filing: Filing | None, refused_on: date, by: User) -> None:
    """法院不予受理: the suit interrupted the period; from the ruling it runs anew. Caller holds the lock."""
    days = [filing.filed_on, refused_on] if filing else [refused_on]
    _resume(case, days, "起诉，法院不予受理", by)


@transaction.atomic
def arbitrated(case: Case, record: Arbitration, *, by: User) -> None:
    """申请仲裁: the right before the board is exercised; withdrawn, its period runs anew. Caller holds the lock."""
    clocks.meet(case, watching.LABOUR_CODES, on=record.applied_on, by=by)
    if record.result == Arbitration.Result.WITHDRAWN and record.result_on:
        _resume(case, [record.applied_on, record.result_on], "申请仲裁后撤回", by)


def _resume(case: Case, days: list[date], evidence: str, by: User) -> None:
    """What court or board wrote is confirmed by being on record; on both tracks it interrupts (ADR 0008)."""
    rows = [row for row in watching.rows_of(case) if not row.is_dropped]
    said = case.limitation_events.counting().filter(kind=Kind.SUIT)
    for day in sorted(set(days) - set(said.values_list("on", flat=True))):
        LimitationEvent.objects.create(
            case=case,
            kind=Kind.SUIT,
            on=day,
            evidence=evidence,
            recorded_by=by,
            confirmed_by=by,
            confirmed_at=clock.now(),
        )
    for row in rows:
        watching.settle(row, by=by, reason=evidence, revive=row.is_stopped)


def _settle_all(case: Case, *, by: User, reason: str) -> None:
    for row in watching.rows_of(case):
        if not row.is_dropped:
            watching.settle(row, by=by, reason=reason)
    watching.follow(case)


def _lock(event: LimitationEvent) -> tuple[Case, LimitationEvent]:
    """The case first, then the event: of two who confirm, one is told who was first."""
    case = Case.objects.lock(event.case)
    rows = LimitationEvent.objects.select_for_update(of=("self",)).select_related(
        "confirmed_by", "voided_by", "recorded_by"
    )
    return case, rows.get(pk=event.pk)


def _lock_row(limitation: Limitation) -> Limitation:
    rows = Limitation.objects.select_for_update(of=("self",)).select_related("case", "deadline")
    return rows.get(pk=limitation.pk)
