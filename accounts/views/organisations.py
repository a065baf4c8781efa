from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from accounts import people
from accounts.access import get_or_404, require
from accounts.forms import OrganisationForm
from accounts.http import Request
from accounts.permissions import Permission
from core.http import leave, page
from core.refusals import Refused

FIELDS = ("name", "abbreviation", "region_code", "phone", "is_active")
manages = require(Permission.ACCOUNTS_MANAGE)


@manages
@require_GET
def organisation_list(request: Request) -> HttpResponse:
    units = people.units_for(request.user).select_related("parent")
    top = len(request.user.organisation.ancestor_codes)
    rows = [(unit, len(unit.ancestor_codes) - top) for unit in units]
    return page(request, "accounts/organisations.html", {"rows": rows})


@manages
@require_http_methods(["GET", "POST"])
def organisation_new(request: Request) -> HttpResponse:
    form = OrganisationForm(
        request.POST or None, initial={"parent": request.user.organisation}, by=request.user
    )
    if form.is_valid():
        try:
            people.open_unit(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已新增单位")
            return leave(request, "accounts:organisations")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/organisation.html", {"form": form, "unit": None}, status=status)


@manages
@require_http_methods(["GET", "POST"])
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    unit = get_or_404(people.units_for(request.user), request.user, request, pk=pk)
    initial = {name: getattr(unit, name) for name in FIELDS}
    form = OrganisationForm(request.POST or None, initial=initial, by=request.user, unit=unit)
    if form.is_valid():
        try:
            people.change_unit(unit, **form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存")
            return leave(request, "accounts:organisations")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/organisation.html", {"form": form, "unit": unit}, status=status)
