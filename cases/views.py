from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from cases.pages import case_or_404
from core.http import page


@require_safe
def detail(request: Request, code: str) -> HttpResponse:
    return page(request, "cases/detail.html", {"case": case_or_404(request, code)})
