from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases.pages import Deed, case_or_404, perform
from cases.service.outside import ServiceForm, serve, why_not_serve
from cases.service.standing import issued_papers
from core import clock


@require_http_methods(["GET", "POST"])
def service(request: Request, code: str) -> HttpResponse:
    """登记送达: the papers issued here with their service, below them what was issued elsewhere (系统外文书)."""
    case = case_or_404(request, code)
    chosen = request.GET.get("paper", "acceptance" if case.decided_on is None else "decision")
    form = ServiceForm(request.POST or None, initial={"paper": chosen, "served_on": clock.today()})
    context = {
        "lead": "在系统内签发的文书，请打开上面这份文书登记。这里只登记系统外文书，以受送达人签收的日期为准。",
        "papers": issued_papers(case),
        "served": case.services.select_related("recorded_by"),
    }
    why_not = why_not_serve(case, request.user)
    deed = Deed(
        "cases/service.html", form, partial(serve, case), "已登记送达", why_not, to=case, context=context
    )
    return perform(request, case, deed)
