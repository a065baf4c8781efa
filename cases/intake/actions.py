"""申请登记与受理 (S1–S5): examine, accept, reject, ask for what is missing, assign, transfer."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases import clocks, journal
from cases.intake import policy
from cases.models import Acceptance, AcceptanceReview, Case, CaseTransfer, Review, Supplement
from cases.search import refresh
from cases.subscription import actions as subscriptions
from cases.transitions import advance
from cases.workflow import STARTS, Act, Move
from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks as deadline_clocks
from documents import numbers

NOT_YET = "{what} {day} 还没到，请改成今天或以前的日期。"


def refuse_future(what: str, day: date) -> None:
    """Legal dates are stated by people, and none of these can lie ahead."""
    if day > clock.today():
        raise Refused(NOT_YET.format(what=what, day=day))


def _refuse_before_receipt(case: Case, what: str, day: date) -> None:
    if day < case.received_on:
        raise Refused(f"{what}早于收到日期 {case.received_on}，请改成收到当日或以后。")


@transaction.atomic
def examine(case: Case, *, version: int = 0, by: User, **answers: Any) -> AcceptanceReview:
    """受理审查: save the handler's answers and proposal; the head hears of it. Conflict when somebody saved first."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_examine(case, by):
        raise Refused(reason)
    refuse_future("审查日期", answers["examined_on"])
    review = AcceptanceReview.objects.filter(case=case).first() or AcceptanceReview(case=case, version=0)
    if review.version != version:
        theirs = {name: (value, getattr(review, name)) for name, value in answers.items()}
        changed = {name: pair for name, pair in theirs.items() if pair[0] != pair[1]}
        raise Conflict(f"{review.recorded_by} 已保存过受理审查。", current=review, fields=changed)
    for name, value in answers.items():
        setattr(review, name, value)
    review.recorded_by, review.recorded_at, review.version = by, clock.now(), version + 1
    review.save()
    journal.note(case, Act.EXAMINE_APPLICATION, by=by, text=review.get_proposal_display())
    return review


@transaction.atomic
def accept(case: Case, *, decided_on: date, by: User) -> Acceptance:
    """受理 (S3): gives date, 案号 and the review clock; opens the review."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_accept(case, by):
        raise Refused(reason)
    refuse_future("受理日期", decided_on)
    _refuse_before_receipt(case, "受理日期", decided_on)
    acceptance = Acceptance.objects.create(
        case=case,
        outcome=Acceptance.Outcome.ACCEPTED,
        decided_on=decided_on,
        examined_by=case.acceptance_review.recorded_by,
        recorded_by=by,
    )
    number = numbers.take(case.organisation, kind="case", year=decided_on.year, by=by)
    case.accepted_on, case.official_number = decided_on, number.text
    case.save(update_fields=["accepted_on", "official_number"])
    clocks.rename(case)
    Review.objects.create(case=case)
    clocks.end_with(case, Move.ACCEPT, on=decided_on, by=by)
    advance(case, Move.ACCEPT, by=by, note=number.text)
    for code in STARTS[Move.ACCEPT]:
        clocks.start(case, code, on=decided_on, by=by, rests_on="accepted_on")
    refresh(case)
    return acceptance


@transaction.atomic
def reject(case: Case, *, ground: str, advice: str, decided_on: date, by: User) -> Acceptance:
    """不予受理 (S4): with its ground and the other route that the applicant is told of."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_decide(case, by):
        raise Refused(reason)
    refuse_future("决定日期", decided_on)
    _refuse_before_receipt(case, "决定日期", decided_on)
    acceptance = Acceptance.objects.create(
        case=case,
        outcome=Acceptance.Outcome.REJECTED,
        ground=ground,
        advice=advice,
        decided_on=decided_on,
        examined_by=case.acceptance_review.recorded_by,
        recorded_by=by,
    )
    clocks.end_with(case, Move.REJECT, on=decided_on, by=by)
    clocks.end_watch(case, Move.REJECT, by=by)
    advance(case, Move.REJECT, by=by, note=acceptance.get_ground_display())
    return acceptance


@transaction.atomic
def ask_supplement(case: Case, *, items: str, due_on: date, by: User) -> Supplement:
    """通知补正: what is missing and until when. The acceptance clock restarts when the materials are complete."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_supplement(case, by):
        raise Refused(reason)
    if due_on < clock.today():
        raise Refused(f"补正期限 {due_on} 已经过了，请改成今天以后的日期。")
    supplement = Supplement.objects.create(case=case, items=items, due_on=due_on, recorded_by=by)
    for deadline in clocks.running(case, ["P3"]):
        deadline_clocks.cancel(deadline, by=by, reason="通知补正，材料齐全后重新起算")
    clocks.start(case, "P3S", on=due_on, by=by, rests_on=f"supplement_due-{supplement.pk}")
    journal.note(case, Act.ASK_SUPPLEMENT, by=by, text=items)
    return supplement


@transaction.atomic
def complete_supplement(case: Case, *, completed_on: date, by: User) -> Supplement:
    """收到补正: the materials are complete; the P3 clock starts on that day."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_complete(case, by):
        raise Refused(reason)
    refuse_future("补正完成日期", completed_on)
    supplement = case.supplements.get(completed_on=None)
    asked_on = supplement.recorded_at.astimezone(clock.SHANGHAI).date()
    if completed_on < asked_on:
        raise Refused(f"补正完成日期 {completed_on} 早于通知补正的 {asked_on}，请核对。")
    supplement.completed_on = completed_on
    supplement.save(update_fields=["completed_on"])
    clocks.end_with(case, Act.SUPPLEMENT, on=completed_on, by=by)
    rests_on = f"supplement-{supplement.pk}"
    clocks.start(case, "P3", on=completed_on, by=by, rests_on=rests_on, event="材料补正齐备")
    journal.note(case, Act.SUPPLEMENT, by=by)
    return supplement


@transaction.atomic
def assign(case: Case, *, handler: User, by: User) -> Case:
    """分派承办人、转办: running clocks go over to the new handler."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_assign(case, by):
        raise Refused(reason)
    if not User.objects.handlers_of(case.organisation).filter(pk=handler.pk).exists():
        raise Refused(f"{handler} 不能承办本院案件，请在列表里另选一位。")
    if not by.may(Permission.CASE_ASSIGN) and handler.pk != by.pk:
        raise Refused("分派给他人由部门负责人办理；你可以选自己承办。")
    if handler.pk == case.handler_id:
        raise Refused(f"{handler} 已是本案承办人，请另选一位。")
    giver, case.handler = case.handler, handler
    case.save(update_fields=["handler"])
    clocks.hand_over_all(case, giver=giver, taker=handler, by=by)
    subscriptions.hear_again(case, handler=handler)
    journal.note(case, Act.ASSIGN, by=by, text=f"承办人：{handler}")
    return case


@transaction.atomic
def transfer(case: Case, *, target: Organisation, reason: str, sent_on: date, by: User) -> CaseTransfer:
    """移送他院 (S5) before acceptance: the court with jurisdiction lies elsewhere."""
    case = Case.objects.lock(case)
    if refusal := policy.why_not_transfer(case, by):
        raise Refused(refusal)
    refuse_future("移送日期", sent_on)
    _refuse_before_receipt(case, "移送日期", sent_on)
    if not target.is_procuratorate or target.pk == case.organisation_id:
        raise Refused("受移送单位要选另一个检察院。")
    record = CaseTransfer.objects.create(
        case=case, target=target, reason=reason, sent_on=sent_on, recorded_by=by
    )
    clocks.end_with(case, Move.TRANSFER, on=sent_on, by=by)
    advance(case, Move.TRANSFER, by=by, note=str(target))
    return record
