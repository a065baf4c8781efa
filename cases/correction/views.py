from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from cases.correction import actions, policy
from cases.correction.dates import stated_dates
from cases.correction.forms import CorrectForm, DayForm
from cases.correction.loose import hanging_on, loose_clocks, loose_pauses
from cases.correction.preview import Preview, preview
from cases.correction.stated import Stated
from cases.models import Case, DateCorrection
from cases.pages import Deed, case_or_404, perform
from core.http import page

TEMPLATE = "cases/correction.html"
LOOK_AGAIN = "你查看之后，期限或日期有变化。下面是现在的清单，请重新核对后再更正。"


@require_safe
def corrections(request: Request, code: str) -> HttpResponse:
    """更正日期: the dates of the case, the clocks that hang on each, what was corrected before."""
    case = case_or_404(request, code)
    hanging = hanging_on(case)
    context = {
        "case": case,
        "dates": [(one, hanging.get(one.key, [])) for one in stated_dates(case).values()],
        "loose": loose_clocks(case),
        "loose_pauses": loose_pauses(case),
        "corrections": DateCorrection.objects.filter(case=case).select_related("corrected_by"),
        "why_not": policy.why_not_correct(case, request.user),
        "back_url": reverse("cases:clocks", args=[case.code]),
    }
    return page(request, "cases/corrections.html", context)


@require_http_methods(["GET", "POST"])
def correction(request: Request, code: str, key: str) -> HttpResponse:
    """One date: by GET the list of what would change, by POST the correction; 409 when that list has aged."""
    case = case_or_404(request, code)
    stated = stated_dates(case).get(key)
    if stated is None:
        raise Http404
    chosen = DayForm(request.GET if "on" in request.GET else None)
    found, reason = _looked_at(case, stated, chosen)
    form = CorrectForm(request.POST or None, initial={"seen": found.seen if found else ""})
    refusal = policy.why_not_correct(case, request.user, key)
    context: dict[str, Any] = {
        "stated": stated,
        "chosen": chosen,
        "preview": found,
        "reason": reason,
        "closed": refusal,
    }
    context["back_url"] = reverse("cases:corrections", args=[case.code])
    if request.method == "POST" and found and not refusal and _is_stale(form, found):
        form = CorrectForm(initial={"reason": request.POST.get("reason", ""), "seen": found.seen})
        again = context | {"case": case, "form": form, "why_not": "", "message": LOOK_AGAIN}
        return page(request, TEMPLATE, again, status=409)
    deed = Deed(
        TEMPLATE,
        form,
        partial(_correct, case, stated, chosen),
        "已更正日期",
        refusal or (reason if request.method == "POST" else ""),
        action=f"correct:{case.code}:{key}",
        to=context["back_url"],
        context=context,
    )
    return perform(request, case, deed)


def _looked_at(case: Case, stated: Stated, chosen: DayForm) -> tuple[Preview | None, str]:
    """The list for the chosen day, else why that day cannot be."""
    if not chosen.is_valid():
        return None, "请先填新日期，查看会有哪些变化。"
    on = chosen.cleaned_data["on"]
    if reason := stated.why_not(on):
        return None, reason
    return preview(case, stated, on), ""


def _is_stale(form: CorrectForm, found: Preview) -> bool:
    return form.data.get("seen", "") not in ("", found.seen)


def _correct(case: Case, stated: Stated, chosen: DayForm, **facts: Any) -> DateCorrection:
    return actions.correct(case, what=stated.key, on=chosen.cleaned_data["on"], **facts)
