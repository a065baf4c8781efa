from functools import partial
from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from cases.intake import actions, policy
from cases.intake.forms import (
    CONDITIONS,
    AcceptForm,
    AssignForm,
    ExamineForm,
    RejectForm,
    SupplementDoneForm,
    SupplementForm,
    TransferForm,
    today,
)
from cases.models import AcceptanceReview, Case
from cases.pages import Deed, case_or_404, perform
from core.http import page

get_or_post = require_http_methods(["GET", "POST"])
DEED = "cases/deed.html"


@get_or_post
def examine(request: Request, code: str) -> HttpResponse:
    """受理审查 of the handler."""
    case = case_or_404(request, code)
    review = AcceptanceReview.objects.filter(case=case).first()
    initial = (model_to_dict(review) if review else {"version": 0} | today()) | {"case": None}
    form = ExamineForm(request.POST or None, initial=initial)
    return perform(
        request,
        case,
        Deed(
            "cases/acceptance_form.html",
            form,
            partial(actions.examine, case),
            "已保存受理审查，等待决定",
            why_not=policy.why_not_examine(case, request.user),
            to=reverse("cases:acceptance", args=[case.code]),
        ),
    )


@require_safe
def acceptance(request: Request, code: str) -> HttpResponse:
    """受理: what was examined, what is still missing, and what may be done by whom."""
    case = case_or_404(request, code)
    review = AcceptanceReview.objects.select_related("recorded_by").filter(case=case).first()
    answers = (
        [(label, getattr(review, f"get_{name}_display")()) for name, label in CONDITIONS.items()]
        if review
        else []
    )
    context: dict[str, Any] = {
        "case": case,
        "review": review,
        "answers": answers,
        "supplements": case.supplements.select_related("recorded_by"),
        "why_not_examine": policy.why_not_examine(case, request.user),
        "why_not_accept": policy.why_not_accept(case, request.user),
        "why_not_decide": policy.why_not_decide(case, request.user),
        "why_not_supplement": policy.why_not_supplement(case, request.user),
        "why_not_complete": policy.why_not_complete(case, request.user),
        "why_not_assign": policy.why_not_assign(case, request.user),
        "why_not_transfer": policy.why_not_transfer(case, request.user),
    }
    return page(request, "cases/acceptance.html", context)


def _deed(case: Case, form: Any, verb: Any, why_not: str, **texts: str) -> Deed:
    done, texts = texts["done"], {key: value for key, value in texts.items() if key != "done"}
    return Deed(DEED, form, partial(verb, case), done, why_not=why_not, to=case, context=dict(texts))


@get_or_post
def accept(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = AcceptForm(request.POST or None, initial=today())
    why_not = policy.why_not_accept(case, request.user)
    texts = {
        "heading": "决定受理",
        "submit": "受理",
        "done": "已受理，审查期限开始计算",
        "lead": "受理后给出案号，审查期限从受理次日起算。受理日期由你确认，不取系统时间。",
    }
    return perform(request, case, _deed(case, form, actions.accept, why_not, **texts))


@get_or_post
def reject(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = RejectForm(request.POST or None, initial=today())
    why_not = policy.why_not_decide(case, request.user)
    texts = {
        "heading": "决定不予受理",
        "submit": "不予受理",
        "done": "已决定不予受理",
        "danger": "danger",
        "lead": "不予受理要告知申请人事由和其他途径；申请人补充材料后可以重新申请。",
    }
    return perform(request, case, _deed(case, form, actions.reject, why_not, **texts))


@get_or_post
def supplement(request: Request, code: str) -> HttpResponse:
    """通知补正, or, while one is pending, 登记收到补正."""
    case = case_or_404(request, code)
    if not (why_not := policy.why_not_complete(case, request.user)):
        done_form = SupplementDoneForm(request.POST or None, initial=today())
        texts = {"heading": "登记收到补正", "submit": "登记补正", "done": "已登记补正，受理期限重新起算"}
        return perform(request, case, _deed(case, done_form, actions.complete_supplement, why_not, **texts))
    form = SupplementForm(request.POST or None)
    texts = {"heading": "通知补正", "submit": "发补正通知", "done": "已登记补正通知"}
    why_not = policy.why_not_supplement(case, request.user)
    return perform(request, case, _deed(case, form, actions.ask_supplement, why_not, **texts))


@get_or_post
def assign(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = AssignForm(request.POST or None, case=case, initial={"handler": case.handler_id})
    why_not = policy.why_not_assign(case, request.user)
    texts = {
        "heading": "分派承办人",
        "submit": "分派",
        "done": "已分派承办人",
        "lead": "进行中的期限随案件转给新的承办人。",
    }
    return perform(request, case, _deed(case, form, actions.assign, why_not, **texts))


@get_or_post
def transfer(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = TransferForm(request.POST or None, case=case, initial=today())
    why_not = policy.why_not_transfer(case, request.user)
    texts = {
        "heading": "移送他院",
        "submit": "移送他院",
        "done": "已移送他院",
        "danger": "danger",
        "lead": "受理前发现有管辖权的法院在别处时使用。受理后移送在“处理意见”里报批。",
    }
    return perform(request, case, _deed(case, form, actions.transfer, why_not, **texts))
