"""Ways to a decision that several test files share."""

from cases.approval import actions as approval
from cases.decision.actions import begin, propose
from cases.decision.papers import facts_for, paper_of
from cases.models import ReviewCheck
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.review.checklist import QUESTIONS
from cases.workflow import PAPER_OF, Matter
from documents import papers
from tests.cases.factories import ClaimantFactory, EvidenceFactory, case_of_office


def answer_checklist(case, answer="yes"):
    ReviewCheck.objects.bulk_create(
        ReviewCheck(
            review=case.review, question=key, answer=answer, note="情况说明", recorded_by=case.handler
        )
        for key in QUESTIONS
    )


def drafted(case, key="support_letter", by=None, **typed):
    """The paper of a matter, drafted by the handler with what the case knows."""
    return drafting.draft(case, paper_by(key), by=by or case.handler, **typed)


def letter_of(case):
    """The 支持起诉书 that stands."""
    return paper_of(case, Matter.SUPPORT)


def supportable(cast, workers=0, **kwargs):
    """A case that lacks nothing for 支持起诉: reviewed, answered, with its letter drafted."""
    case = case_of_office(cast, reviewed=True, **kwargs)
    ClaimantFactory.create_batch(workers, case=case)
    answer_checklist(case)
    EvidenceFactory(case=case, recorded_by=case.handler)
    drafted(case)
    return case


def submitted(cast, matter=Matter.DECLINE, case=None, **fields):
    """A proposal on its way up: by default 不支持起诉, waiting for the head; head and chief exist."""
    _approvers = cast.head, cast.chief
    if matter == Matter.SUPPORT:
        case = case or supportable(cast)
    case = case or case_of_office(cast, reviewed=True)
    if matter == Matter.DECLINE:
        fields.setdefault("ground", "facts")
    fields.setdefault("reasons", "理由充分。")
    return propose(
        prepared(case, matter, cast.prosecutor, **fields), matter=matter, by=cast.prosecutor, **fields
    )


def prepared(case, matter, by, **fields):
    """The case with the paper of the matter written as it is going to be proposed; 支持起诉书 is drafted already."""
    if matter in PAPER_OF and matter != Matter.SUPPORT:
        paper = paper_of(case, matter)
        if paper is None:
            paper = begin(case, matter=matter, by=by, **fields)
            if matter == Matter.WITHDRAW_SUPPORT and not papers.facts_of(paper.latest).support_number:
                letter = {"support_number": case.official_number, "supported_on": case.decided_on}
                drafting.revise(case, paper, by=by, expected_n=1, **letter)
        else:
            terms = {name: fields[name] for name in ("ground", "reasons", "starts_on") if name in fields}
            facts = facts_for(matter, **({"ground": "", "reasons": ""} | terms))
            drafting.revise(case, paper, by=by, expected_n=paper.latest.n, **facts)
    return case


def agree_all(cast, proposal, **kwargs):
    """Head, then chief where the chain asks for it."""
    for approver in [cast.head, cast.chief][: proposal.round.steps.count()]:
        approval.approve(proposal.case, opinion="同意。", by=approver, **kwargs, read=True)
    proposal.case.refresh_from_db()
    return proposal.case
