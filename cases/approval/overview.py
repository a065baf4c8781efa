"""案情一屏: what an approver needs beside the letter, without leaving the page."""

from typing import Any

from accounts.models import User
from approvals.models import ApprovalRound
from cases import clocks, totals
from cases.approval import policy
from cases.decision.grounds import ground_label
from cases.models import Answer, Case, Proposal, Review, ReviewCheck
from cases.paperwork.sheets import sheet_of
from cases.review.checklist import QUESTIONS


def overview(case: Case, proposal: Proposal | None, user: User) -> dict[str, Any]:
    """The context of the approval page: matter, paper, sums, clocks, checklist (否 first), rounds."""
    sums = Case.objects.filter(pk=case.pk).values_list(totals.claimed(), totals.claimant_count())
    claimed, heads = sums.get()
    return {
        "proposal": proposal,
        "proposed": proposed_terms(proposal),
        "claimed": claimed,
        "heads": heads,
        "respondents": [str(each) for each in case.respondents.select_related("company", "person")],
        "deadlines": clocks.running(case, clocks.REVIEW_CLOCKS),
        "checks": checks_no_first(case),
        "rounds": rounds_of(case),
        "why_not_agree": policy.why_not_approve(case, user),
        "why_not_return": policy.why_not_decide(case, user),
        "why_not_cancel": policy.why_not_cancel(case, user),
        "cancel_form": None,
        "is_open": proposal is not None and proposal.round.status == ApprovalRound.Status.OPEN,
        "sheet": sheet_of(case, proposal.document.latest) if proposal and proposal.document else "",
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


def rounds_of(case: Case) -> list[ApprovalRound]:
    """历次审批 of the case with their opinions, newest first."""
    rounds = ApprovalRound.objects.filter(proposal__case=case).select_related("submitted_by")
    return list(rounds.prefetch_related("steps__actor", "steps__assigned_to").order_by("-pk"))
