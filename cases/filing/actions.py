"""法院立案、审理、裁判 (S13–S16)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.filing import policy
from cases.intake.actions import refuse_future
from cases.models import (
    Appeal,
    Award,
    Case,
    Claimant,
    CourtRefusal,
    Filing,
    FilingNumber,
    Hearing,
    Judgment,
    Procedure,
)
from cases.transitions import advance
from cases.workflow import ENDS_CLOCKS, Act, Move, Stage
from core.money import yuan
from core.refusals import Refused

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
    filing = Filing.objects.create(case=case, recorded_by=by, **facts)
    FilingNumber.objects.bulk_create(
        FilingNumber(filing=filing, claimant=claimant, court_number=number)
        for claimant, number in (numbers or {}).items()
    )
    clocks.end_with(case, Move.FILE, on=filing.filed_on, by=by)
    advance(case, Move.FILE, by=by, note=filing.court_number)
    clocks.start(case, TRIAL_CLOCK[Procedure(filing.procedure)], on=filing.filed_on, by=by)
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
    record = CourtRefusal.objects.create(
        case=case, court=court, refused_on=refused_on, reason=reason, next_step=next_step, recorded_by=by
    )
    Filing.objects.filter(case=case, ended_on=None).update(ended_on=refused_on)
    clocks.meet(case, TRIAL_CLOCK.values(), on=refused_on, by=by)
    advance(case, Move.COURT_REFUSES, by=by, note=reason)
    return record


@transaction.atomic
def hear(case: Case, *, held_at: datetime, by: User, **facts: Any) -> Hearing:
    """登记开庭 (S14): the first one takes the case into trial."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_hear(case, by):
        raise Refused(reason)
    filing = policy.current_filing(case)
    if filing is None:
        raise Refused("还没登记法院立案，不能登记开庭。")
    if held_at.date() < filing.filed_on:
        raise Refused(f"开庭时间早于立案日期 {filing.filed_on}，请核对。")
    hearing = Hearing.objects.create(filing=filing, held_at=held_at, recorded_by=by, **facts)
    if case.stage == Stage.FILED:
        advance(case, Move.OPEN_TRIAL, by=by, note=str(hearing))
    else:
        journal.note(case, Act.HEARING, by=by, text=str(hearing))
    return hearing


def _why_not_award(case: Case, judgment: Judgment, awards: dict[Claimant, Decimal]) -> str:
    if judgment.result not in Judgment.GIVES_MONEY:
        return "" if not awards else f"结果是“{judgment.get_result_display()}”，没有确认金额。"
    if any(claimant.case_id != case.pk for claimant in awards):
        return "确认金额里有不属于本案的申请人，请刷新后重填。"
    missing = [str(one) for one in case.claimants.standing().select_related("person") if one not in awards]
    return f"还没填确认金额：{'、'.join(missing)}。没有判给的请填 0。" if missing else ""


@transaction.atomic
def judge(case: Case, *, awards: dict[Claimant, Decimal], by: User, **facts: Any) -> Judgment:
    """登记裁判 (S15): result, adoption, each claimant's sum (yuan). The appeal period runs from last service."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_judge(case, by):
        raise Refused(reason)
    refuse_future("裁判日期", facts["made_on"])
    filing = policy.current_filing(case)
    if filing is None or facts["made_on"] < filing.filed_on:
        raise Refused("裁判日期早于立案日期，请核对。")
    earlier = policy.latest_judgment(case)
    judgment = Judgment(filing=filing, instance=2 if earlier else 1, recorded_by=by, **facts)
    if reason := _why_not_award(case, judgment, awards):
        raise Refused(reason)
    judgment.save()
    Award.objects.bulk_create(
        Award(judgment=judgment, claimant=one, amount=sum_) for one, sum_ in awards.items()
    )
    clocks.end_with(case, Act.JUDGED, on=judgment.made_on, by=by)
    total = sum(awards.values(), Decimal())
    journal.note(case, Act.JUDGED, by=by, text=f"{judgment.get_result_display()}，确认 {yuan(total)} 元")
    if judgment.last_served_on:
        _start_appeal_period(case, judgment, by)
    return judgment


def _start_appeal_period(case: Case, judgment: Judgment, by: User) -> None:
    if not policy.effective_at_once(judgment) and judgment.last_served_on:
        code = "C9" if judgment.kind == Judgment.Kind.RULING else "C8"
        clocks.start(case, code, on=judgment.last_served_on, by=by)


@transaction.atomic
def serve(case: Case, *, last_served_on: date, by: User) -> Judgment:
    """登记裁判最后送达日期: the appeal period of the last party starts (民诉法解释244条)."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_serve(case, by):
        raise Refused(reason)
    refuse_future("最后送达日期", last_served_on)
    judgment = policy.latest_judgment(case)
    if judgment is None or last_served_on < judgment.made_on:
        raise Refused("最后送达日期早于裁判日期，请核对。")
    judgment.last_served_on = last_served_on
    judgment.save(update_fields=["last_served_on"])
    _start_appeal_period(case, judgment, by)
    journal.note(case, Act.SERVED, by=by, text=f"裁判最后送达 {last_served_on}")
    return judgment


@transaction.atomic
def appeal(
    case: Case, *, party: str, filed_on: date, by: User, court: str = "", court_number: str = ""
) -> Appeal:
    """登记上诉: the first-instance judgment does not take effect."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_appeal(case, by):
        raise Refused(reason)
    refuse_future("上诉日期", filed_on)
    judgment = policy.latest_judgment(case)
    if judgment is None or filed_on < judgment.made_on:
        raise Refused("上诉日期早于裁判日期，请核对。")
    record = Appeal.objects.create(
        judgment=judgment,
        party=party,
        filed_on=filed_on,
        court=court,
        court_number=court_number,
        recorded_by=by,
    )
    clocks.meet(case, ("C8", "C9"), on=filed_on, by=by)
    journal.note(case, Act.APPEALED, by=by, text=party)
    return record


@transaction.atomic
def take_effect(case: Case, *, effective_on: date, performance_due_on: date, by: User) -> Judgment:
    """登记裁判生效: follow-up starts; 申请执行时效 two years from the last day to perform (民诉法250条)."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_take_effect(case, by):
        raise Refused(reason)
    refuse_future("生效日期", effective_on)
    judgment = policy.latest_judgment(case)
    assert judgment is not None  # the policy has seen to it
    if effective_on < judgment.made_on:
        raise Refused(f"生效日期早于裁判日期 {judgment.made_on}，请核对。")
    for deadline in clocks.running(case, ("C8", "C9")):
        if effective_on <= deadline.due_on:
            raise Refused(f"上诉期到 {deadline.due_on} 届满，裁判最早次日生效。请核对生效日期。")
    if performance_due_on < judgment.made_on:
        raise Refused("履行期限届满日早于裁判日期，请核对。")
    judgment.effective_on, judgment.performance_due_on = effective_on, performance_due_on
    judgment.save(update_fields=["effective_on", "performance_due_on"])
    clocks.meet(case, ENDS_CLOCKS[Move.TAKE_EFFECT], on=effective_on, by=by)
    advance(case, Move.TAKE_EFFECT, by=by, note=f"履行期限到 {performance_due_on}")
    for code in ("C18", "P14"):
        clocks.start(case, code, on=performance_due_on, by=by)
    return judgment
