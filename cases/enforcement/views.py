from functools import partial
from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases import clocks
from cases.enforcement import actions, policy
from cases.enforcement.forms import ApplyForm, ArchiveForm, CloseForm, FollowUpForm, UpdateForm
from cases.models import Archiving, Bundle, Case, Closure, Enforcement, FollowUp
from cases.pages import Deed, case_or_404, perform
from cases.recovery.balance import figures
from core import clock

get_or_post = require_http_methods(["GET", "POST"])


def _beside(case: Case) -> dict[str, Any]:
    """What stands under the form: follow-ups, money, how it ended."""
    return {
        "follow_ups": FollowUp.objects.filter(case=case).select_related("recorded_by").order_by("-on", "-pk"),
        "closure": Closure.objects.filter(case=case).select_related("recorded_by").first(),
        "archiving": Archiving.objects.filter(case=case).select_related("recorded_by").first(),
        "sums": figures(case),
        "deadlines": clocks.running(case),
    }


@get_or_post
def enforcement(request: Request, code: str) -> HttpResponse:
    """执行: apply once, then number, 终本 and 恢复执行; the follow-ups stand below."""
    case = case_or_404(request, code)
    record = Enforcement.objects.filter(case=case).first()
    to = reverse("cases:enforcement", args=[case.code])
    context = _beside(case) | {"record": record, "back_url": case.get_absolute_url()}
    if record is None:
        first = {"applied_on": clock.today(), "court": case.intended_court}
        form: Any = ApplyForm(request.POST or None, initial=first)
        work: Any = actions.apply
        done = "已登记申请执行"
        why_not = policy.why_not_apply(case, request.user)
        context |= {"heading": "登记申请执行", "submit": "登记申请执行"}
    else:
        form = UpdateForm(request.POST or None, initial=model_to_dict(record))
        work, done = actions.update, "已保存执行登记"
        why_not = policy.why_not_update(case, request.user)
        context |= {"heading": "执行登记", "submit": "保存执行登记"}
    context["why_not_follow"] = policy.why_not_follow(case, request.user)
    deed = Deed("cases/enforcement.html", form, partial(work, case), done, why_not, to=to, context=context)
    return perform(request, case, deed)


@get_or_post
def follow_up(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    to = reverse("cases:enforcement", args=[case.code])
    form = FollowUpForm(request.POST or None, initial={"on": clock.today()})
    context = {
        "heading": "登记跟进",
        "submit": "登记跟进",
        "lead": "登记后，下一次跟进从这一天起三十日内完成。",
        "back_url": to,
    }
    why_not = policy.why_not_follow(case, request.user)
    work = partial(actions.follow_up, case)
    return perform(
        request, case, Deed("cases/deed.html", form, work, "已登记跟进", why_not, to=to, context=context)
    )


@get_or_post
def close(request: Request, code: str) -> HttpResponse:
    """跟进办结."""
    case = case_or_404(request, code)
    form = CloseForm(request.POST or None, initial={"closed_on": clock.today()})
    context = {
        "heading": "办结跟进",
        "submit": "办结案件",
        "lead": "办结后不再计算申请执行时效和跟进期限；到账在归档前仍可登记。",
        "sums": figures(case),
    }
    why_not = policy.why_not_close(case, request.user)
    work = partial(actions.close, case)
    return perform(
        request,
        case,
        Deed("cases/closing.html", form, work, "案件已办结", why_not, to=case, context=context),
    )


@get_or_post
def archive(request: Request, code: str) -> HttpResponse:
    """归档."""
    case = case_or_404(request, code)
    made = case.bundles.done().filter(kind=Bundle.Kind.MAIN_FILE).first()
    initial = {"archived_on": clock.today(), "pages": made.pages if made else None}
    form = ArchiveForm(request.POST or None, initial=initial)
    context = {
        "heading": "归档",
        "submit": "归档",
        "lead": "归档后案件只读，不能再登记到账、证据和文书。",
        "sums": figures(case),
    }
    why_not = policy.why_not_archive(case, request.user)
    work = partial(actions.archive, case)
    return perform(
        request,
        case,
        Deed("cases/closing.html", form, work, "案件已归档", why_not, to=case, context=context),
    )
