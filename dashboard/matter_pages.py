"""/desk/deadlines/<pk>/… and /tasks/<pk>/…: what one does with one row of the desk.

Each deed is a page of its own; with a script the same form opens inside the row it belongs to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from core.constraints import sentence_for
from core.http import leave, page
from core.refusals import Conflict, Refused
from dashboard import counts, entries, matter_forms, todo
from dashboard.scope import address, kept, scope_of
from deadlines import doing, policy
from deadlines.models import Deadline, Task
from deadlines.policy import Matter
from jobs import submissions


@dataclass(frozen=True)
class Deed:
    """One thing to do: its words, its form, who may, and the verb. `settles`: the row is over then."""

    heading: str
    submit: str
    done: str
    form: type[matter_forms.DeedForm]
    why_not: Callable[..., str]
    work: Callable[..., Any]
    settles: bool = False


DEEDS = {
    "done": Deed(
        "办结", "办结", "已办结", matter_forms.DoneForm, policy.why_not_finish, doing.finish, settles=True
    ),
    "known": Deed(
        *("登记知悉", "登记知悉", "已登记知悉", matter_forms.KnownForm),
        *(policy.why_not_acknowledge, doing.acknowledge),
        settles=True,
    ),
    "day": Deed("改期", "改期", "已改期", matter_forms.DayForm, policy.why_not_reschedule, doing.reschedule),
    "taker": Deed(
        "转办", "转办", "已转办", matter_forms.TakerForm, policy.why_not_hand_over, doing.hand_over
    ),
    "urge": Deed("催办", "催办", "已提醒责任人", matter_forms.UrgeForm, policy.why_not_urge, doing.urge),
}


def matter_or_404(request: Request, kind: str, pk: int) -> Any:
    """The row through the user's own scope; outside it the answer is that of one that never was."""
    if kind == "task":
        tasks = Task.objects.visible_to(request.user).select_related("assigned_to", "created_by")
        return get_or_404(tasks, request.user, request, pk=pk)
    deadlines = Deadline.objects.visible_to(request.user).select_related("responsible", "case_link__case")
    return get_or_404(deadlines, request.user, request, pk=pk)


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_SEE)
def act(request: Request, kind: str, deed: str, pk: int) -> HttpResponse:
    """One deed on one row: the form, what is wrong with it, or what became of the row."""
    matter, does = matter_or_404(request, kind, pk), DEEDS[deed]
    group = counts.group_of(matter, scope_of(request)) if in_row(request) else None
    names = f"{kind}{pk}_%s"  # two rows may be open at once
    form = does.form(sent(request), matter=matter, user=request.user, auto_id=names)
    why_not = does.why_not(matter, request.user)
    if request.method == "POST" and (_earlier(request, why_not) or _worked(request, does, matter, form)):
        return _after(request, does, kind, pk, group)
    context = {
        "matter": matter,
        "key": doing.key_of(matter),
        "title": entries.title_of(matter),
        "deed": does,
        "form": form,
        "why_not": why_not,
        "back": address(request),
        "row_url": reverse(f"dashboard:{kind}_row", args=[pk]) + kept(request),
    }
    status = 409 if form.is_stale else 422
    return _answer(request, context, status if request.method == "POST" else 200)


@require_POST
@require(Permission.CASE_SEE)
def undo(request: Request, kind: str, pk: int) -> HttpResponse:
    """撤销办结: the row stands where it stood."""
    matter = matter_or_404(request, kind, pk)
    try:
        doing.undo(matter, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return leave(request, address(request))
    if in_row(request):
        return row(request, matter_or_404(request, kind, pk), stands_in=request.POST.get("group", ""))
    messages.success(request, "已撤销")
    return leave(request, address(request))


@require_safe
@require(Permission.CASE_SEE)
def only_row(request: Request, kind: str, pk: int) -> HttpResponse:
    """返回: the row as it is, without a form; nothing once it is over, so the desk can tidy up after 撤销 (8 s)."""
    matter = matter_or_404(request, kind, pk)
    return row(request, matter) if in_row(request) else leave(request, address(request))


def row(request: Request, matter: Matter, *, stands_in: str = "") -> HttpResponse:
    """One row, and with it the numbers where it has just come back into the group that it `stands_in`."""
    scope = scope_of(request)
    entry = todo.in_order([matter], scope)[0]
    context: dict[str, Any] = {"entry": entry, "kept": kept(request), "pick": request.user.leads}
    if stands_in in todo.GROUPS:
        context |= counts.after(request, scope, todo.Group.of(stands_in))
    return _fragment(request, "dashboard/desk/one_row.html", context)


def sent(request: Request) -> Any:
    """What was posted, be it nothing at all (a form in which nothing has to be filled in); None when nobody posted."""
    return request.POST if request.method == "POST" else None


def in_row(request: Request) -> bool:
    """Whether the desk's script asked for the row alone."""
    return bool(request.htmx) and str(request.htmx.target or "").startswith("row-")


def _action(request: Request) -> str:
    """What a submission key counts for: this deed on this very row."""
    return request.path[-60:]


def _earlier(request: Request, why_not: str) -> bool:
    """The second half of a double click: its work is done already, whatever the rules say by now."""
    key = request.POST.get("submission_key", "")
    return bool(why_not) and bool(submissions.led_to(key, by=request.user, action=_action(request)))


def _worked(request: Request, deed: Deed, matter: Matter, form: matter_forms.DeedForm) -> bool:
    if deed.why_not(matter, request.user) or not form.is_valid():
        return False

    def work() -> str:
        deed.work(matter, **form.facts, by=request.user)
        return address(request)

    key = form.cleaned_data["submission_key"]
    try:
        submissions.once(key, by=request.user, action=_action(request), work=work)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except Conflict as conflict:
        form.show_theirs(conflict)
    except IntegrityError as broken:
        if (sentence := sentence_for(broken)) is None:
            raise
        form.add_error(None, sentence)
    else:
        return True
    return False


def _after(request: Request, deed: Deed, kind: str, pk: int, group: todo.Group | None) -> HttpResponse:
    """In the row: what became of it, with 撤销 where that is possible. Else back to the desk, which offers the same."""
    if deed.settles and group:
        matter = matter_or_404(request, kind, pk)
        context = counts.after(request, scope_of(request), group) | {
            "key": doing.key_of(matter),
            "title": entries.title_of(matter),
            "done": deed.done,
            "undo_url": undo_url(request, matter),
            "row_url": entries.address(matter, "row") + kept(request),
        }
        return _fragment(request, "dashboard/desk/settled.html", context)
    messages.success(request, deed.done)
    more = {"done": f"{kind}-{pk}"} if deed.settles else {}
    return leave(request, address(request, **more))


def undo_url(request: Request, matter: Matter) -> str:
    """Where 撤销 goes; empty where it is not possible."""
    if policy.why_not_undo(matter, request.user):
        return ""
    return entries.address(matter, "undo") + kept(request)


def _answer(request: Request, context: dict[str, Any], status: int) -> HttpResponse:
    if in_row(request):
        context["form"].visible_fields()[0].field.widget.attrs["autofocus"] = True
        return _fragment(request, "dashboard/desk/deed_row.html", context, status)
    return page(request, "dashboard/deed.html", context, status=status)


def _fragment(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
