"""法院立案、审理 (S13, S14). The judgment is in `judgments`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.filing import policy
from cases.filing.judgments import appeal, judge, serve, take_effect
from cases.intake.actions import refuse_future
from cases.limitation import actions as limitation
from cases.models import Case, Claimant, CourtRefusal, Filing, FilingNumber, Hearing, Procedure
from cases.transitions import advance
from cases.workflow import Act, Move, Stage
from core import clock
from core.refusals import Refused
from deadlines import todos
from deadlines.models import Task

__all__ = [
    "appeal",
    "court_refuses",
    "file",
    "hear",
    "judge",
    "report_hearing",
    "serve",
    "take_effect",
]

TRIAL_CLOCK = {Procedure.ORDINARY: "C5", Procedure.SIMPLIFIED: "C6", Procedure.SMALL_CLAIMS: "C7"}


@transaction.atomic
def file(case: Case, *, by: User, numbers: dict[Claimant, str] | None = None, **facts: Any) -> Filing:
    """登记法院立案 (S13): court, number, day, procedure; the trial period of that procedure starts."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_file(case, by):
        raise Refused(reason)
    refuse_future("立案日期", facts["filed_on"])
    if case.decided_on and facts["filed_on"] < case.decided_on:
        raise Refused(f"立案日期早于支持起诉决定日期 {case.decided_on}，请核对。")
    if reason := policy.why_not_number(case, numbers or {}):
        raise Refused(reason)
    filing = Filing.objects.create(case=case, recorded_by=by, **facts)
    FilingNumber.objects.bulk_create(
        FilingNumber(filing=filing, claimant=claimant, court_number=number)
        for claimant, number in (numbers or {}).items()
    )
    clocks.end_with(case, Move.FILE, on=filing.filed_on, by=by)
    advance(case, Move.FILE, by=by, note=filing.court_number)
    for code in ("C2", TRIAL_CLOCK[Procedure(filing.procedure)]):
        clocks.start(case, code, on=filing.filed_on, by=by, rests_on=f"filing-{filing.pk}")
    return filing


@transaction.atomic
def court_refuses(
    case: Case, *, court: str, refused_on: date, reason: str, next_step: str, by: User
) -> CourtRefusal:
    """登记法院不予受理 (S13x): the current filing ends, the case is back at 已支持起诉 for another way."""
    case = Case.objects.lock(case)
    if refusal := policy.why_not_court_refuse(case, by):
        raise Refused(refusal)
    refuse_future("裁定日期", refused_on)
    filing = policy.current_filing(case)
    since = filing.filed_on if filing else case.decided_on
    if since and refused_on < since:
        raise Refused(f"裁定日期早于{'立案' if filing else '支持起诉决定'}日期 {since}，请核对。")
    record = CourtRefusal.objects.create(
        case=case, court=court, refused_on=refused_on, reason=reason, next_step=next_step, recorded_by=by
    )
    Filing.objects.filter(case=case, ended_on=None).update(ended_on=refused_on)
    clocks.end_with(case, Move.COURT_REFUSES, on=refused_on, by=by)
    limitation.after_refusal(case, filing=filing, refused_on=refused_on, by=by)
    advance(case, Move.COURT_REFUSES, by=by, note=reason)
    return record


@transaction.atomic
def hear(
    case: Case, *, held_at: datetime, by: User, notice_received_on: date | None = None, **facts: Any
) -> Hearing:
    """登记开庭 (S14), held or still ahead: the first one takes the case into trial.

    One still ahead becomes a to-do of its day; in ordinary procedure the notice is due three days before (民诉法139条).
    """
    case = Case.objects.lock(case)
    if reason := policy.why_not_hear(case, by):
        raise Refused(reason)
    filing = policy.current_filing(case)
    if filing is None:
        raise Refused("还没登记法院立案，不能登记开庭。")
    held_at = held_at.astimezone(clock.SHANGHAI)
    if reason := _why_not_these(filing, held_at, notice_received_on, facts):
        raise Refused(reason)
    hearing = Hearing.objects.create(
        filing=filing, held_at=held_at, notice_received_on=notice_received_on, recorded_by=by, **facts
    )
    if case.stage == Stage.FILED:
        advance(case, Move.OPEN_TRIAL, by=by, note=str(hearing))
    else:
        journal.note(case, Act.HEARING, by=by, text=str(hearing))
    if hearing.is_ahead:
        _remind(case, hearing, by)
    return hearing


def _why_not_these(filing: Filing, held_at: datetime, notice_on: date | None, facts: dict[str, Any]) -> str:
    if held_at.date() < filing.filed_on:
        return f"开庭时间早于立案日期 {filing.filed_on}，请核对。"
    if notice_on and not filing.filed_on <= notice_on <= held_at.date():
        return f"收到通知日期要在立案日期 {filing.filed_on} 和开庭日期 {held_at.date()} 之间，请核对。"
    told = facts.get("prosecutor_attended") or facts.get("opinion_read") or facts.get("note")
    if held_at > clock.now() and told:
        return "还没到开庭时间，出庭、宣读和庭审情况请开庭后登记。"
    if facts.get("opinion_read") and not facts.get("prosecutor_attended"):
        return "没有出庭就不能宣读，请核对出庭和宣读两项。"
    return ""


def _remind(case: Case, hearing: Hearing, by: User) -> None:
    """The notice clock of ordinary procedure (simplified has none, 民诉法163条), and a to-do for the day itself."""
    day = hearing.held_at.astimezone(clock.SHANGHAI).date()
    if hearing.filing.procedure == Procedure.ORDINARY:
        notice = clocks.start(case, "C4", on=day, by=by, rests_on=f"hearing-{hearing.pk}")
        if hearing.notice_received_on:
            clocks.meet_one(notice, on=hearing.notice_received_on, by=by)
    todos.add(
        title=f"{case} {hearing}",
        assigned_to=case.handler or by,
        by=by,
        due_on=day,
        owner_url=case.get_absolute_url(),
        hearing_at=hearing.held_at,
    )


@transaction.atomic
def report_hearing(
    case: Case, *, hearing: Hearing, note: str, by: User, prosecutor_attended: bool, opinion_read: bool
) -> Hearing:
    """登记庭审情况 of a hearing that was registered ahead: attendance, reading, what happened. Once."""
    case = Case.objects.lock(case)
    hearing = Hearing.objects.select_related("filing").get(pk=hearing.pk)
    if reason := policy.why_not_report(case, hearing, by):
        raise Refused(reason)
    if not note.strip():
        raise Refused("还没填庭审情况。")
    if opinion_read and not prosecutor_attended:
        raise Refused("没有出庭就不能宣读，请核对出庭和宣读两项。")
    hearing.note, hearing.prosecutor_attended, hearing.opinion_read = note, prosecutor_attended, opinion_read
    hearing.save(update_fields=["note", "prosecutor_attended", "opinion_read"])
    held_on = hearing.held_at.astimezone(clock.SHANGHAI).date()
    for notice in clocks.running(case, ["C4"]):
        if notice.starts_on == held_on:  # of this hearing; the next one's notice is still to come
            clocks.meet_one(notice, on=clock.today(), by=by)
    for task in Task.objects.open().filter(owner_url=case.get_absolute_url(), hearing_at=hearing.held_at):
        todos.finish(task, by=by)
    journal.note(case, Act.HEARING, by=by, text=f"{hearing}，登记庭审情况")
    return hearing
