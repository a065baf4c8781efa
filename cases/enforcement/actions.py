"""履行与执行跟进、办结、归档 (S18–S20)."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import clocks, journal, stale
from cases.enforcement import policy
from cases.filing import policy as court
from cases.intake.actions import refuse_future
from cases.models import Archiving, Case, Closure, Enforcement, FollowUp, Judgment
from cases.transitions import advance
from cases.workflow import STARTS, Act, Move
from core.refusals import Refused

DATES = ("applied_on", "terminated_for_now_on", "resumed_on")
COURT_RESULTS = {
    Judgment.Result.WITHDRAWN: Closure.Result.COURT_WITHDRAWN,
    Judgment.Result.DEEMED_WITHDRAWN: Closure.Result.COURT_WITHDRAWN,
    Judgment.Result.DISMISSED: Closure.Result.DISMISSED,
    Judgment.Result.REJECTED: Closure.Result.DISMISSED,
    Judgment.Result.TRANSFERRED: Closure.Result.OTHER,
    Judgment.Result.ENDED: Closure.Result.OTHER,
}


@transaction.atomic
def apply(case: Case, *, applied_on: date, court: str, court_number: str, by: User) -> Enforcement:
    """登记申请执行 (S18): ends the two-year period; the court has six months before one may go above it (C19)."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_apply(case, by):
        raise Refused(reason)
    if reason := policy.why_not_dates(case, applied_on):
        raise Refused(reason)
    record = Enforcement.objects.create(
        case=case, applied_on=applied_on, court=court, court_number=court_number, recorded_by=by
    )
    clocks.end_with(case, Act.ENFORCEMENT_APPLIED, on=applied_on, by=by)
    for code in STARTS[Act.ENFORCEMENT_APPLIED]:
        clocks.start(case, code, on=applied_on, by=by, rests_on=f"enforcement-{record.pk}")
    journal.note(case, Act.ENFORCEMENT_APPLIED, by=by, text=court_number)
    return record


@transaction.atomic
def update(case: Case, *, version: int, by: User, **facts: Any) -> Enforcement:
    """修改执行登记: number, 终本日期, 恢复执行日期. Conflict when somebody saved first."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_update(case, by):
        raise Refused(reason)
    record = Enforcement.objects.select_for_update().get(case=case)
    stale.guard(record, version, facts, "同事")
    dates = [facts.get(name, getattr(record, name)) for name in DATES]
    if reason := policy.why_not_dates(case, *dates):
        raise Refused(reason)
    stale.save(record, facts)
    if record.terminated_for_now_on:  # 终本: the court has enforced what there was
        clocks.meet(case, ["C19"], on=record.terminated_for_now_on, by=by)
    journal.note(case, Act.ENFORCEMENT_MEASURE, by=by, text="修改执行登记")
    return record


@transaction.atomic
def follow_up(case: Case, *, kind: str, on: date, result: str, by: User) -> FollowUp:
    """登记跟进: a measure or a call-back; the next one is due thirty days later (P14N)."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_follow(case, by):
        raise Refused(reason)
    refuse_future("跟进日期", on)
    record = FollowUp.objects.create(case=case, kind=kind, on=on, result=result, recorded_by=by)
    clocks.end_with(case, Act.ENFORCEMENT_MEASURE, on=on, by=by)
    for code in STARTS[Act.ENFORCEMENT_MEASURE]:
        clocks.start(case, code, on=on, by=by, rests_on=f"follow_up-{record.pk}")
    journal.note(case, Act.ENFORCEMENT_MEASURE, by=by, text=record.get_kind_display())
    return record


def _closed(case: Case, move: Move, result: str, closed_on: date, note: str, by: User) -> Closure:
    refuse_future("办结日期", closed_on)
    if reason := policy.why_not_end_on(case, closed_on):
        raise Refused(reason)
    if result != Closure.Result.PAID and not note.strip():
        raise Refused("没有全部到账就办结，请写明原因。")
    closure = Closure.objects.create(case=case, result=result, closed_on=closed_on, note=note, recorded_by=by)
    case.closed_on = closed_on
    case.save(update_fields=["closed_on"])
    clocks.end_with(case, move, on=closed_on, by=by)
    clocks.cancel_all(case, by=by, reason="案件办结")
    advance(case, move, by=by, note=closure.get_result_display())
    return closure


@transaction.atomic
def close(case: Case, *, result: str, closed_on: date, note: str, by: User) -> Closure:
    """跟进办结 (S19). 全部到账 needs every confirmed yuan verified."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_close(case, by) or policy.why_not_close_as(case, result):
        raise Refused(reason)
    return _closed(case, Move.CLOSE, result, closed_on, note, by)


@transaction.atomic
def end_in_court(case: Case, *, closed_on: date, note: str, by: User) -> Closure:
    """登记撤诉或驳回并办结 (S16): the court's result decides the closing result."""
    case = Case.objects.lock(case)
    if reason := court.why_not_end_in_court(case, by) or policy.waiting_money(case):
        raise Refused(reason)
    judgment = court.latest_judgment(case)
    assert judgment is not None  # the policy has seen to it
    if reason := court.why_not_yet(case, closed_on):
        raise Refused(reason)
    if closed_on < judgment.made_on:
        raise Refused(f"办结日期早于裁判日期 {judgment.made_on}，请核对。")
    result = COURT_RESULTS[Judgment.Result(judgment.result)]
    return _closed(case, Move.END_IN_COURT, result, closed_on, note, by)


@transaction.atomic
def end_after_refusal(case: Case, *, closed_on: date, note: str, by: User) -> Closure:
    """法院不予受理后办结 (S13x)."""
    case = Case.objects.lock(case)
    if reason := court.why_not_end_after_refusal(case, by) or policy.waiting_money(case):
        raise Refused(reason)
    return _closed(case, Move.END_AFTER_REFUSAL, Closure.Result.REFUSED, closed_on, note, by)


@transaction.atomic
def archive(case: Case, *, archived_on: date, volume: str, pages: int, retention: str, by: User) -> Archiving:
    """归档 (S20): from here on the case is read-only."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_archive(case, by):
        raise Refused(reason)
    refuse_future("归档日期", archived_on)
    if reason := policy.why_not_archive_on(case, archived_on):
        raise Refused(reason)
    if pages < 1:
        raise Refused("页数要大于 0，请核对。")
    record = Archiving.objects.create(
        case=case, archived_on=archived_on, volume=volume, pages=pages, retention=retention, recorded_by=by
    )
    case.archived_on = archived_on
    case.save(update_fields=["archived_on"])
    clocks.cancel_all(case, by=by, reason="案件归档")
    advance(case, Move.ARCHIVE, by=by, note=volume)
    return record
