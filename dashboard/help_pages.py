"""帮助: one page per task, kept beside the code that it describes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.http import page
from dashboard.figures import FIGURES
from deadlines.models import Term
from deadlines.terms import words

# name → heading, template
TOPICS = {
    "referral": ("怎样移送线索", "dashboard/help/referral.html"),
    "workers": ("怎样粘贴名单", "dashboard/help/workers.html"),
    "review": ("怎样审查和报批", "dashboard/help/review.html"),
    "papers": ("怎样起草和签发文书", "dashboard/help/papers.html"),
    "money": ("怎样登记和核对到账", "dashboard/help/money.html"),
    "mediation": ("怎样办理诉前和解", "dashboard/help/mediation.html"),
    "figures": ("指标说明", "dashboard/help/figures.html"),
    "deadlines": ("期限怎样算", "dashboard/help/deadlines.html"),
}


@require_safe
def topics(request: Request) -> HttpResponse:
    """帮助."""
    return page(
        request, "dashboard/help.html", {"topics": {name: heading for name, (heading, _) in TOPICS.items()}}
    )


@require_safe
def topic(request: Request, name: str) -> HttpResponse:
    """One topic; figures and periods are printed from their own definitions."""
    if name not in TOPICS:
        raise Http404
    heading, template = TOPICS[name]
    context: dict[str, Any] = {"heading": heading}
    if name == "figures":
        context["figures"] = FIGURES.values()
    if name == "deadlines":
        terms = list(Term.objects.filter(organisation=None, is_active=True).order_by("kind", "code"))
        context["terms"] = [(term, words.length(term)) for term in terms]
    return render(request, template, context)
