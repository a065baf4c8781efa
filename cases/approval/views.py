from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases.approval import actions, policy
from cases.approval.overview import overview
from cases.approval.subjects import Subject, answer
from cases.decision import content
from cases.decision.proposals import last_proposal
from cases.models import Case, Proposal
from cases.pages import case_or_404
from core.http import page

TEMPLATE = "cases/approval.html"


@require_http_methods(["GET", "POST"])
def approval(request: Request, code: str) -> HttpResponse:
    """审批: what is proposed, its paper, the case on one screen, earlier opinions; what may be done about it."""
    case = case_or_404(request, code)
    proposal = last_proposal(case)
    context = overview(case, proposal)
    if proposal is None:
        context |= {"case": case, "why_not": policy.why_not_decide(case, request.user), "form": None}
        return page(request, TEMPLATE, context, status=422 if request.method == "POST" else 200)
    return answer(request, subject_of(case, proposal), context)


def subject_of(case: Case, proposal: Proposal) -> Subject:
    """The proposal with its verbs and its policy."""
    return Subject(
        case=case,
        round=proposal.round,
        template=TEMPLATE,
        now=content.digest(case, proposal),
        approve=partial(actions.approve, case),
        send_back=partial(actions.send_back, case),
        cancel=partial(actions.cancel, case),
        why_not_approve=partial(policy.why_not_approve, case),
        to=case.get_absolute_url(),
        document=proposal.document,
        asks_day=True,
        prose=proposal.reasons,
    )
