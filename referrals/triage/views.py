"""线索收件箱: what the office sees of leads and does with them."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import demand, get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from accounts.reveal import respond
from core.http import page
from core.masking import mask_id, mask_phone
from core.text import fold_digits
from documents.views import serve_attachment
from referrals.filling import Filling
from referrals.models import Referral
from referrals.triage import detail as details
from referrals.triage import inbox as lists
from referrals.triage.forms import InboxFilter
from referrals.workflow import Status
from referrals.writing import delete, write, write_late

NUMBER = re.compile(r"(?<![-\d])\d{11,}", re.ASCII)  # the code of a lead has hyphens
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def received(request: Request) -> QuerySet[Referral]:
    """Leads of the user's office; 403 for everybody without an inbox, so that partners have no second door."""
    demand(request.user, Permission.REFERRAL_SEE, request=request)
    return Referral.objects.visible_to(request.user).select_related(
        "organisation", "unit", "handler", "case", "came_from__organisation"
    )


def lead_or_404(request: Request, code: str) -> Referral:
    return get_or_404(received(request), request.user, request, code=code)


@GET_POST
@require(Permission.REFERRAL_SEE)
def inbox(request: Request) -> HttpResponse:
    """The list of a view; `open` shows one lead beside it (two panes from 1280 px on).

    The search form comes by POST and goes on to an address that never holds a person's number.
    """
    if request.method == "POST":
        return redirect(f"{request.path}?{_address(request)}")
    view, form = lists.chosen(request.GET.get("view", "")), InboxFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    numbers = lists.counts(request.user)
    rows = Paginator(lists.rows(request.user, view, wanted), lists.PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "view": view,
        "views": [_tab(name, label, view, numbers[name]) for name, (label, _) in lists.VIEWS.items()],
        "form": form,
        "rows": rows,
        "active": sum(bool(value) for name, value in wanted.items() if name != "q"),
        "is_filtered": any(wanted.values()),
        "reset_url": f"{reverse('referrals:inbox')}?view={view}",
        "opened": request.GET.get("open", ""),
        "drafts": Referral.objects.drafts_of(request.user).order_by("-updated_at"),
        "may_register": request.user.may(Permission.REFERRAL_TRIAGE),
    }
    if code := request.GET.get("open", ""):
        context |= details.context(lead_or_404(request, code), request.user)
    return page(request, "referrals/inbox.html", context)


def _address(request: Request) -> str:
    asked = {name: value for name, value in request.POST.dict().items() if value}
    asked.pop("csrfmiddlewaretoken", None)
    if NUMBER.search(fold_digits(asked.get("q", ""))):
        del asked["q"]
        messages.warning(request, "收件箱不按身份证号、手机号查找，请填编号、单位、项目或姓名。")
    return urlencode(asked)


def _tab(name: str, label: str, view: str, number: int) -> dict[str, Any]:
    return {
        "label": label,
        "url": f"{reverse('referrals:inbox')}?view={name}",
        "current": name == view,
        "count": number,
        "hot": name == lists.FIRST_VIEW,
    }


@require_safe
def detail(request: Request, code: str) -> HttpResponse:
    referral = lead_or_404(request, code)
    return page(request, "referrals/detail.html", details.context(referral, request.user))


@GET_POST
@require(Permission.REFERRAL_TRIAGE)
def new(request: Request) -> HttpResponse:
    """登记线索: walk-in, hotline, letter, own work, on the partner's form."""
    return write(request, Filling(request.user.organisation, None, request.user), "referrals/form.html", "")


@GET_POST
@require(Permission.REFERRAL_TRIAGE)
def draft(request: Request, pk: Any) -> HttpResponse:
    lead = get_or_404(Referral.objects.begun_by(request.user), request.user, request, pk=pk)
    if lead.status != Status.DRAFT:
        late = Filling(lead.organisation, None, request.user)
        return write_late(request, late, lead, "referrals/form.html", "")
    return write(request, Filling(lead.organisation, None, request.user, lead), "referrals/form.html", "")


@require_POST
@require(Permission.REFERRAL_TRIAGE)
def draft_deletion(request: Request, pk: Any) -> HttpResponse:
    drafts = Referral.objects.drafts_of(request.user).select_related("organisation")
    return delete(request, get_or_404(drafts, request.user, request, pk=pk), "referrals:inbox")


@GET_POST
def supplement(request: Request, code: str) -> HttpResponse:
    """补正 of a lead that the office registered itself."""
    lead = lead_or_404(request, code)
    demand(request.user, Permission.REFERRAL_TRIAGE, request=request)
    if lead.unit_id is not None or lead.status != Status.RETURNED:
        messages.info(request, "这条线索由移送单位补正，或者不需要补正。")
        return redirect(lead)
    return write(request, Filling(lead.organisation, None, request.user, lead), "referrals/form.html", "")


@require_safe
def attachment(request: Request, code: str, pk: Any) -> HttpResponseBase:
    links = lead_or_404(request, code).attachments.select_related("attachment")
    return serve_attachment(request, get_or_404(links, request.user, request, pk=pk).attachment)


@GET_POST
def worker_reveal(request: Request, code: str, pk: Any, field: str) -> HttpResponse:
    """查看 one number of one worker, with a reason, on record."""
    lead = lead_or_404(request, code)
    worker = get_or_404(lead.workers.all(), request.user, request, pk=pk)
    word, mask, name = {"id": ("身份证号", mask_id, "id_number"), "phone": ("手机", mask_phone, "phone")}[
        field
    ]
    value = getattr(worker, name)
    return respond(
        request,
        label=f"线索 {lead.code} 务工人员",
        object_id=str(worker.pk),
        field=word,
        masked=mask(value),
        clear=lambda: value,
    )


@GET_POST
def phone_reveal(request: Request, code: str, field: str) -> HttpResponse:
    """查看 the phone of the contact or of the employer."""
    lead = lead_or_404(request, code)
    numbers = {
        "contact": ("经办人电话", lead.contact_phone),
        "employer": ("用人单位电话", lead.employer_phone),
    }
    if field not in numbers:
        raise Http404
    word, value = numbers[field]
    return respond(
        request,
        label=f"线索 {lead.code}",
        object_id=str(lead.pk),
        field=word,
        masked=mask_phone(value),
        clear=lambda: value,
    )
