"""What the three buttons of the writing page answer: 加行, 存草稿, 提交. Shared by portal and office."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.http import Request
from core.http import page
from core.refusals import Conflict, Refused
from documents.uploads import ACCEPTED
from referrals.filling import MATERIALS, Filling
from referrals.intake import actions
from referrals.models import Referral


def write(request: Request, filling: Filling, template: str, done: str) -> HttpResponse:
    """Answer one request for the page. `done` is the URL name of the receipt for a partner, of the lead for staff."""
    if request.method != "POST":
        return _page(request, filling, template)
    filling.take(request.POST)
    if "add_rows" in request.POST:
        filling.add_rows()
        return _page(request, filling, template)
    if "draft" in request.POST:
        return _keep(request, filling, template)
    if filling.errors:
        return _again(request, filling, template, 422)
    try:
        url = filling.send(request.FILES)
    except Conflict as conflict:
        filling.renew(str(conflict))
        return _again(request, filling, template, 409)
    except Refused as refusal:
        filling.form.add_error(None, str(refusal))
        return _again(request, filling, template, 422)
    for note in filling.grid.notes[:10]:
        messages.warning(request, note)
    return redirect(f"{url}{done}")


def delete(request: Request, draft: Referral, to: str) -> HttpResponse:
    """删除草稿, and back to the list."""
    try:
        actions.delete_draft(draft, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已删除草稿")
    return redirect(to)


def write_late(request: Request, filling: Filling, draft: Referral, template: str, done: str) -> HttpResponse:
    """The page of a draft that has been handed in meanwhile: over to the lead; what was typed is not lost."""
    home = draft.partner_url if filling.unit else draft.get_absolute_url()
    if request.method != "POST":
        messages.info(request, f"这份草稿已提交，编号 {draft.code}。")
        return redirect(home)
    filling.take(request.POST)
    try:
        return redirect(f"{filling.sent_already(draft)}{done}")
    except Refused as refusal:
        filling.form.add_error(None, str(refusal))
        filling.renew_key()
    return _page(request, filling, template, 409)


def _keep(request: Request, filling: Filling, template: str) -> HttpResponse:
    try:
        kept = filling.keep(request.FILES)
    except Conflict as conflict:
        filling.renew(str(conflict))
        return _page(request, filling, template, 409)
    except Refused as refusal:
        filling.form.add_error(None, str(refusal))
        return _page(request, filling, template, 422)
    if filling.refused_files:
        return _page(request, filling, template, 422)
    if "by_itself" in request.POST:
        return JsonResponse({"action": address(filling, kept), "version": kept.version})
    messages.success(request, "已存草稿")
    return redirect(address(filling, kept))


def _again(request: Request, filling: Filling, template: str, status: int) -> HttpResponse:
    """The page with what was typed; files that came along are kept in a draft, since the browser forgets them."""
    if request.FILES:
        try:
            filling.keep(request.FILES)
        except Conflict as conflict:
            filling.renew(str(conflict))
        except Refused as refusal:
            filling.form.add_error(None, str(refusal))
    return _page(request, filling, template, status)


def _page(request: Request, filling: Filling, template: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "filling": filling,
        "materials": MATERIALS,
        "accepted": ACCEPTED,
        "action": address(filling, filling.lead),
    }
    return page(request, template, context, status)


def address(filling: Filling, lead: Referral | None) -> str:
    """Where this page lives: a new lead, a draft by its UUID, a returned lead by its code."""
    space = "partner" if filling.unit else "referrals"
    if lead is None:
        return reverse(f"{space}:new")
    if filling.is_supplement:
        return reverse(f"{space}:supplement", args=[lead.code])
    return reverse(f"{space}:draft", args=[lead.pk])
