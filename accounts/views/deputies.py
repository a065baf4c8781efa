from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import deputies
from accounts.access import get_or_404, require
from accounts.forms import DeputyForm
from accounts.http import Request
from accounts.models import Deputy
from accounts.permissions import Permission
from core import clock
from core.http import leave, page
from core.refusals import Refused


@require(Permission.CASE_SEE)
@require_http_methods(["GET", "POST"])
def deputy_list(request: Request) -> HttpResponse:
    """Everybody in the office sees who stands in for whom; those with a signature name their own."""
    form = DeputyForm(request.POST or None, colleagues=deputies.colleagues(request.user))
    if form.is_valid():
        try:
            deputy = deputies.name(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已指定{deputy.substitute}代理")
            return leave(request, "accounts:deputies")
    context = {
        "form": form,
        "why_not": deputies.why_not_name(request.user),
        "deputies": deputies.of_office(request.user),
        "today": clock.today(),
    }
    return page(request, "accounts/deputies.html", context, status=422 if request.method == "POST" else 200)


@require(Permission.CASE_SEE)
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    mine = Deputy.objects.filter(absent=request.user)
    deputy = get_or_404(mine, request.user, request, pk=pk)
    try:
        deputies.revoke(deputy, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销代理")
    return leave(request, "accounts:deputies")
