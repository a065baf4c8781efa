"""案情一屏: what an approver needs beside the letter, without leaving the page."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from approvals.models import ApprovalRound, ApprovalStep
from cases import clocks, totals
from cases.decision.grounds import ground_label
from cases.models import Answer, Case, Proposal, Review, ReviewCheck
from cases.paperwork.sheets import sheet_beside
from cases.review.checklist import QUESTIONS


def overview(case: Case, proposal: Proposal | None) -> dict[str, Any]:
    """The context of the approval page of a matter: what is proposed, its paper, the case, its rounds."""
    rounds = rounds_of(ApprovalRound.objects.filter(proposal__case=case))
    return {
        "proposal": proposal,
        "proposed": proposed_terms(proposal),
        "rounds": rounds,
        **facts_of(case),
        "sheet": sheet_beside(case, proposal.document.latest) if proposal and proposal.document else "",
    }


def facts_of(case: Case) -> dict[str, Any]:
    """案情一屏: sums, people, clocks, checklist (否 first)."""
    sums = Case.objects.filter(pk=case.pk).values_list(totals.claimed(), totals.claimant_count())
    claimed, heads = sums.get()
    return {
        "claimed": claimed,
        "heads": heads,
        "respondents": [str(each) for each in case.respondents.select_related("company", "person")],
        "deadlines": clocks.running(case, clocks.REVIEW_CLOCKS),
        "checks": checks_no_first(case),
    }


def proposed_terms(proposal: Proposal | None) -> list[tuple[str, Any]]:
    """(label, value) of what the proposal fills in for its matter."""
    if proposal is None:
        return []
    terms = [
        ("事由", ground_label(proposal.matter, proposal.ground)),
        ("致送法院", proposal.court),
        ("受移送检察院", proposal.target),
        ("中止日期", proposal.starts_on),
        ("延长天数", proposal.days),
    ]
    return [("提交人", proposal.recorded_by), *((label, value) for label, value in terms if value)]


def checks_no_first(case: Case) -> list[tuple[str, ReviewCheck]]:
    """(question, answer): 否 first, then 不适用, then 是."""
    order = {Answer.NO: 0, Answer.NOT_APPLICABLE: 1, Answer.YES: 2}
    review = Review.objects.filter(case=case).first()
    checks = sorted(review.checks.all(), key=lambda c: (order[Answer(c.answer)], c.pk)) if review else []
    return [(QUESTIONS.get(check.question, check.question), check) for check in checks]


def rounds_of(found: QuerySet[ApprovalRound]) -> list[ApprovalRound]:
    """历次审批 with their opinions and 转办, newest first."""
    people = ("actor", "assigned_to", "asked_by", "quote")
    steps = ApprovalStep.objects.select_related(*people).prefetch_related(
        "hand_overs__from_user", "hand_overs__to_user"
    )
    return list(
        found.select_related("submitted_by").prefetch_related(Prefetch("steps", steps)).order_by("-pk")
    )
