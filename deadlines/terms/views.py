from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form as DjangoForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from core import clock
from core.http import leave, page
from core.refusals import Conflict, Refused, Unconfirmed
from deadlines.models import Holiday, Term, TermChange
from deadlines.reference import calendar_warning
from deadlines.terms import actions, listing, policy, trial, weakening, words
from deadlines.terms.forms import Filter, ReasonForm, TermForm, TrialForm, initial_of

sees = require(Permission.CASE_SEE, Permission.REFERENCE_MANAGE)
manages = require(Permission.REFERENCE_MANAGE)


@sees
@require_GET
def terms(request: Request) -> HttpResponse:
    """期限规则: what holds for one's own office."""
    form = Filter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    groups = listing.groups_for(request.user.organisation, **asked)
    context = {
        "form": form,
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
        "active": sum(1 for name in ("kind", "unconfirmed") if asked.get(name)),
        "may_change": not policy.why_not_change(request.user),
    }
    return page(request, "deadlines/terms.html", context)


@sees
@require_GET
def term(request: Request, code: str) -> HttpResponse:
    """One rule in words, its history, and the test panel (`?on=…`)."""
    rule = _term_or_404(request, code)
    form = TrialForm(request.GET if "on" in request.GET else None, term=rule, initial={"on": clock.today()})
    result = trial.try_out(rule, Holiday.objects.calendar(), **form.facts) if form.is_valid() else None
    status = 422 if form.is_bound and not form.is_valid() else 200
    return page(
        request, "deadlines/term.html", _shown(request, rule) | {"form": form, "trial": result}, status
    )


@manages
@require_http_methods(["GET", "POST"])
def term_edit(request: Request, code: str) -> HttpResponse:
    """Change the office's own rule; the first change makes it from the general one."""
    rule = _term_or_404(request, code)
    form = TermForm(request.POST or None, initial=initial_of(rule))
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            changed = actions.change(
                code, version=version, by=request.user, confirmed=_confirmed(request), **form.rule
            )
        except Unconfirmed as weak:
            return _confirm(request, rule, weak)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            return _stale(request, rule, conflict)
        else:
            messages.success(request, f"已保存，第 {changed.version} 版")
            recounts = form.cleaned_data["then"] == "recount"
            return leave(request, _recount() if recounts else _url(code))
    status = 422 if request.method == "POST" else 200
    return page(request, "deadlines/term_edit.html", {"term": rule, "form": form}, status)


@manages
@require_POST
def term_restore(request: Request, code: str) -> HttpResponse:
    """恢复为通用规则; then what runs by the office's own rule is offered for a recount."""
    return _with_reason(request, code, actions.restore, to=_recount())


@manages
@require_POST
def term_switch(request: Request, code: str) -> HttpResponse:
    """停用、启用."""
    verb = partial(actions.switch, confirmed=_confirmed(request))
    return _with_reason(request, code, verb, to=_url(code))


def _confirmed(request: Request) -> bool:
    return request.POST.get("confirmed") == "yes"


def _confirm(request: Request, rule: Term, weak: Unconfirmed) -> HttpResponse:
    """削弱法定期限: the consequences, with everything that was posted kept for the confirmed second post (422)."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "confirmed", "reason")
        for value in values
    ]
    context = {
        "term": rule,
        "sentence": str(weak),
        "law": weakening.heading(rule, request.user),
        "consequences": weak.consequences,
        "kept": kept,
        "reason_field": ReasonForm(initial={"reason": request.POST.get("reason", "")})["reason"],
    }
    return page(request, "deadlines/term_confirm.html", context, 422)


def _recount() -> str:
    return f"{reverse('deadlines:recount')}?cause=term"


def _with_reason(request: Request, code: str, verb: Any, *, to: str) -> HttpResponse:
    rule = _term_or_404(request, code)
    form = ReasonForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            verb(code, **form.facts, version=form.cleaned_data["version"], by=request.user)
        except Unconfirmed as weak:
            return _confirm(request, rule, weak)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            newer = {
                "version": str(conflict.current.version)
            }  # what was typed stays, now against that version
            form = ReasonForm(request.POST.dict() | newer)
            form.add_error(None, str(conflict))
            status = 409
        else:
            messages.success(request, "已保存")
            return leave(request, to)
    trial_form = TrialForm(term=rule, initial={"on": clock.today()})
    return page(request, "deadlines/term.html", _shown(request, rule, form) | {"form": trial_form}, status)


def _stale(request: Request, rule: Term, conflict: Conflict) -> HttpResponse:
    """409: the differences side by side, and everything typed kept, now against the newer version."""
    data = request.POST.copy()
    data["version"] = str(conflict.current.version)
    context = {"term": rule, "form": TermForm(data), "conflict": conflict}
    return page(request, "deadlines/term_edit.html", context, 409)


def _shown(request: Request, rule: Term, reason: DjangoForm | None = None) -> dict[str, Any]:
    history = TermChange.objects.filter(term__in=Term.objects.visible_to(request.user).filter(code=rule.code))
    rows = list(history.select_related("changed_by", "term").order_by("-version", "-pk"))
    return {
        "term": rule,
        "sentence": words.sentence(rule),
        "length": words.length(rule),
        "pauses": words.told("pause_events", rule.pause_events) if rule.stops else "不停止计算",
        "stages": words.told_stages(rule.stages, rule.whose),
        "history": [(row, words.differences(row.before, row.after, rule.whose)) for row in rows],
        "may_change": not policy.why_not_change(request.user),
        "why_not_switch": policy.why_not_switch(rule, request.user),
        "reason_form": reason or ReasonForm(initial={"version": rule.version}),
        "calendar": calendar_warning(),
    }


def _term_or_404(request: Request, code: str) -> Term:
    try:
        return Term.objects.visible_to(request.user).effective(code, request.user.organisation)
    except Term.DoesNotExist:
        raise Http404 from None


def _url(code: str) -> str:
    return reverse("deadlines:term", args=[code])
