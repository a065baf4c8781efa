from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases.decision import proposal_pages
from cases.decision.papers import paper_of
from cases.models import Review
from cases.pages import case_or_404
from cases.workflow import IN_COURT, Matter
from documents import papers

BEFORE_COURT = [Matter.SUPPORT, Matter.DECLINE, Matter.TERMINATE, Matter.TRANSFER]


@require_http_methods(["GET", "POST"])
def decision(request: Request, code: str) -> HttpResponse:
    """提出处理意见: what is still missing for 支持起诉, the four matters of a review, or 撤回支持起诉 in court."""
    case = case_or_404(request, code)
    matters = [Matter.WITHDRAW_SUPPORT] if case.stage in IN_COURT else BEFORE_COURT
    matter = proposal_pages.chosen(request, matters)
    review = Review.objects.filter(case=case).first()
    letter = paper_of(case, Matter.SUPPORT)
    court = papers.facts_of(letter.latest).court if letter else case.intended_court
    return proposal_pages.answer(
        request,
        case,
        matters,
        template="cases/decision.html",
        initial={"court": court, "reasons": review.necessity if review and matter == Matter.SUPPORT else ""},
        context={},
    )
