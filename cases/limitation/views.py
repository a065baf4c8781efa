from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_or_404
from accounts.http import Request
from cases.limitation import actions, policy
from cases.limitation.forms import (
    AcknowledgeForm,
    BaseForm,
    ConfirmForm,
    DismissForm,
    EventForm,
    HintForm,
    LiftForm,
    VoidForm,
)
from cases.limitation.hints import hints_of
from cases.limitation.overview import overview
from cases.models import Case, Limitation, LimitationEvent
from cases.pages import Deed, case_or_404, perform
from core.http import page

get_or_post = require_http_methods(["GET", "POST"])
DEED, PAGE = "cases/deed.html", "cases/limitation.html"


def _back(case: Case) -> str:
    return reverse("cases:limitation", args=[case.code])


def _event(request: Request, case: Case, pk: int) -> LimitationEvent:
    found = case.limitation_events.select_related("case", "confirmed_by", "voided_by", "recorded_by")
    return get_or_404(found, request.user, request, pk=pk)


def _limitation(request: Request, case: Case, pk: int) -> Limitation:
    found = Limitation.objects.visible_to(request.user).filter(case=case)
    return get_or_404(found.select_related("case", "deadline"), request.user, request, pk=pk)


def _deed(case: Case, form: Any, verb: Any, done: str, why_not: str, **texts: str) -> Deed:
    """A form of one entry; back to the page of the watch when done."""
    context = {"back_url": _back(case)} | texts
    return Deed(DEED, form, verb, done, why_not=why_not, to=_back(case), context=context)


@require_safe
def watch(request: Request, code: str) -> HttpResponse:
    """时效: base, events and expiry of every period of the case."""
    case = case_or_404(request, code)
    return page(request, PAGE, {"case": case, **overview(case, request.user)})


@get_or_post
def event_new(request: Request, code: str) -> HttpResponse:
    """登记时效事由."""
    case = case_or_404(request, code)
    sure = policy.confirms(request.user)
    deed = _deed(
        case,
        EventForm(request.POST or None),
        partial(actions.add_event, case),
        "已登记时效事由" if sure else "已登记时效事由，待承办检察官确认",
        policy.why_not_watch(case, request.user),
        heading="登记时效中断、中止",
        submit="登记时效事由",
        lead="每一次都单独登记，不覆盖以前的。届满以后的催要等不使时效恢复；届满以后义务人同意履行或者已经履行的照样登记，"
        "诉讼时效届满后同意履行的，不能再以时效抗辩（民法典192条）。"
        + ("" if sure else "你登记的事由由承办检察官或者部门负责人确认后计入。"),
    )
    return perform(request, case, deed)


@require_POST
def confirm(request: Request, code: str, pk: int) -> HttpResponse:
    """确认时效事由."""
    case = case_or_404(request, code)
    event = _event(request, case, pk)
    deed = Deed(
        PAGE,
        ConfirmForm(request.POST),
        partial(actions.confirm_event, event),
        "已确认，届满日重新计算",
        policy.why_not_confirm(case, request.user, event),
        to=_back(case),
        context=overview(case, request.user),
    )
    return perform(request, case, deed)


@get_or_post
def void(request: Request, code: str, pk: int) -> HttpResponse:
    """撤销时效事由."""
    case = case_or_404(request, code)
    event = _event(request, case, pk)
    deed = _deed(
        case,
        VoidForm(request.POST or None),
        partial(actions.void_event, event),
        "已撤销时效事由，届满日重新计算",
        policy.why_not_void(case, request.user, event),
        heading="撤销时效事由",
        submit="撤销事由",
        lead=f"{event}，{event.evidence}。撤销以后不再计入，届满日重新计算，记录保留。",
    )
    return perform(request, case, deed)


@require_POST
def take_over(request: Request, code: str, source: str) -> HttpResponse:
    """采纳时效中断提示."""
    case = case_or_404(request, code)
    sure = policy.confirms(request.user)
    deed = Deed(
        PAGE,
        HintForm(request.POST),
        partial(actions.take_over, case, source=source),
        "已确认时效中断，届满日重新计算" if sure else "已登记时效事由，待承办检察官确认",
        policy.why_not_watch(case, request.user),
        to=_back(case),
        context=overview(case, request.user),
    )
    return perform(request, case, deed)


@get_or_post
def dismiss(request: Request, code: str, source: str) -> HttpResponse:
    """不采纳时效中断提示."""
    case = case_or_404(request, code)
    hint = next((each for each in hints_of(case) if each.source == source), None)
    deed = _deed(
        case,
        DismissForm(request.POST or None, initial={"on": hint.on if hint else None}),
        partial(actions.dismiss, case, source=source),
        "已记下不采纳的理由",
        policy.why_not_dismiss(case, request.user) or ("" if hint else actions.GONE),
        heading="不作为时效事由",
        submit="不采纳",
        lead=f"{hint.label}，{hint.evidence}。不采纳以后不再提示；以后查明中断的，可另行登记。"
        if hint
        else "",
    )
    return perform(request, case, deed)


@get_or_post
def lift(request: Request, code: str, pk: int) -> HttpResponse:
    """登记障碍消除."""
    case = case_or_404(request, code)
    event = _event(request, case, pk)
    deed = _deed(
        case,
        LiftForm(request.POST or None),
        partial(actions.lift_obstacle, event),
        "已登记障碍消除，届满日重新计算",
        policy.why_not_lift(case, request.user, event),
        heading="登记障碍消除",
        submit="登记障碍消除",
        lead="登记后不能再改。诉讼时效自障碍消除之日起满六个月届满；仲裁时效自障碍消除之日起继续计算。",
    )
    return perform(request, case, deed)


@get_or_post
def base(request: Request, code: str, pk: int) -> HttpResponse:
    """登记、更正起算日."""
    case = case_or_404(request, code)
    limitation = _limitation(request, case, pk)
    sure = policy.confirms(request.user)
    deed = _deed(
        case,
        BaseForm(request.POST or None, limitation=limitation),
        partial(actions.state_base, limitation),
        "已确认起算日" if sure else "已登记起算日，待承办检察官确认",
        policy.why_not_state(limitation, request.user),
        heading=f"{limitation}：起算日",
        submit="确认起算日" if sure else "登记起算日",
        lead="原来的起算日留在更正记录里。",
    )
    return perform(request, case, deed)


@get_or_post
def acknowledge(request: Request, code: str, pk: int) -> HttpResponse:
    """知悉时效届满."""
    case = case_or_404(request, code)
    limitation = _limitation(request, case, pk)
    deed = _deed(
        case,
        AcknowledgeForm(request.POST or None),
        partial(actions.acknowledge, limitation),
        "已知悉时效届满，不再提醒",
        policy.why_not_acknowledge(limitation, request.user),
        heading=f"知悉{limitation}届满",
        submit="知悉届满",
        lead=(
            f"义务人 {limitation.promised_on} 同意履行，不能再以时效抗辩（民法典192条）。"
            if limitation.is_waived
            else "时效届满不妨碍支持起诉，但对方以此抗辩时可能败诉。"
        )
        + "知悉以后不再提醒，案件仍显示届满。",
    )
    return perform(request, case, deed)
