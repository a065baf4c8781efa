"""What a partner sees of its own lead: a label from lead and case, dates, the sum that came in (decisions.md 7).

Nothing else of the case reaches the portal: `Progress` is the whole list (T09).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from accounts.models import User
from cases.models import Acceptance, Allocation, Case, LegalTrack
from cases.workflow import Stage
from core import clock
from referrals.models import Referral
from referrals.workflow import CLOSED, Act, Status

LABELS: dict[Stage, str] = {
    Stage.REGISTERED: "已接收（办理中）",
    Stage.REVIEW: "审查中",
    Stage.APPROVAL: "审查中",
    Stage.SUPPORTED: "已支持起诉",
    Stage.FILED: "法院已立案",
    Stage.TRIAL: "法院已立案",
    Stage.ENFORCEMENT: "执行跟踪",
    Stage.CLOSED: "已办结",
    Stage.ARCHIVED: "已办结",
    Stage.REJECTED: "不予受理",
    Stage.TRANSFERRED: "移送他院",
    Stage.DECLINED: "已办结",
    Stage.TERMINATED: "已办结",
    Stage.WITHDRAWN: "已办结",
}
ENDS = {Stage.DECLINED: "不支持起诉", Stage.TERMINATED: "终结审查", Stage.WITHDRAWN: "撤回支持起诉"}
TAGS = {"待接收": "submitted", "退回补正": "returned", "已办结": "closed", "草稿": "draft"}


@dataclass(frozen=True)
class Progress:
    """办理进度 of one lead, as its own unit may see it. Money is yuan, verified recoveries only."""

    label: str
    tag: str
    outcome: str
    dates: list[tuple[str, date]]
    handler_name: str
    handler_phone: str
    recovered: Decimal | None


def label_of(referral: Referral) -> str:
    """待接收, 退回补正, 已接收（办理中）, 已受理, 审查中 … 已办结."""
    if referral.case is not None:
        return _of_case(referral.case)
    if referral.status in CLOSED - {Status.TRANSFERRED}:
        return "已办结"
    return referral.get_status_display()


def _of_case(case: Case) -> str:
    stage = Stage(case.stage)
    if stage == Stage.REVIEW and not _is_examined(case):
        return "已受理"
    return LABELS[stage]


def _is_examined(case: Case) -> bool:
    """Whether the review has got anywhere: its first finding is the legal relation (法律关系)."""
    review = getattr(case, "review", None)
    return review is not None and review.legal_track != LegalTrack.UNDECIDED


def tag_of(referral: Referral) -> str:
    """The code that colours the label (marks.css)."""
    return TAGS.get(label_of(referral)) or (referral.case.stage if referral.case else referral.status)


def progress(referral: Referral) -> Progress:
    """Everything of lead and case that the partner's page may show."""
    handler = referral.case.handler if referral.case else referral.handler
    return Progress(
        label=label_of(referral),
        tag=tag_of(referral),
        outcome=_outcome(referral),
        dates=_dates(referral),
        handler_name=handler.name if handler else "",
        handler_phone=_phone(referral, handler),
        recovered=recovered(referral),
    )


def recovered(referral: Referral) -> Decimal | None:
    """已到账 of this lead's case: Σ allocations of verified recoveries; None where this office handles no case."""
    if referral.case is None or referral.case.stage in (Stage.REJECTED, Stage.TRANSFERRED):
        return None
    rows = Allocation.objects.filter(recovery__case=referral.case_id, recovery__verified_at__isnull=False)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def _outcome(referral: Referral) -> str:
    if referral.case is not None:
        decision = getattr(referral.case, "decision", None)
        return ENDS.get(Stage(referral.case.stage)) or (decision.get_outcome_display() if decision else "")
    return referral.get_status_display() if referral.status in CLOSED else ""


def _dates(referral: Referral) -> list[tuple[str, date]]:
    found: list[tuple[str, date | None]] = [("移送", referral.received_on)]
    found += [("补正", _last(referral, Act.SUPPLEMENT)), ("接收", _last(referral, Act.CONVERT))]
    if case := referral.case:
        filing = case.filings.filter(ended_on=None).first()
        found += [("受理", case.accepted_on), ("不予受理", _rejected_on(case)), ("作出决定", case.decided_on)]
        found += [("法院立案", filing.filed_on if filing else None), ("办结", case.closed_on)]
    return [(what, day) for what, day in found if day]


def _last(referral: Referral, act: Act) -> date | None:
    event = referral.events.filter(kind=act).order_by("pk").last()
    return event.happened_at.astimezone(clock.SHANGHAI).date() if event else None


def _rejected_on(case: Case) -> date | None:
    decided = getattr(case, "acceptance", None)
    return decided.decided_on if decided and decided.outcome == Acceptance.Outcome.REJECTED else None


def _phone(referral: Referral, handler: User | None) -> str:
    """办公电话 of the handler, else of the office; never a private number."""
    return (handler.phone if handler else "") or referral.organisation.phone
