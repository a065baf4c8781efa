"""帮助: one page per task, kept beside the code that it describes."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.http import page
from dashboard.figures import FIGURES
from deadlines.models import Term

TOPICS = {
    "referral": "怎样移送线索",
    "workers": "怎样粘贴名单",
    "review": "怎样审查和报批",
    "money": "怎样登记和核对到账",
    "mediation": "怎样办理诉前和解",
    "figures": "指标说明",
    "deadlines": "期限怎样算",
}


@require_safe
def topics(request: Request) -> HttpResponse:
    """帮助."""
    return page(request, "dashboard/help.html", {"topics": TOPICS})


@require_safe
def topic(request: Request, name: str) -> HttpResponse:
    """One topic; figures and periods are printed from their own definitions."""
    if name not in TOPICS:
        raise Http404
    context = {"topics": TOPICS, "name": name, "heading": TOPICS[name]}
    if name == "figures":
        context["figures"] = FIGURES.values()
    if name == "deadlines":
        context["terms"] = Term.objects.filter(organisation=None, is_active=True).order_by("kind", "code")
    return page(request, f"dashboard/help/{name}.html", context)
