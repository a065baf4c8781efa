from functools import partial
from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from cases.decision.guards import support_gaps
from cases.limitation.overview import events, lines
from cases.models import ARBITRATION_FIRST, Case, Review
from cases.pages import Deed, case_or_404, perform
from cases.review import actions, policy
from cases.review.checklist import QUESTIONS
from cases.review.forms import (
    ChecklistForm,
    InquiryForm,
    LimitationForm,
    OpinionsForm,
    TrackForm,
)
from core import clock
from core.forms import Form
from core.http import page

get_or_post = require_http_methods(["GET", "POST"])
PART = "cases/review_part.html"


def review_of(case: Case) -> Review | None:
    found = Review.objects.filter(case=case).select_related("track_decided_by", "limitation_checked_by")
    return found.first()


def part(request: Request, case: Case, form: Form, verb: Any, **texts: Any) -> Deed:
    """A part of the review: refused or not by the policy, back to the overview when done."""
    done, why_not = texts.pop("done"), texts.pop("why_not", None)
    if why_not is None:
        why_not = policy.why_not_review(case, request.user)
    overview = reverse("cases:review", args=[case.code])
    to = texts.pop("to", overview)
    template = texts.pop("template", PART)
    context = {"back_url": overview} | texts
    return Deed(template, form, partial(verb, case), done, why_not=why_not, to=to, context=context)


def initial_of(review: Review | None, form: type[Form]) -> dict[str, Any]:
    return model_to_dict(review, fields=list(form.base_fields)) if review else {}


@require_safe
def overview(request: Request, code: str) -> HttpResponse:
    """审查: what is done, and what is still missing before support can be proposed."""
    case = case_or_404(request, code)
    review = review_of(case)
    gaps = [(gap.sentence, reverse(gap.page, args=[case.code])) for gap in support_gaps(case)]
    context = {
        "case": case,
        "review": review,
        "gaps": gaps,
        "limitation_lines": lines(case, clock.today()),
        "checks": _checks(review),
        "inquiries": case.inquiries.all(),
        "arbitrations": case.arbitrations.all(),
        "needs_arbitration": review is not None and review.legal_track in ARBITRATION_FIRST,
        "why_not": policy.why_not_review(case, request.user),
        "why_not_track": policy.why_not_decide_track(case, request.user),
    }
    return page(request, "cases/review.html", context)


def _checks(review: Review | None) -> list[tuple[str, Any]]:
    answered = {check.question: check for check in review.checks.all()} if review else {}
    return [(label, answered.get(question)) for question, label in QUESTIONS.items()]


@get_or_post
def track(request: Request, code: str) -> HttpResponse:
    """认定法律关系."""
    case = case_or_404(request, code)
    review = review_of(case)
    initial = initial_of(review, TrackForm)
    if review and review.legal_track == "undecided":
        initial["legal_track"] = ""
    deed = part(
        request,
        case,
        TrackForm(request.POST or None, initial=initial),
        actions.decide_track,
        heading="认定法律关系",
        submit="认定法律关系",
        done="已认定法律关系",
        lead="它决定要不要先仲裁、时效一年还是三年、诉讼费怎么收。包工头招用的班组多为劳务；"
        "有资格的承包人违法分包、转包、出借资质的，不认定劳动关系也可以请求其支付报酬。",
        why_not=policy.why_not_decide_track(case, request.user),
        review=review,
        listing="cases/review_track.html",
    )
    return perform(request, case, deed)


@get_or_post
def limitation(request: Request, code: str) -> HttpResponse:
    """时效审查: base day and opinion; the expiry is counted."""
    case = case_or_404(request, code)
    review = review_of(case)
    shown = lines(case, clock.today())
    deed = part(
        request,
        case,
        LimitationForm(request.POST or None, initial=initial_of(review, LimitationForm)),
        actions.check_limitation,
        heading="时效审查",
        submit="保存时效审查",
        done="已保存时效审查",
        to=reverse("cases:review_limitation", args=[case.code]),
        lead="届满日由起算日、中断和法律关系算出。时效届满只是风险，不妨碍支持起诉，对方可能以此抗辩。",
        listing="cases/review_limitation.html",
        review=review,
        limitation_lines=shown,
        events=events(case, shown, request.user),
    )
    return perform(request, case, deed)


@get_or_post
def opinions(request: Request, code: str) -> HttpResponse:
    """审查意见."""
    case = case_or_404(request, code)
    review = review_of(case)
    initial = initial_of(review, OpinionsForm) | {"intended_court": case.intended_court}
    deed = part(
        request,
        case,
        OpinionsForm(request.POST or None, initial=initial),
        actions.save_opinions,
        heading="审查意见",
        submit="保存审查意见",
        done="已保存审查意见",
        review=review,
        listing="cases/review_opinions.html",
    )
    return perform(request, case, deed)


@get_or_post
def checklist(request: Request, code: str) -> HttpResponse:
    """审查清单."""
    case = case_or_404(request, code)
    review = review_of(case)
    deed = part(
        request,
        case,
        ChecklistForm(request.POST or None, review=review),
        actions.answer_checklist,
        template="cases/review_checklist.html",
        done="已保存审查清单",
        checks=_checks(review),
    )
    return perform(request, case, deed)


@get_or_post
def inquiries(request: Request, code: str) -> HttpResponse:
    """调查核实: those made, and one more."""
    case = case_or_404(request, code)
    deed = part(
        request,
        case,
        InquiryForm(request.POST or None, initial={"on": clock.today()}),
        actions.record_inquiry,
        heading="调查核实",
        submit="登记调查核实",
        done="已登记调查核实",
        lead="调查核实由二人以上进行，也要听取被申请人的意见。",
        to=reverse("cases:review_inquiries", args=[case.code]),
        listing="cases/review_inquiries.html",
        inquiries=case.inquiries.select_related("recorded_by"),
    )
    return perform(request, case, deed)
