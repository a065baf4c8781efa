from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from cases.intake.new_forms import NewCase
from cases.intake.register import register
from core import clock
from core.constraints import sentence_for
from core.http import leave, page
from core.refusals import Refused
from jobs import submissions


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_HANDLE)
def new(request: Request) -> HttpResponse:
    """登记申请: somebody came, wrote or was found in need, without a lead from a partner."""
    office = request.user.organisation
    if request.method == "GET":
        return _show(request, NewCase(office, None, _first(request.user)))
    if "add_rows" in request.POST:
        return _show(request, NewCase.with_more_rows(office, request.POST))
    filled = NewCase(office, request.POST, {})
    if not filled.errors:
        try:
            to = _registered(request, filled)
        except Refused as refusal:
            filled.form.add_error(None, str(refusal))
        except IntegrityError as broken:
            sentence = sentence_for(broken)
            if sentence is None:
                raise
            filled.form.add_error(None, sentence)
        else:
            messages.success(request, "已登记申请")
            return leave(request, to)
    return _show(request, filled, status=422)


def _registered(request: Request, filled: NewCase) -> str:
    """The new case's address; the same one again when the form comes twice."""

    def work() -> str:
        handler = filled.form.cleaned_data["handler"]
        office = request.user.organisation
        return register(office, facts=filled.facts, handler=handler, by=request.user).get_absolute_url()

    key = filled.form.cleaned_data["submission_key"]
    return submissions.once(key, by=request.user, action="case-new", work=work)


def _first(user: User) -> dict[str, object]:
    is_handler = User.objects.handlers_of(user.organisation).filter(pk=user.pk).exists()
    return {"received_on": clock.today(), "cause": "205.5", "handler": user.pk if is_handler else None}


def _show(request: Request, filled: NewCase, status: int = 200) -> HttpResponse:
    return page(request, "cases/new.html", {"filled": filled}, status=status)
