"""中止审查 (S7), 恢复, 延长审查期限: what happens once they are agreed, and the handler's own 恢复."""

from datetime import date

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.models import Case, Extension, Proposal, Suspension
from cases.suspension import policy
from cases.workflow import Act
from core import clock
from core.refusals import Refused


def suspend(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> Suspension:
    """中止审查, agreed: the review clock stands still from the day that the proposal states."""
    assert proposal.starts_on is not None  # constraint proposal_fills_its_matter
    record = Suspension.objects.create(
        case=case,
        ground=proposal.ground,
        reason=proposal.reasons,
        starts_on=proposal.starts_on,
        recorded_by=by,
    )
    clocks.pause_review(
        case,
        on=record.starts_on,
        by=by,
        reason=record.get_ground_display(),
        begun_by=f"suspension-{record.pk}",
    )
    journal.note(case, Act.SUSPEND, by=by, text=f"{record.starts_on} 起，{record.get_ground_display()}")
    return record


def extend(case: Case, proposal: Proposal, *, decided_on: date, by: User) -> Extension:
    """延长审查期限, agreed: the office's own target moves, the three-month ceiling stays."""
    assert proposal.days is not None  # constraint proposal_fills_its_matter
    record = Extension.objects.create(
        case=case, days=proposal.days, reason=proposal.reasons, decided_on=decided_on, recorded_by=by
    )
    clocks.extend_review(case, days=record.days, by=by, reason=record.reason)
    journal.note(case, Act.EXTEND, by=by, text=str(record))
    return record


@transaction.atomic
def resume(case: Case, *, on: date, note: str = "", by: User) -> Suspension:
    """恢复审查: the handler ends the suspension; the days that stood still are added to the clock."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_resume(case, by):
        raise Refused(reason)
    record = case.suspensions.get(lifted_on=None)
    if reason := why_not_lift_on(record, on):
        raise Refused(reason)
    record.lifted_on, record.lifted_by, record.lift_note = on, by, note
    record.save(update_fields=["lifted_on", "lifted_by", "lift_note"])
    clocks.resume_review(case, on=on, by=by, ended_by=f"suspension_end-{record.pk}")
    journal.note(case, Act.RESUME, by=by, text=note)
    return record


def why_not_lift_on(record: Suspension, on: date) -> str:
    """A day of resumption must lie between the first day of the suspension and today."""
    if on < record.starts_on:
        return f"恢复日期 {on} 早于中止日期 {record.starts_on}，请改其中一个。"
    if on > clock.today():
        return f"恢复日期 {on} 还没到，请改成今天或以前的日期。"
    return ""
