"""The one shape of a page that does something to a case: GET shows, POST asks the form, then the verb."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpResponse

from accounts.access import get_or_404
from accounts.http import Request
from cases.models import Case
from cases.stale import Untouched
from core.constraints import sentence_for
from core.forms import Form
from core.http import leave, page
from core.refusals import Conflict, Refused
from jobs import submissions


def case_or_404(request: Request, code: str) -> Case:
    """The case through the user's own scope; outside it the answer is that of a case that never was."""
    cases = Case.objects.visible_to(request.user).select_related("organisation", "handler", "project")
    return get_or_404(cases, request.user, request, code=code)


@dataclass
class Deed:
    """What one page does: `work` gets the form's facts and returns the object or URL to go to.

    `why_not` is the policy's sentence (empty when open): it stands on the page, and a POST gets it with 422.
    """

    template: str
    form: Form
    work: Callable[..., Any]
    done: str
    why_not: str = ""
    action: str = ""
    to: Any = None
    context: dict[str, Any] = field(default_factory=dict)


def perform(request: Request, case: Case, deed: Deed) -> HttpResponse:
    """Answer GET and POST of a deed: 200, 422 with sentences, 409 with the comparison, or on to the next page.

    The second half of a double click goes where the first one went, although the deed is no longer open.
    """
    status = 200
    if request.method == "POST":
        key = request.POST.get("submission_key", "")
        if earlier := submissions.led_to(key, by=request.user, action=_action(request, deed)):
            return leave(request, earlier)
        if not deed.why_not and deed.form.is_valid():
            try:
                target = _once(request, deed)
            except Refused as refusal:
                deed.form.add_error(None, str(refusal))
            except Conflict as conflict:
                return _conflict(request, case, deed, conflict)
            except IntegrityError as broken:
                sentence = sentence_for(broken)
                if sentence is None:
                    raise
                deed.form.add_error(None, sentence)
            else:
                messages.success(request, deed.done)
                return leave(request, target)
        status = 422
    return page(request, deed.template, _context(case, deed), status=status)


def _once(request: Request, deed: Deed) -> Any:
    """Do the work; a form with a submission key does it once however often it is sent."""
    key = deed.form.cleaned_data.get("submission_key")

    def work() -> str:
        made = deed.work(**deed.form.facts, by=request.user)
        target = deed.to or made
        return target if isinstance(target, str) else target.get_absolute_url()

    if key:
        return submissions.once(key, by=request.user, action=_action(request, deed), work=work)
    with transaction.atomic():
        return work()


def _action(request: Request, deed: Deed) -> str:
    return deed.action or (request.resolver_match.view_name if request.resolver_match else "")


def _context(case: Case, deed: Deed) -> dict[str, Any]:
    return {"case": case, "form": deed.form, "why_not": deed.why_not, **deed.context}


def _conflict(request: Request, case: Case, deed: Deed, conflict: Conflict) -> HttpResponse:
    """409: both versions side by side; every other value that was typed travels along, so nothing is lost."""
    form = deed.form
    rows, others = [], []
    for name in form.fields:
        if name in conflict.fields:
            rows.append(_choice(form[name], conflict.fields[name][1]))
        elif name != "version" and not isinstance(form.fields[name], forms.FileField):
            mine = form[name].value()
            others.append((name, mine if mine is not None else ""))
    context = _context(case, deed) | {
        "rows": rows,
        "others": others,
        "version": conflict.current.version,
        "message": str(conflict),
        "action_url": request.get_full_path(),
        "back_url": case.get_absolute_url(),
    }
    return page(request, "cases/conflict.html", context, status=409)


def _choice(bound: BoundField, theirs: Any) -> dict[str, Any]:
    """One line of the comparison: both values as they read, and as this field would take them."""
    mine = bound.value()
    return {
        "name": bound.html_name,
        "label": bound.label,
        "mine": _readable(bound.field, mine),
        "mine_value": "" if mine is None else mine,
        "theirs": _readable(bound.field, theirs),
        "theirs_value": "" if isinstance(theirs, Untouched) else _posted(bound.field, theirs),
    }


def _posted(field: forms.Field, value: Any) -> Any:
    value = value.pk if isinstance(value, Model) else field.prepare_value(value)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _readable(field: forms.Field, value: Any) -> str:
    """The words of a choice, 是 or 否 of a tick, else what would be typed."""
    if isinstance(field, forms.BooleanField):
        return "是" if value else "否"
    if isinstance(field, forms.ChoiceField):
        words = {str(code): str(label) for code, label in field.widget.choices}
        return words.get(str(_posted(field, value)), "")
    return str(value) if isinstance(value, Untouched) else str(_posted(field, value))
