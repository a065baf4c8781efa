from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_or_404
from accounts.http import Request
from cases import clocks as case_clocks
from cases.models import Case, Occurrence
from cases.occurrences import actions, policy
from cases.occurrences.bounds import twin_of
from cases.occurrences.effects import Effects, effects_of
from cases.occurrences.forms import EventForm, ExtendForm, FinishForm, RecordForm, TakeBackForm, WithdrawForm
from cases.occurrences.kinds import KINDS, kind_of
from cases.occurrences.overview import overview
from cases.pages import Deed, case_or_404, perform
from core import clock
from core.http import page
from deadlines import prolonging
from deadlines.models import Deadline

get_or_post = require_http_methods(["GET", "POST"])
DEED = "cases/deed.html"


@require_safe
def clocks(request: Request, code: str) -> HttpResponse:
    """案件期限: all clocks, the events that drive them, the dates that were corrected."""
    case = case_or_404(request, code)
    return page(request, "cases/clocks.html", {"case": case, **overview(case, request.user)})


def _back(case: Case) -> str:
    return reverse("cases:clocks", args=[case.code])


@get_or_post
def event(request: Request, code: str) -> HttpResponse:
    """登记事件: chosen by GET, the page says what it would do to the clocks; the POST does it."""
    case = case_or_404(request, code)
    only = request.GET.get("stops", "")
    chosen = EventForm(request.GET if "kind" in request.GET else None, case=case, only=only)
    if not chosen.is_bound:
        chosen.initial = {"on": clock.today()}
    effects, reason = _foreseen(case, chosen)
    facts = chosen.event if effects else {}
    twin = twin_of(case, facts["kind"], facts["on"], facts["at"]) if facts else ""
    closed = policy.why_not_record(case, request.user)
    deed = Deed(
        "cases/clock_event.html",
        RecordForm(request.POST or None, effects=effects, twin=twin),
        partial(_record, case, chosen),
        "已登记程序事件",
        closed or (reason if request.method == "POST" else ""),
        action=f"event:{case.code}",
        to=_back(case),
        context={"chosen": chosen, "effects": effects, "reason": reason, "closed": closed, "stops": only}
        | {
            "twin": twin,
            "kind": KINDS.get(request.GET.get("kind", "")),
            "ready": effects is not None and not closed,
            "back_url": _back(case),
        },
    )
    return perform(request, case, deed)


def _foreseen(case: Case, chosen: EventForm) -> tuple[Effects | None, str]:
    """What the chosen event would do, else why it cannot be registered."""
    if not chosen.is_valid():
        return None, "请先选择事件和日期。"
    facts = chosen.event
    asked = (facts["kind"], facts["on"], facts["at"], facts["paper"])
    if reason := policy.why_not_kind(case, *asked):
        return None, reason
    return effects_of(case, *asked), ""


def _record(case: Case, chosen: EventForm, **facts: Any) -> Occurrence:
    return actions.record(case, **chosen.event, **facts)


@get_or_post
def withdrawal(request: Request, code: str, pk: int) -> HttpResponse:
    """撤销事件."""
    case = case_or_404(request, code)
    one = get_or_404(Occurrence.objects.filter(case=case), request.user, request, pk=pk)
    context = {
        "heading": f"撤销“{kind_of(one.kind).label}”（{one.on}）",
        "submit": "撤销事件",
        "lead": "由它起算的期限随之撤销；因它办结、停止的期限恢复到登记之前的样子。",
        "danger": True,
        "back_url": _back(case),
    }
    deed = Deed(
        DEED,
        WithdrawForm(request.POST or None),
        partial(actions.withdraw, case, occurrence=one),
        "已撤销事件",
        policy.why_not_withdraw(case, one, request.user),
        action=f"withdraw:{one.pk}",
        to=_back(case),
        context=context,
    )
    return perform(request, case, deed)


def _deadline(request: Request, case: Case, pk: int) -> Deadline:
    return get_or_404(Deadline.objects.filter(case_clocks.of_case(case)), request.user, request, pk=pk)


@get_or_post
def completion(request: Request, code: str, pk: int) -> HttpResponse:
    """办结 of one clock."""
    case = case_or_404(request, code)
    deadline = _deadline(request, case, pk)
    context = {
        "heading": f"办结“{deadline.rule['name']}”",
        "submit": "办结期限",
        "lead": f"{deadline.starts_on} 起算，{deadline.due_on} 到期。{deadline.explanation}。",
        "back_url": _back(case),
    }
    deed = Deed(
        DEED,
        FinishForm(request.POST or None, initial={"on": clock.today()}),
        partial(actions.finish, case, deadline=deadline),
        "已办结期限",
        policy.why_not_finish(case, deadline, request.user),
        action=f"finish:{deadline.pk}",
        to=_back(case),
        context=context,
    )
    return perform(request, case, deed)


def _usual(deadline: Deadline) -> str:
    """延长 1 个月，到 2026-12-07: what is registered when nothing else is stated."""
    granted = policy.usual_extension(deadline)
    if granted is None or deadline.paused_on:
        return ""
    return f"延长 {prolonging.told(deadline.rule)}，到 {prolonging.due_with(deadline, granted)}"


def _said_of(deadline: Deadline, usual: str) -> list[str]:
    found = [f"现在 {deadline.due_on} 到期", deadline.rule.get("extension", "")]
    if usual:
        return [*found, f"不另填日期和天数的，{usual}"]
    granted = prolonging.allowed(deadline.rule) and not deadline.paused_on
    return [*found, f"已经延长过，规定最多延长 {prolonging.told(deadline.rule)}" if granted else ""]


@get_or_post
def extension(request: Request, code: str, pk: int) -> HttpResponse:
    """登记延长 of one clock."""
    case = case_or_404(request, code)
    deadline = _deadline(request, case, pk)
    usual = _usual(deadline)
    context = {
        "heading": f"延长“{deadline.rule['name']}”",
        "submit": "登记延长",
        "lead": "。".join(filter(None, _said_of(deadline, usual))) + "。",
        "back_url": _back(case),
    }
    deed = Deed(
        DEED,
        ExtendForm(request.POST or None, rule=deadline.rule, usual=usual),
        partial(actions.extend, case, deadline=deadline),
        "已登记延长",
        policy.why_not_extend(case, deadline, request.user),
        action=f"extend:{deadline.pk}",
        to=_back(case),
        context=context,
    )
    return perform(request, case, deed)


@get_or_post
def extension_withdrawal(request: Request, code: str, pk: int, extension: int) -> HttpResponse:
    """撤销延长."""
    case = case_or_404(request, code)
    deadline = _deadline(request, case, pk)
    found = deadline.extensions.select_related("deadline")
    row = get_or_404(found, request.user, request, pk=extension)
    context = {
        "heading": f"撤销“{deadline.rule['name']}”的延长",
        "submit": "撤销延长",
        "lead": f"{row.told}：{row.reason}。撤销后记录保留，到期日按没有这次延长重新计算。",
        "danger": True,
        "back_url": _back(case),
    }
    deed = Deed(
        DEED,
        TakeBackForm(request.POST or None),
        partial(actions.take_back_extension, case, extension=row),
        "已撤销延长",
        policy.why_not_take_back(case, row, request.user),
        action=f"take-back:{row.pk}",
        to=_back(case),
        context=context,
    )
    return perform(request, case, deed)
