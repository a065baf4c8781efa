"""裁判、送达、上诉、生效 (S15)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.filing import policy
from cases.intake.actions import refuse_future
from cases.models import Appeal, Award, Case, Claimant, Judgment
from cases.transitions import advance
from cases.workflow import STARTS, Act, Move
from core.money import yuan
from core.refusals import Refused


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
    if earlier and facts["made_on"] < earlier.appeal.filed_on:
        raise Refused(f"二审裁判日期早于上诉日期 {earlier.appeal.filed_on}，请核对。")
    judgment = Judgment(filing=filing, instance=2 if earlier else 1, recorded_by=by, **facts)
    if reason := policy.why_not_award(case, judgment, awards) or _why_not_served_on(
        judgment, judgment.last_served_on
    ):
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


def _why_not_served_on(judgment: Judgment, served_on: date | None) -> str:
    if served_on is None:
        return ""
    refuse_future("最后送达日期", served_on)
    return "最后送达日期早于裁判日期，请核对。" if served_on < judgment.made_on else ""


def _start_appeal_period(case: Case, judgment: Judgment, by: User) -> None:
    assert judgment.last_served_on is not None  # the callers have just written it
    for code in policy.appeal_clocks_of(judgment):
        rests_on = f"judgment_served-{judgment.pk}"
        clocks.start(case, code, on=judgment.last_served_on, by=by, rests_on=rests_on)


@transaction.atomic
def serve(case: Case, *, last_served_on: date, by: User) -> Judgment:
    """登记裁判最后送达日期: the appeal period of the last party starts (民诉法解释244条)."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_serve(case, by):
        raise Refused(reason)
    judgment = policy.latest_judgment(case)
    assert judgment is not None  # the policy has seen to it
    if reason := _why_not_served_on(judgment, last_served_on):
        raise Refused(reason)
    judgment.last_served_on = last_served_on
    judgment.save(update_fields=["last_served_on"])
    _start_appeal_period(case, judgment, by)
    journal.note(case, Act.SERVED, by=by, text=f"裁判最后送达 {last_served_on}")
    return judgment


@transaction.atomic
def take_back_service(case: Case, judgment: Judgment, *, reason: str, by: User) -> Judgment:
    """撤销裁判送达: the announcement that served it was not over; its appeal period never began."""
    case = Case.objects.lock(case)
    judgment = Judgment.objects.select_for_update().get(filing__case=case, pk=judgment.pk)
    if refusal := policy.why_not_take_back_service(judgment):
        raise Refused(refusal)
    for deadline in clocks.resting_on(case, f"judgment_served-{judgment.pk}"):
        clocks.cancel(deadline, by=by, reason=reason)
    judgment.last_served_on = None
    judgment.save(update_fields=["last_served_on"])
    journal.note(case, Act.SERVED, by=by, text="撤销裁判最后送达日期")
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
    clocks.end_with(case, Act.APPEALED, on=filed_on, by=by)
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
    if reason := policy.why_not_yet(case, effective_on):
        raise Refused(reason)
    if performance_due_on < judgment.made_on:
        raise Refused("履行期限届满日早于裁判日期，请核对。")
    judgment.effective_on, judgment.performance_due_on = effective_on, performance_due_on
    judgment.save(update_fields=["effective_on", "performance_due_on"])
    clocks.end_with(case, Move.TAKE_EFFECT, on=effective_on, by=by)
    advance(case, Move.TAKE_EFFECT, by=by, note=f"履行期限到 {performance_due_on}")
    for code in STARTS[Move.TAKE_EFFECT]:
        clocks.start(case, code, on=performance_due_on, by=by, rests_on=f"performance-{judgment.pk}")
    return judgment
