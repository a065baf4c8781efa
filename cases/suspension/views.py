from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.access import demand
from accounts.http import Request
from accounts.permissions import Permission
from cases import clocks
from cases.decision import proposal_pages
from cases.models import Case, Suspension
from cases.pages import Deed, case_or_404, perform
from cases.suspension import actions, policy
from cases.suspension.forms import ResumeForm, resume_initial
from cases.workflow import Matter
from core import clock

TEMPLATE = "cases/suspension.html"


@require_http_methods(["GET", "POST"])
def suspension(request: Request, code: str) -> HttpResponse:
    """中止与延期: while suspended, resume; otherwise propose a suspension or a longer review."""
    case = case_or_404(request, code)
    context: dict[str, Any] = {
        "suspensions": case.suspensions.select_related("recorded_by", "lifted_by"),
        "extensions": case.extensions.select_related("recorded_by"),
        "deadlines": clocks.running(case, clocks.REVIEW_CLOCKS),
    }
    running = case.suspensions.filter(lifted_on=None).first()
    if running:
        return _resume(request, case, running, context | {"running": running})
    return proposal_pages.answer(
        request,
        case,
        [Matter.SUSPEND, Matter.EXTEND],
        template=TEMPLATE,
        initial={"starts_on": clock.today()},
        context=context | {"running": None},
    )


def _resume(request: Request, case: Case, running: Suspension, context: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    deed = Deed(
        TEMPLATE,
        ResumeForm(request.POST or None, initial=resume_initial(running)),
        partial(actions.resume, case),
        "已恢复审查",
        why_not=policy.why_not_resume(case, request.user),
        action=f"resume:{case.code}",
        to=case,
        context=context,
    )
    return perform(request, case, deed)
