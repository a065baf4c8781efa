"""The one shape of a page that does something to a case: GET shows, POST asks the form, then the verb."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse

from accounts.access import get_or_404
from accounts.http import Request
from cases.models import Case
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
    """Answer GET and POST of a deed: 200, 422 with sentences, 409 with the comparison, or on to the next page."""
    status = 200
    if request.method == "POST":
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
        return submissions.once(
            key, by=request.user, action=deed.action or request.resolver_match.view_name, work=work
        )
    with transaction.atomic():
        return work()


def _context(case: Case, deed: Deed) -> dict[str, Any]:
    return {"case": case, "form": deed.form, "why_not": deed.why_not, **deed.context}


def _conflict(request: Request, case: Case, deed: Deed, conflict: Conflict) -> HttpResponse:
    """409: both versions side by side; every other value that was typed travels along, so nothing is lost."""
    form = deed.form
    rows, others = [], []
    for name, bound in form.fields.items():
        mine = form[name].value()
        if name in conflict.fields:
            theirs = conflict.fields[name][1]
            rows.append(
                {
                    "name": name,
                    "label": bound.label,
                    "mine": mine,
                    "mine_value": mine,
                    "theirs": theirs,
                    "theirs_value": theirs,
                }
            )
        elif name != "version":
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
