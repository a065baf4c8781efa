"""提交审批 (S8): the handler's proposal on one matter goes up its chain."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import Organisation, User
from approvals import rounds
from approvals.models import ApprovalRound
from cases import journal
from cases.decision import content, policy
from cases.decision.grounds import why_incomplete
from cases.decision.papers import facts_for, paper_of, terms_of
from cases.models import Case, Proposal, Review
from cases.paperwork import drafting, keeping
from cases.paperwork.catalogue import paper_by
from cases.paperwork.chains import chain_of_matter
from cases.transitions import advance
from cases.workflow import PAPER_OF, STAGE_MATTERS, Act, Matter, Move
from core import clock
from core.refusals import Refused
from documents import papers
from documents.models import Document

TERMS = {"reasons": "理由", "ground": "事由", "court": "致送法院", "starts_on": "中止日期"}


@transaction.atomic
def begin(
    case: Case, *, matter: Matter | str, reasons: str, ground: str, starts_on: date | None = None, by: User
) -> Document:
    """起草报批文书: the paper of the matter, with the ground and the reasons that are going to be proposed."""
    case, matter = Case.objects.lock(case), Matter(matter)
    terms: dict[str, Any] = {"reasons": reasons, "ground": ground, "starts_on": starts_on}
    if reason := policy.why_not_start(case, by, matter) or why_incomplete(case, matter, **terms):
        raise Refused(reason)
    declared = paper_by(PAPER_OF[matter])
    assert declared is not None  # every paper of a matter is in the catalogue (test_papers_of_matters)
    return drafting.draft(case, declared, by=by, **facts_for(matter, **terms))


@transaction.atomic
def propose(
    case: Case,
    *,
    matter: Matter | str,
    by: User,
    reasons: str = "",
    ground: str = "",
    court: str = "",
    days: int | None = None,
    starts_on: date | None = None,
    target: Organisation | None = None,
    expected_n: int | None = None,
) -> Proposal:
    """提交审批: opens the round; 支持、不支持、终结、移送 take the case into 审批中, the others run beside the work.

    What the paper of the matter says (ground, reasons, court, first day) is what is proposed: it may be left out here,
    and is refused when it is said otherwise. `expected_n` is the draft that the page showed.
    """
    case, matter = Case.objects.lock(case), Matter(matter)
    if reason := policy.why_not_propose(case, by, matter):
        raise Refused(reason)
    said: dict[str, Any] = {"reasons": reasons, "ground": ground, "court": court, "starts_on": starts_on}
    paper = paper_of(case, matter)
    if paper and keeping.offers(paper, paper.latest, by):
        raise Refused(f"你在{paper}里还有没保存成稿的修改。请先保存，或者放弃这些修改，再提交审批。")
    fields = _as_in_paper(paper, said, expected_n) if paper else said
    fields |= {"days": days, "target": target}
    if reason := why_incomplete(case, matter, **{k: v for k, v in fields.items() if k != "court"}):
        raise Refused(reason)
    proposal = Proposal(case=case, matter=matter, recorded_by=by, document=paper, **fields)
    if paper:
        papers.submit(paper, by=by)
    proposal.round = _open_round(proposal, by)
    proposal.save(force_insert=True)
    _go(proposal, by)
    return proposal


@transaction.atomic
def propose_outright(case: Case, *, matter: Matter, ground: str, reasons: str, by: User) -> Proposal:
    """起草并提交审批 at once, where another act has settled what is to be said; a draft that stands is rewritten."""
    case = Case.objects.lock(case)
    if paper := paper_of(case, matter):
        facts = facts_for(matter, ground=ground, reasons=reasons)
        drafting.revise(case, paper, by=by, expected_n=paper.latest.n, **facts)
    else:
        begin(case, matter=matter, ground=ground, reasons=reasons, by=by)
    return propose(case, matter=matter, by=by)


def _as_in_paper(paper: Document, said: dict[str, Any], expected_n: int | None) -> dict[str, Any]:
    """What is approved is the paper's text: it is closed to changes until it comes back or is issued."""
    latest = paper.latest
    if expected_n not in (None, latest.n):
        raise Refused(f"{latest.made_by}刚把{paper}改成第 {latest.n} 稿，请核对后再提交。")
    written = terms_of(paper)
    for name, value in said.items():
        if name in written and value and value != written[name]:
            raise Refused(f"{TERMS[name]}和{paper}写的不一致。请在文书里改，提交时以文书为准。")
    return said | written


def _open_round(proposal: Proposal, by: User) -> ApprovalRound:
    case, matter = proposal.case, Matter(proposal.matter)
    return rounds.open(
        matter,
        organisation=case.organisation,
        chain=chain_of_matter(matter),
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
