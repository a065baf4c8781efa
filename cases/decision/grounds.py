"""事由 of each matter (domain.md §3.3) and what else its proposal must fill in."""

from datetime import date

from django.db.models import Max, TextChoices

from accounts.models import Organisation, OrganisationKind
from cases.models import Case, DeclineGround, SupportWithdrawal, Suspension, TerminationGround
from cases.workflow import Matter
from core import clock

GROUNDS: dict[Matter, type[TextChoices]] = {
    Matter.DECLINE: DeclineGround,
    Matter.TERMINATE: TerminationGround,
    Matter.SUSPEND: Suspension.Ground,
    Matter.WITHDRAW_SUPPORT: SupportWithdrawal.Ground,
}
SHORT_REASONS = {Matter.SUSPEND: 200, Matter.EXTEND: 200}  # they stand in one line of a record
LONGEST_EXTENSION = 90


def ground_label(matter: str, ground: str) -> str:
    """The words of a ground code; empty for matters without grounds."""
    grounds = GROUNDS.get(Matter(matter))
    return str(grounds(ground).label) if grounds and ground else ""


def why_incomplete(
    case: Case,
    matter: Matter,
    *,
    reasons: str,
    ground: str = "",
    days: int | None = None,
    starts_on: date | None = None,
    target: Organisation | None = None,
) -> str:
    """The first thing that a proposal on this matter still lacks; empty when it is whole."""
    if not reasons.strip():
        return "还没填理由。"
    longest = SHORT_REASONS.get(matter)
    if longest and len(reasons) > longest:
        return f"理由有 {len(reasons)} 字，超过 {longest} 字，请写短一些。"
    if matter in GROUNDS and ground not in GROUNDS[matter].values:
        return "还没选事由，请在列表里选一项。"
    if matter == Matter.EXTEND and not 1 <= (days or 0) <= LONGEST_EXTENSION:
        return f"延长天数要在 1 到 {LONGEST_EXTENSION} 之间。"
    if matter == Matter.SUSPEND:
        return _why_not_start(case, starts_on)
    if matter == Matter.TRANSFER:
        return _why_not_target(case, target)
    return ""


def _why_not_start(case: Case, starts_on: date | None) -> str:
    if starts_on is None:
        return "还没填中止日期。"
    if starts_on > clock.today():
        return f"中止日期 {starts_on} 还没到，请改成今天或以前的日期。"
    if case.accepted_on and starts_on < case.accepted_on:
        return f"中止日期 {starts_on} 早于受理日期 {case.accepted_on}，请改成之后的日期。"
    lifted_on = case.suspensions.aggregate(day=Max("lifted_on"))["day"]
    if lifted_on and starts_on < lifted_on:
        return f"中止日期 {starts_on} 早于上次恢复日期 {lifted_on}，请改成之后的日期。"
    return ""


def _why_not_target(case: Case, target: Organisation | None) -> str:
    if target is None or target.kind != OrganisationKind.PROCURATORATE:
        return "还没选受移送检察院，请在列表里选一个。"
    return "不能移送给本院，请另选有管辖权的检察院。" if target.pk == case.organisation_id else ""
