"""移送门户: what a partner sees and does. Every look-up goes through the partner's own unit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import demand, get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from core.http import page
from core.refusals import Refused
from documents.uploads import ACCEPTED
from documents.views import serve_attachment
from referrals import clocks
from referrals.filling import MATERIALS, Filling
from referrals.intake import actions, material
from referrals.models import Referral, ReferralAttachment
from referrals.models.referral import ReferralQuerySet
from referrals.portal import progress
from referrals.portal.own import own_page, receipt_steps
from referrals.workflow import Status
from referrals.writing import delete, write, write_late

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
LATEST = 200
partner_only = require(Permission.REFERRAL_SUBMIT)


def own(request: Request) -> ReferralQuerySet:
    """Leads of the partner's unit; 403 for everybody who is no partner, so that staff have no second door."""
    demand(request.user, Permission.REFERRAL_SUBMIT, request=request)
    return Referral.objects.visible_to(request.user).select_related(
        "organisation", "unit", "handler", "case__handler", "case__decision", "case__review"
    )


def submitted_or_404(request: Request, code: str) -> Referral:
    return get_or_404(own(request).submitted(), request.user, request, code=code)


def draft_or_404(request: Request, pk: Any) -> Referral:
    return get_or_404(own(request).filter(status=Status.DRAFT), request.user, request, pk=pk)


@require_safe
@partner_only
def home(request: Request) -> HttpResponse:
    """我的移送, with 待补正 on top and drafts below."""
    sent = own(request).submitted().annotate(people=Count("workers"), owed=Sum("workers__owed"))
    leads = list(sent.order_by("-submitted_at")[:LATEST])
    notes = {lead.pk: lead for lead in leads if lead.status == Status.RETURNED}
    context = {
        "rows": [(lead, progress.label_of(lead), progress.tag_of(lead)) for lead in leads],
        "returned": [(lead, lead.return_notes.last(), _clock(lead)) for lead in notes.values()],
        "drafts": own(request).drafts_of(request.user).order_by("-updated_at"),
    }
    return page(request, "partner/home.html", context)


def _clock(lead: Referral) -> Any:
    return next(iter(clocks.running(lead, clocks.SUPPLEMENT)), None)


@GET_POST
@partner_only
def new(request: Request) -> HttpResponse:
    """移送线索."""
    unit = request.user.organisation
    try:
        office = actions.office_of(unit)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    filling = Filling(office, unit, request.user)
    return write(request, filling, "partner/form.html", "receipt/")


@GET_POST
def draft(request: Request, pk: Any) -> HttpResponse:
    """A draft of the unit: go on writing, or hand it in."""
    lead = get_or_404(own(request), request.user, request, pk=pk)
    if lead.status != Status.DRAFT:
        late = Filling(lead.organisation, lead.unit, request.user)
        return write_late(request, late, lead, "partner/form.html", "receipt/")
    filling = Filling(lead.organisation, lead.unit, request.user, lead)
    return write(request, filling, "partner/form.html", "receipt/")


@require_POST
def draft_deletion(request: Request, pk: Any) -> HttpResponse:
    return delete(request, draft_or_404(request, pk), "partner:home")


@GET_POST
def supplement(request: Request, code: str) -> HttpResponse:
    """补正: the same page with what is missing pinned beside it."""
    lead = submitted_or_404(request, code)
    if lead.status != Status.RETURNED:
        messages.info(request, "这条线索不需要补正。")
        return redirect(lead.partner_url)
    filling = Filling(lead.organisation, lead.unit, request.user, lead)
    return write(request, filling, "partner/form.html", "receipt/")


@require_safe
def referral(request: Request, code: str) -> HttpResponse:
    context = own_page(submitted_or_404(request, code), request.user)
    return page(request, "partner/referral.html", context | {"materials": MATERIALS, "accepted": ACCEPTED})


@require_safe
def receipt(request: Request, code: str) -> HttpResponse:
    """回执: number, time, what happens next and until when. Prints on one page."""
    lead = submitted_or_404(request, code)
    title = "补正已提交" if lead.submissions.count() > 1 else "线索已移送"
    context = own_page(lead, request.user) | {"title": title, "next_steps": receipt_steps(lead)}
    return page(request, "partner/receipt.html", context)


@require_safe
def attachment(request: Request, code: str, pk: Any) -> HttpResponseBase:
    return serve_attachment(request, _link(request, submitted_or_404(request, code), pk).attachment)


@require_safe
def draft_attachment(request: Request, pk: Any, file: Any) -> HttpResponseBase:
    return serve_attachment(request, _link(request, draft_or_404(request, pk), file).attachment)


@require_POST
def attachments(request: Request, code: str) -> HttpResponse:
    """补充材料 to an own lead that is still open."""
    lead = submitted_or_404(request, code)
    kind = request.POST.get("kind", "")
    known = {each.kind.value for each in MATERIALS}
    added = 0
    for file in request.FILES.getlist("file"):
        try:
            material.attach(lead, file=file, kind=kind if kind in known else "other", by=request.user)
            added += 1
        except Refused as refusal:
            messages.error(request, str(refusal))
    if added:
        messages.success(request, f"已补充材料 {added} 件")
    elif not request.FILES:
        messages.error(request, "还没选文件，请选一个文件。")
    return redirect(lead.partner_url)


@require_POST
def attachment_removal(request: Request, pk: Any) -> HttpResponse:
    """移除材料 of an own draft or open lead."""
    links = ReferralAttachment.objects.filter(referral__in=own(request), removed_at=None)
    link = get_or_404(links, request.user, request, pk=pk)
    try:
        material.detach(link, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已移除材料")
    return redirect(link.referral.partner_url)


def _link(request: Request, lead: Referral, pk: Any) -> ReferralAttachment:
    links = lead.attachments.filter(removed_at=None).select_related("attachment")
    return get_or_404(links, request.user, request, pk=pk)
