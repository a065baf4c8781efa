"""诉前和解: the list, one mediation, and what may be done with it. A mediator sees only what was given to them."""

from functools import partial
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from cases.pages import Deed, case_or_404, perform
from core.http import page
from mediation import actions, policy
from mediation.forms import AgreementForm, ConfirmationForm, FailForm, SessionForm, StartForm
from mediation.models import Mediation

get_or_post = require_http_methods(["GET", "POST"])
DEED = "mediation/deed.html"


def mediation_or_404(request: Request, pk: int) -> Mediation:
    mediations = Mediation.objects.visible_to(request.user).select_related(
        "case__organisation", "case__handler", "mediator__organisation", "recorded_by"
    )
    return get_or_404(mediations, request.user, request, pk=pk)


@require_safe
@require(Permission.MEDIATION_SEE, Permission.MEDIATE)
def mediations(request: Request) -> HttpResponse:
    """和解列表: running ones first."""
    found = Mediation.objects.visible_to(request.user).select_related("case", "mediator")
    found = found.annotate(held=Count("sessions")).order_by("-status", "-started_on", "-pk")
    return page(request, "mediation/list.html", {"mediations": found})


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One mediation: parties, sums, sessions, agreement; nothing of the review."""
    mediation = mediation_or_404(request, pk)
    case, user = mediation.case, request.user
    agreement = getattr(mediation, "agreement", None)
    context = {
        "mediation": mediation,
        "claimants": case.claimants.standing().select_related("person").annotate(owed_now=Sum("items__owed")),
        "respondents": case.respondents.select_related("company", "person"),
        "sessions": mediation.sessions.select_related("recorded_by"),
        "agreement": agreement,
        "shares": agreement.shares.select_related("claimant__person") if agreement else (),
        "deadlines": [link.deadline for link in mediation.mediation_deadlines.select_related("deadline")],
        "is_office": user.may(Permission.MEDIATION_SEE),
        "may_record": not policy.why_not_record(mediation, user),
        "may_agree": not policy.why_not_agree(mediation, user),
        "may_confirm": not policy.why_not_confirm(mediation, user),
        "may_fail": not policy.why_not_fail(mediation, user),
    }
    return page(request, "mediation/detail.html", context)


@get_or_post
def of_case(request: Request, code: str) -> HttpResponse:
    """本案的和解: those of the past, and 启动和解."""
    case = case_or_404(request, code)
    form = StartForm(request.POST or None, office=case.organisation)
    held = Mediation.objects.filter(case=case).select_related("mediator")
    context = {"mediations": held.annotate(held=Count("sessions"))}
    deed = Deed(
        "mediation/case.html",
        form,
        partial(actions.start, case),
        "已启动和解",
        policy.why_not_start(case, request.user),
        context=context,
    )
    return perform(request, case, deed)


@get_or_post
def session(request: Request, pk: int) -> HttpResponse:
    """登记调解会."""
    mediation = mediation_or_404(request, pk)
    why_not = policy.why_not_record(mediation, request.user)
    form, work = SessionForm(request.POST or None), partial(actions.add_session, mediation)
    return _perform(
        request, mediation, form, work, "已登记调解会", why_not, heading="登记调解会", submit="登记调解会"
    )


@get_or_post
def failure(request: Request, pk: int) -> HttpResponse:
    """登记未达成."""
    mediation = mediation_or_404(request, pk)
    why_not = policy.why_not_fail(mediation, request.user)
    form, work = FailForm(request.POST or None), partial(actions.fail, mediation)
    words = {"heading": "登记未达成", "submit": "登记未达成", "lead": "登记后案件继续审查，期限照旧。"}
    return _perform(request, mediation, form, work, "已登记和解未达成，继续审查", why_not, **words)


@get_or_post
def confirmation(request: Request, pk: int) -> HttpResponse:
    """登记司法确认."""
    mediation = mediation_or_404(request, pk)
    why_not = policy.why_not_confirm(mediation, request.user)
    form, work = ConfirmationForm(request.POST or None), partial(actions.end_confirmation, mediation)
    words = {"heading": "登记司法确认", "submit": "登记司法确认"}
    return _perform(request, mediation, form, work, "已登记司法确认", why_not, **words)


@get_or_post
def agreement(request: Request, pk: int) -> HttpResponse:
    """登记协议: it proposes 终结审查 and ends nothing itself."""
    mediation = mediation_or_404(request, pk)
    claimants = mediation.case.claimants.standing().select_related("person").prefetch_related("items")
    why_not = policy.why_not_agree(mediation, request.user)
    form, work = AgreementForm(request.POST or None, claimants=claimants), partial(actions.agree, mediation)
    words = {
        "heading": "登记和解协议",
        "submit": "登记协议并提交审批",
        "lead": "登记后提交终结审查的意见；批准以前案件没有终结。金额逐人填写，系统不提出也不分摊。",
        "template": "mediation/agreement.html",
    }
    return _perform(request, mediation, form, work, "已登记协议，终结审查的意见已提交审批", why_not, **words)


def _perform(
    request: Request, mediation: Mediation, form: Any, work: Any, done: str, why_not: str, **words: Any
) -> HttpResponse:
    template = words.pop("template", DEED)
    to = mediation.get_absolute_url()
    deed = Deed(template, form, work, done, why_not, to=to, context=words | {"mediation": mediation})
    return perform(request, mediation.case, deed)
