from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from approvals import waiting
from cases.approval import actions, policy
from cases.approval.forms import DecideForm, decide_form
from cases.approval.overview import overview
from cases.decision.proposals import last_proposal
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from core.forms import Form
from core.http import page

TEMPLATE = "cases/approval.html"


@require_http_methods(["GET", "POST"])
def approval(request: Request, code: str) -> HttpResponse:
    """审批: what is proposed, the letter, the case on one screen, earlier opinions; agree, send back, take back."""
    case = case_or_404(request, code)
    proposal = last_proposal(case)
    context = overview(case, proposal, request.user)
    if proposal is None:
        context |= {"case": case, "why_not": policy.why_not_decide(case, request.user), "form": None}
        return page(request, TEMPLATE, context, status=422 if request.method == "POST" else 200)
    context["form"] = form = decide_form(proposal.round, request.POST if _acts_on_step(request) else None)
    if request.POST.get("act") == "cancel":
        return perform(request, case, _cancel(request, case, context))
    return perform(request, case, _decide(request, case, form, context))


def _acts_on_step(request: Request) -> bool:
    return request.method == "POST" and request.POST.get("act") != "cancel"


def _decide(request: Request, case: Case, form: DecideForm, context: dict[str, Any]) -> Deed:
    """同意 or 退回修改; then on to the next thing that waits for this person."""
    why_not = policy.why_not_approve if form.agreeing else policy.why_not_decide
    verb, done = (actions.approve, "已同意") if form.agreeing else (actions.send_back, "已退回修改")
    deed = Deed(TEMPLATE, form, verb, done, context=context)
    deed.why_not = context["why_not"] = why_not(case, request.user, _step(request))
    deed.work = partial(_then_next, deed, case, verb)
    return deed


def _then_next(deed: Deed, case: Case, verb: Any, *, by: Any, **facts: Any) -> str:
    verb(case, **facts, by=by)
    left = waiting.steps_for(by)
    if not (number := left.count()):
        return reverse("approvals:list")
    deed.done = f"{deed.done}，还有 {number} 项等你审批"
    return left[0].round.owner_url


def _cancel(request: Request, case: Case, context: dict[str, Any]) -> Deed:
    form, reason = Form(request.POST), policy.why_not_cancel(case, request.user)
    context |= {"cancel_form": form, "why_not": reason}
    return Deed(
        TEMPLATE, form, partial(actions.cancel, case), "已撤回送审", why_not=reason, to=case, context=context
    )


def _step(request: Request) -> int | None:
    step = request.POST.get("step", "")
    return int(step) if step.isascii() and step.isdecimal() and len(step) < 18 else None
