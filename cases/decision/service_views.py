from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases.decision.service import ServiceForm, serve, why_not_serve
from cases.pages import Deed, case_or_404, perform
from core import clock


@require_http_methods(["GET", "POST"])
def service(request: Request, code: str) -> HttpResponse:
    """登记送达."""
    case = case_or_404(request, code)
    chosen = request.GET.get("paper", "acceptance" if case.decided_on is None else "decision")
    form = ServiceForm(request.POST or None, initial={"paper": chosen, "served_on": clock.today()})
    context = {
        "lead": "以受送达人签收的日期为准。登记后，这份文书的送达期限即告完成。",
        "served": case.services.select_related("recorded_by"),
    }
    why_not = why_not_serve(case, request.user)
    deed = Deed(
        "cases/service.html", form, partial(serve, case), "已登记送达", why_not, to=case, context=context
    )
    return perform(request, case, deed)
