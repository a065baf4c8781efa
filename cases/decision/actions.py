"""提交审批 (S8): the handler's proposal on one matter goes up its chain."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import Organisation, User
from approvals import rounds
from approvals.models import ApprovalRound, Capacity
from cases import journal
from cases.decision import content, policy
from cases.decision.grounds import why_incomplete
from cases.decision.papers import paper_of
from cases.models import Case, Proposal, Review
from cases.transitions import advance
from cases.workflow import CHAINS, STAGE_MATTERS, Act, Matter, Move
from core import clock
from core.refusals import Refused
from documents import papers
from documents.models import Document


def chain_of(matter: Matter) -> Sequence[Capacity]:
    """审批链: the capacities that decide this matter; an office's own 权力清单 stands in settings.APPROVAL_CHAINS."""
    own = getattr(settings, "APPROVAL_CHAINS", {})
    return [Capacity(each) for each in own.get(matter.value, CHAINS[matter])]


@transaction.atomic
def propose(
    case: Case,
    *,
    matter: Matter | str,
    reasons: str,
    by: User,
    ground: str = "",
    court: str = "",
    days: int | None = None,
    starts_on: date | None = None,
    target: Organisation | None = None,
    document: Document | None = None,
) -> Proposal:
    """提交审批: opens the round; 支持、不支持、终结、移送 take the case into 审批中, the others run beside the work."""
    case, matter = Case.objects.lock(case), Matter(matter)
    fields: dict[str, Any] = {"reasons": reasons, "ground": ground, "days": days}
    fields |= {"starts_on": starts_on, "target": target}
    if reason := policy.why_not_propose(case, by, matter) or why_incomplete(case, matter, **fields):
        raise Refused(reason)
    proposal = Proposal(case=case, matter=matter, recorded_by=by, **fields)
    if matter == Matter.SUPPORT:
        _attach_letter(proposal, document, court)
    proposal.round = _open_round(proposal, by)
    proposal.save(force_insert=True)
    _go(proposal, by)
    return proposal


def _attach_letter(proposal: Proposal, document: Document | None, court: str) -> None:
    """What is approved is the letter's text: it is closed to changes until it comes back or is issued."""
    letter = document or paper_of(proposal.case, Matter.SUPPORT)
    if letter is None or letter.case_link.case_id != proposal.case_id:
        raise Refused("还没起草支持起诉书。请先起草。")
    written = papers.facts_of(letter.latest).court
    if court and court != written:
        raise Refused(f"致送法院是“{court}”，支持起诉书写的是“{written}”。请改成一致。")
    papers.submit(letter, by=proposal.recorded_by)
    proposal.document, proposal.court = letter, written


def _open_round(proposal: Proposal, by: User) -> ApprovalRound:
    case, matter = proposal.case, Matter(proposal.matter)
    return rounds.open(
        matter,
        organisation=case.organisation,
        chain=chain_of(matter),
        title=f"{case}：{matter.label}",
        owner_url=reverse("cases:approval", args=[case.code]),
        content_hash=content.digest(case, proposal),
        drafted_by=by,
        by=by,
    )


def _go(proposal: Proposal, by: User) -> None:
    case, note = proposal.case, f"拟{proposal.get_matter_display()}"
    if proposal.matter not in STAGE_MATTERS:
        journal.note(case, Act.PROPOSED, by=by, text=note)
        return
    Review.objects.filter(case=case).update(concluded_at=clock.now())
    advance(case, Move.SUBMIT, by=by, note=note)
