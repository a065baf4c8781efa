"""审批 (S9): agree, send back, take back. When the last step agrees, the matter itself is carried out."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from approvals import rounds
from approvals.models import ApprovalRound
from cases import journal
from cases.approval import passing, policy
from cases.decision import content, outcomes
from cases.decision import papers as papers_of_matters
from cases.decision.proposals import last_proposal
from cases.decision.transfer import transfer
from cases.decision.withdrawal import withdraw_support
from cases.models import Case, Proposal, Review
from cases.suspension.actions import extend, suspend
from cases.transitions import advance
from cases.workflow import STAGE_MATTERS, Act, Matter, Move
from core import clock
from core.refusals import Refused
from documents import papers

EXECUTORS: dict[Matter, Callable[..., Any]] = {
    Matter.SUPPORT: outcomes.support,
    Matter.DECLINE: outcomes.decline,
    Matter.TERMINATE: outcomes.terminate,
    Matter.TRANSFER: transfer,
    Matter.SUSPEND: suspend,
    Matter.EXTEND: extend,
    Matter.WITHDRAW_SUPPORT: withdraw_support,
}


@transaction.atomic
def approve(
    case: Case,
    *,
    opinion: str = "",
    by: User,
    decided_on: date | None = None,
    step: int | None = None,
    read: bool = False,
) -> ApprovalRound:
    """同意: the current step. After the last one the matter is carried out in the same transaction.

    `decided_on` is stated with the last step (today when left out); `step` is the step that the page showed; `read`
    is the tick 我已阅读全文, needed unless the reading is on record.
    """
    case = Case.objects.lock(case)
    if reason := policy.why_not_approve(case, by, step):
        raise Refused(reason)
    proposal = _proposal(case)
    act = passing.act_of(proposal.round)
    hash = content.digest(case, proposal)
    round = rounds.agree(proposal.round, content_hash=hash, opinion=opinion, by=by, read=read)
    if round.status == ApprovalRound.Status.APPROVED:
        day = _day_of_decision(round, decided_on)
        EXECUTORS[Matter(proposal.matter)](case, proposal, decided_on=day, by=by)
        papers_of_matters.issue(case, proposal, on=day, by=by)
    else:
        journal.note(case, act, by=by, text=opinion)
    return round


@transaction.atomic
def send_back(
    case: Case, *, opinion: str, by: User, step: int | None = None, reason: str = "", quote: str = ""
) -> ApprovalRound:
    """退回修改: the round ends, its opinion stays; the case goes back to where it was submitted from.

    `reason` (退回原因) and `quote` (the spot of the text) tell the drafter what to change.
    """
    case = Case.objects.lock(case)
    if refusal := policy.why_not_decide(case, by, step):
        raise Refused(refusal)
    proposal = _proposal(case)
    round = rounds.send_back(proposal.round, opinion=opinion, by=by, reason=reason, quote=quote)
    _come_back(case, proposal, Act.ROUND_RETURNED, by=by, note=opinion)
    return round


@transaction.atomic
def cancel(case: Case, *, by: User) -> ApprovalRound:
    """撤回送审: the submitter takes it back before it is decided."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_cancel(case, by):
        raise Refused(reason)
    proposal = _proposal(case)
    round = rounds.cancel(proposal.round, by=by)
    _come_back(case, proposal, Act.ROUND_CANCELLED, by=by, note="提交人撤回送审")
    return round


def _proposal(case: Case) -> Proposal:
    proposal = last_proposal(case)
    assert proposal is not None  # the policy has seen to it
    return proposal


def _come_back(case: Case, proposal: Proposal, act: Act, *, by: User, note: str) -> None:
    """Review and letter are open to changes again; a matter that took the case into 审批中 takes it out."""
    if proposal.document is not None:
        papers.send_back(proposal.document, by=by)
    if proposal.matter not in STAGE_MATTERS:
        journal.note(case, act, by=by, text=note)
        return
    Review.objects.filter(case=case).update(concluded_at=None)
    advance(case, Move.SEND_BACK, by=by, note=note)


def _day_of_decision(round: ApprovalRound, stated: date | None) -> date:
    """决定日期: stated by the last approver; not before the submission, not in the future."""
    day, submitted = stated or clock.today(), _day(round.submitted_at)
    if day < submitted:
        raise Refused(f"决定日期 {day} 早于提交日期 {submitted}，请改成之后的日期。")
    if day > clock.today():
        raise Refused(f"决定日期 {day} 还没到，请改成今天或以前的日期。")
    return day


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
