from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import absences
from accounts.access import get_or_404, require
from accounts.forms import AbsenceForm
from accounts.http import Request
from core import clock
from core.http import leave, page
from core.refusals import Refused


@require(*absences.MAY_ENTER)
@require_http_methods(["GET", "POST"])
def absence_list(request: Request) -> HttpResponse:
    """Everybody of the unit sees who is away and who is reminded instead; each enters their own."""
    form = AbsenceForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            absence = absences.enter(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记，由{absence.covered_by}代办")
            return leave(request, "accounts:absences")
    context = {
        "form": form,
        "absences": absences.of_unit(request.user),
        "revocable": set(absences.revocable_by(request.user).values_list("pk", flat=True)),
        "today": clock.today(),
    }
    return page(request, "accounts/absences.html", context, status=422 if request.method == "POST" else 200)


@require(*absences.MAY_ENTER)
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    absence = get_or_404(absences.revocable_by(request.user), request.user, request, pk=pk)
    try:
        absences.revoke(absence, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销请假")
    return leave(request, "accounts:absences")
