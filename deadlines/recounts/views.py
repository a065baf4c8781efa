from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from core.fields import TextField
from core.forms import Form
from core.http import leave, page
from core.refusals import Conflict, Refused
from deadlines.models import DeadlineRecount, Recount, RecountHearer, RecountList
from deadlines.recounts import actions, listing, policy

PER_PAGE = 50
Cause = Recount.Cause
manages = require(Permission.REFERENCE_MANAGE)


class RecountForm(Form):
    cause = forms.ChoiceField(choices=Cause, widget=forms.HiddenInput)
    basis = forms.CharField(max_length=64, widget=forms.HiddenInput)
    foreseen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    reason = TextField(label="重算说明", help_text="例如：2027 年放假通知已公布")


class ListForm(Form):
    cause = forms.ChoiceField(choices=Cause, widget=forms.HiddenInput)


@manages
@require_http_methods(["GET", "POST"])
def recount(request: Request) -> HttpResponse:
    """重算: first the list, then the deed; a list that is no longer true is made anew (409)."""
    form = RecountForm(request.POST or None)
    status, stale = (422 if request.method == "POST" else 200), ""
    if form.is_valid():
        try:
            made = actions.apply(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            status, stale = 409, str(conflict)
        else:
            return leave(request, reverse("deadlines:recount_progress", args=[made.pk]))
    return _listed(request, form, status, stale)


def _listed(request: Request, form: Form, status: int, stale: str) -> HttpResponse:
    bases = listing.bases(request.user.organisation)
    waiting = {cause: basis.candidates.count() for cause, basis in bases.items()}
    asked = request.POST.get("cause") or request.GET.get("cause")
    cause = asked if asked in Cause.values else _likely(waiting)
    found = listing.preview_of(bases[cause], waiting[cause])
    facts = {"cause": cause, "basis": found.basis.fingerprint, "foreseen": found.moved}
    if form.is_bound:
        form.data = request.POST.copy()
        form.data.update({name: str(value) for name, value in facts.items()})
    why_not = policy.why_not_recount(request.user, cause)
    office = _office(request, only_own=bool(why_not))
    recounts = Recount.objects.visible_to(request.user)
    lists = RecountList.objects.visible_to(request.user).unfinished().filter(cause=cause)
    context = {
        "form": form if form.is_bound else RecountForm(initial=facts),
        "cause": cause,
        "tabs": [(value, label, waiting[value]) for value, label in Cause.choices],
        "preview": found,
        "page": found.page(request.GET.get("page"), office),
        "offices": [] if why_not else found.by_office(),
        "office": office,
        "why_not": why_not,
        "stale": stale,
        "listing": lists.filter(basis=found.basis.fingerprint).first(),
        "running": recounts.unfinished().select_related("job").first(),
        "past": recounts.select_related("requested_by", "job")[:10],
    }
    return page(request, "deadlines/recount.html", context, status)


def _office(request: Request, *, only_own: bool) -> str:
    """Whose lines: the own office's for whoever may only look, else one that was chosen, else all."""
    if only_own:
        return str(request.user.organisation_id)
    asked = request.GET.get("office", "")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 10 else ""


def _likely(waiting: dict[str, int]) -> str:
    return Cause.TERM if waiting[Cause.TERM] else Cause.HOLIDAY


@manages
@require_POST
def recount_list(request: Request) -> HttpResponse:
    """在后台列出: for more than a page can count while somebody waits."""
    form = ListForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, 422, "")
    try:
        made = actions.list_all(**form.facts, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _listed(request, form, 422, "")
    return leave(request, reverse("deadlines:recount_list_progress", args=[made.pk]))


@manages
@require_GET
def recount_list_progress(request: Request, pk: int) -> HttpResponse:
    """How far the list is; the page asks again by itself until it is there."""
    lists = RecountList.objects.visible_to(request.user).select_related("job")
    found = get_or_404(lists, request.user, request, pk=pk)
    context = {"listing": found, "job": found.job, "cause": found.cause}
    return page(request, "deadlines/recount_progress.html", context)


@manages
@require_GET
def recount_progress(request: Request, pk: int) -> HttpResponse:
    """How far it is; the page asks again by itself until it is over."""
    found = get_or_404(
        Recount.objects.visible_to(request.user).select_related("job"), request.user, request, pk=pk
    )
    told = RecountHearer.objects.filter(line__recount=found).exclude(line__told_at=None)
    context = {
        "recount": found,
        "job": found.job,
        "cause": found.cause,
        "told": told.values("user").distinct().count() if found.done_at else 0,
        "why_not": policy.why_not_recount(request.user, found.cause),
    }
    return page(request, "deadlines/recount_progress.html", context)


@manages
@require_POST
def recount_cancel(request: Request, pk: int) -> HttpResponse:
    found = get_or_404(Recount.objects.visible_to(request.user), request.user, request, pk=pk)
    try:
        actions.cancel(found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已取消重算")
    return leave(request, reverse("deadlines:recount_progress", args=[pk]))


@require_GET
def changes(request: Request, pk: int) -> HttpResponse:
    """期限变动: what a recount did to the deadlines that this person answers for or watches."""
    mine = DeadlineRecount.objects.concerning(request.user).filter(recount=pk)
    found = get_or_404(Recount.objects.filter(pk__in=mine.values("recount")), request.user, request, pk=pk)
    rows = mine.select_related("deadline").order_by("new_due", "pk")
    context = {"recount": found, "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return page(request, "deadlines/changes.html", context)
