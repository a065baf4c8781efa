"""转办、加签、加签意见、阅读 on a case: the same for what is proposed and for papers that go up by themselves."""

from django.db import transaction

from accounts.models import User
from approvals import passing, reading, rounds
from approvals.models import ApprovalRound, ApprovalStep, HandOver, Reading
from cases import journal
from cases.approval import turns
from cases.models import Case
from cases.workflow import Act
from core.refusals import Refused


def why_not_reassign(round: ApprovalRound, user: User, step: int | None = None) -> str:
    """The first reason why this user may not hand the current step over; empty when they may."""
    reason, current = passing.why_not_reassign(round, user), round.current_step
    if not reason and current and step in (None, current.pk):
        return ""
    return turns.why_not_act(round, user, step) or reason


def why_not_countersign(round: ApprovalRound, user: User, step: int | None = None) -> str:
    """The first reason why this user may not ask a colleague for an opinion; empty when they may."""
    return turns.why_not_act(round, user, step) or passing.why_not_countersign(round, user)


@transaction.atomic
def reassign(
    case: Case, *, round: ApprovalRound, to: User, reason: str, by: User, step: int | None = None
) -> HandOver:
    """转办: the current step is another person's; both names and the reason stay on record, the new one is told."""
    case, round = _locked(case, round)
    if refusal := why_not_reassign(round, by, step):
        raise Refused(refusal)
    handed = passing.reassign(round, to=to, reason=reason, by=by)
    journal.note(
        case, Act.STEP_REASSIGNED, by=by, text=f"{handed.from_user} 转给 {handed.to_user}：{handed.reason}"
    )
    return handed


@transaction.atomic
def countersign(
    case: Case, *, round: ApprovalRound, of: User, question: str, by: User, step: int | None = None
) -> ApprovalStep:
    """加签: a colleague is asked for an opinion first; then the turn comes back."""
    case, round = _locked(case, round)
    if refusal := why_not_countersign(round, by, step):
        raise Refused(refusal)
    asked = passing.countersign(round, of=of, question=question, by=by)
    journal.note(case, Act.COUNTERSIGN_ASKED, by=by, text=f"请 {of} 加签：{asked.question}")
    return asked


@transaction.atomic
def disagree(
    case: Case, *, round: ApprovalRound, opinion: str, by: User, step: int | None = None
) -> ApprovalRound:
    """加签人不同意: the opinion stands beside the text; whoever asked decides."""
    case, round = _locked(case, round)
    if refusal := turns.why_not_act(round, by, step):
        raise Refused(refusal)
    round = rounds.disagree(round, opinion=opinion, by=by)
    journal.note(case, Act.COUNTERSIGNED, by=by, text=f"不同意：{opinion}")
    return round


@transaction.atomic
def note_reading(
    case: Case, *, round: ApprovalRound, seen: str, now: str, step: int | None, by: User
) -> Reading:
    """记下读到文末: `seen` is what the page showed, `now` what would be approved; they are one text."""
    case, round = _locked(case, round)
    if refusal := turns.why_not_act(round, by, step):
        raise Refused(refusal)
    current = round.current_step
    assert current is not None  # why_not_act has seen to it
    if seen != now:
        raise Refused(reading.OTHER_TEXT)
    return reading.record(current, content_hash=now, how=reading.SCROLLED, by=by)


def act_of(round: ApprovalRound) -> Act:
    """What agreeing now is called in the log: an opinion of a 加签人, or a step of the chain."""
    step = round.current_step
    return Act.COUNTERSIGNED if step and step.is_countersign else Act.STEP_AGREED


def _locked(case: Case, round: ApprovalRound) -> tuple[Case, ApprovalRound]:
    return Case.objects.lock(case), ApprovalRound.objects.get(pk=round.pk)
