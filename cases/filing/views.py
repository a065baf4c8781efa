from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from cases.enforcement import actions as following
from cases.filing import actions, policy
from cases.filing.forms import EndForm, FileForm, HearingForm, RefusedForm, ReportForm, today
from cases.models import Case, Filing, Hearing
from cases.pages import Deed, case_or_404, perform
from core.http import page

get_or_post = require_http_methods(["GET", "POST"])
DEED = "cases/deed.html"


def deed(case: Case, form: Any, work: Any, done: str, why_not: str, **context: Any) -> Deed:
    """A page of the suit with one form; it leads back to the suit's page."""
    template = context.pop("template", DEED)
    to = reverse("cases:filing", args=[case.code])
    return Deed(template, form, partial(work, case), done, why_not, to=to, context=context | {"back_url": to})


@require_safe
def overview(request: Request, code: str) -> HttpResponse:
    """诉讼: filings with their hearings and judgments, refusals of the court, and what may be done next."""
    case = case_or_404(request, code)
    filings = Filing.objects.filter(case=case).select_related("recorded_by")
    filings = filings.prefetch_related(
        "hearings", "judgments__awards", "judgments__appeal", "numbers__claimant__person"
    )
    user = request.user
    acts = [
        ("登记法院立案", "filing_new", policy.why_not_file(case, user)),
        ("登记法院不予受理", "court_refusal", policy.why_not_court_refuse(case, user)),
        ("法院不予受理后办结", "refusal_end", policy.why_not_end_after_refusal(case, user)),
        ("登记开庭", "hearing_new", policy.why_not_hear(case, user)),
        ("登记裁判", "judgment", policy.why_not_judge(case, user)),
        ("登记裁判送达", "judgment_served", policy.why_not_serve(case, user)),
        ("登记上诉", "appeal", policy.why_not_appeal(case, user)),
        ("登记生效", "effective", policy.why_not_take_effect(case, user)),
        ("登记撤诉或驳回", "court_ended", policy.why_not_end_in_court(case, user)),
    ]
    context = {
        "case": case,
        "filings": filings.order_by("-pk"),
        "refusals": case.court_refusals.select_related("recorded_by"),
        "acts": [
            (label, reverse(f"cases:{name}", args=[case.code]))
            for label, name, why_not in acts
            if not why_not
        ],
    }
    return page(request, "cases/filing.html", context)


@get_or_post
def file(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    claimants = case.claimants.standing().select_related("person")
    initial = {"court": case.intended_court} | today("filed_on")
    form = FileForm(request.POST or None, claimants=claimants, initial=initial)
    texts = {
        "template": "cases/lines_form.html",
        "heading": "登记法院立案",
        "submit": "登记立案",
        "lead": "以法院的受理案件通知书为准。登记后审限按审理程序起算。",
        "lines_heading": "各申请人案号",
        "lines_lead": "法院合并立案的不用填。分别立案的逐人填写，一个也不能少。",
    }
    why_not = policy.why_not_file(case, request.user)
    return perform(request, case, deed(case, form, actions.file, "已登记法院立案", why_not, **texts))


@get_or_post
def court_refuses(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    filing = policy.current_filing(case)
    court = filing.court if filing else case.intended_court
    form = RefusedForm(request.POST or None, initial={"court": court} | today("refused_on"))
    texts = {
        "heading": "登记法院不予受理",
        "submit": "登记不予受理",
        "danger": "danger",
        "lead": "登记后案件回到“已支持起诉”，可以换一种途径再立案，也可以据此办结。",
    }
    why_not = policy.why_not_court_refuse(case, request.user)
    return perform(
        request, case, deed(case, form, actions.court_refuses, "已登记法院不予受理", why_not, **texts)
    )


@get_or_post
def end_after_refusal(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = EndForm(request.POST or None, initial=today("closed_on"))
    texts = {
        "heading": "法院不予受理后办结",
        "submit": "办结案件",
        "danger": "danger",
        "lead": "没有其他途径可走时使用。办结后不能再登记立案。",
    }
    why_not = policy.why_not_end_after_refusal(case, request.user)
    return perform(
        request, case, deed(case, form, following.end_after_refusal, "案件已办结", why_not, **texts)
    )


@get_or_post
def hear(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = HearingForm(request.POST or None)
    texts = {
        "heading": "登记开庭",
        "submit": "登记开庭",
        "lead": "可以在开庭前登记排期。普通程序的开庭通知应在三日前送达，简易程序没有这项要求。",
    }
    why_not = policy.why_not_hear(case, request.user)
    return perform(request, case, deed(case, form, actions.hear, "已登记开庭", why_not, **texts))


@get_or_post
def report(request: Request, code: str, pk: int) -> HttpResponse:
    """补登记庭审情况."""
    case = case_or_404(request, code)
    hearing = Hearing.objects.filter(filing__case=case, pk=pk).first()
    if hearing is None:
        raise Http404
    form = ReportForm(request.POST or None)
    texts = {"heading": f"登记庭审情况：{hearing}", "submit": "登记庭审情况"}
    why_not = policy.why_not_report(case, hearing, request.user)
    work = partial(actions.report_hearing, hearing=hearing)
    return perform(request, case, deed(case, form, work, "已登记庭审情况", why_not, **texts))
