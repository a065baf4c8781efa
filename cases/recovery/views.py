from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from cases.models import Case, Claimant, Recovery
from cases.pages import Deed, case_or_404, perform
from cases.recovery import actions, policy
from cases.recovery.balance import figures, unpaid, with_balance
from cases.recovery.forms import EntryForm, ReasonForm, VerifyForm, first_values
from cases.recovery.ledger import with_people
from core.http import page
from core.money import yuan
from documents.views import serve_attachment

get_or_post = require_http_methods(["GET", "POST"])


@require_safe
def money(request: Request, code: str) -> HttpResponse:
    """回款: four figures, what each worker has, and every entry."""
    case = case_or_404(request, code)
    claimants: list[Any] = list(
        with_balance(case).order_by(F("withdrawn_on").asc(nulls_first=True), "-is_representative", "pk")
    )
    judged = any(one.awarded for one in claimants)
    for one in claimants:
        one.unpaid = unpaid(one, judged)
    context = {
        "case": case,
        "sums": figures(case),
        "claimants": claimants,
        "recoveries": with_people(Recovery.objects.filter(case=case)),
        "why_not_enter": policy.why_not_enter(case, request.user),
    }
    return page(request, "cases/money.html", context)


@get_or_post
def new(request: Request, code: str) -> HttpResponse:
    """登记到账; `按比例分配` answers with a proposal and saves nothing."""
    case = case_or_404(request, code)
    claimants = list(with_balance(case).filter(withdrawn_on=None))
    why_not = policy.why_not_enter(case, request.user)
    form = EntryForm(request.POST or None, request.FILES or None, claimants=claimants, initial=first_values())
    context = _entry_context(case)
    if request.method == "POST" and "proportion" in request.POST and not why_not:
        return _proposal(request, case, claimants, context)
    work = partial(actions.enter_with_file, case)
    done = "已登记到账，等待另一人核对"
    to = reverse("cases:money", args=[case.code])
    return perform(
        request, case, Deed("cases/money_form.html", form, work, done, why_not, to=to, context=context)
    )


def _entry_context(case: Case) -> dict[str, Any]:
    return {"lines_heading": "分配（元）", "sums": True, "back_url": reverse("cases:money", args=[case.code])}


def _proposal(
    request: Request, case: Case, claimants: list[Claimant], context: dict[str, Any]
) -> HttpResponse:
    shown = context | {"case": case, "why_not": ""}
    try:
        amount: Decimal = EntryForm(claimants=[]).fields["amount"].clean(request.POST.get("amount", ""))
    except ValidationError as error:
        form = EntryForm.in_proportion(request.POST, Decimal(), claimants)
        shown["proposal"] = f"{error.messages[0]}填好到账金额再分配。"
        return page(request, "cases/money_form.html", shown | {"form": form}, status=422)
    form = EntryForm.in_proportion(request.POST, amount, claimants)
    shared = f"已把 {yuan(amount)} 元按各人还应得的比例分配，请逐人核对后再登记。"
    nobody = "各申请人的款项都已收齐，没有可比照的比例，请逐人填写。"
    shown["proposal"] = shared if form.total else nobody
    return page(request, "cases/money_form.html", shown | {"form": form})


def _entry_or_404(case: Case, pk: int) -> Recovery:
    found = with_people(Recovery.objects.filter(case=case, pk=pk)).first()
    if found is None:
        raise Http404
    found.case = case
    return found


@require_safe
def entry(request: Request, code: str, pk: int) -> HttpResponse:
    """One entry: whose money, the proof, who entered and verified it."""
    case = case_or_404(request, code)
    recovery = _entry_or_404(case, pk)
    user = request.user
    context = {
        "case": case,
        "recovery": recovery,
        "allocations": recovery.allocations.select_related("claimant__person"),
        "form": VerifyForm(),
        "why_not_verify": policy.why_not_verify(recovery, user),
        "why_not_reverse": policy.why_not_reverse(recovery, user),
    }
    return page(request, "cases/money_entry.html", context)


@require_safe
def proof(request: Request, code: str, pk: int) -> HttpResponseBase:
    """凭证下载, through the case only."""
    recovery = _entry_or_404(case_or_404(request, code), pk)
    if recovery.proof is None:
        raise Http404
    return serve_attachment(request, recovery.proof)


def _deed(recovery: Recovery, form: Any, verb: Any, done: str, why_not: str, **texts: Any) -> Deed:
    back = reverse("cases:money_entry", args=[recovery.case.code, recovery.pk])
    to = reverse("cases:money", args=[recovery.case.code])
    context = texts | {"back_url": back}
    return Deed("cases/deed.html", form, partial(verb, recovery), done, why_not, to=to, context=context)


@get_or_post
def verify(request: Request, code: str, pk: int) -> HttpResponse:
    case = case_or_404(request, code)
    recovery = _entry_or_404(case, pk)
    form = VerifyForm(request.POST if request.method == "POST" else None)
    texts = {
        "heading": f"核对到账 {yuan(recovery.amount)} 元",
        "submit": "核对无误",
        "lead": f"{recovery.paid_on} 到账，{recovery.payer} 付款，{recovery.recorded_by} 登记。"
        "核对后计入已到账，不能再改。",
    }
    why_not = policy.why_not_verify(recovery, request.user)
    return perform(request, case, _deed(recovery, form, actions.verify, "已核对到账", why_not, **texts))


@get_or_post
def return_entry(request: Request, code: str, pk: int) -> HttpResponse:
    case = case_or_404(request, code)
    recovery = _entry_or_404(case, pk)
    form = ReasonForm(request.POST or None)
    texts = {
        "heading": f"退回到账登记 {yuan(recovery.amount)} 元",
        "submit": "退回登记",
        "danger": "danger",
        "lead": "退回后这笔登记不计入任何数字，由登记人按正确的内容重新登记。",
    }
    why_not = policy.why_not_verify(recovery, request.user)
    return perform(request, case, _deed(recovery, form, actions.return_entry, "已退回登记", why_not, **texts))


@get_or_post
def reverse_entry(request: Request, code: str, pk: int) -> HttpResponse:
    """冲正."""
    case = case_or_404(request, code)
    recovery = _entry_or_404(case, pk)
    form = ReasonForm(request.POST or None)
    texts = {
        "heading": f"冲正到账 {yuan(recovery.amount)} 元",
        "submit": "登记冲正",
        "danger": "danger",
        "lead": "冲正按原分配全额冲减，须由另一人核对后生效。生效后再登记正确的到账。",
    }
    why_not = policy.why_not_reverse(recovery, request.user)
    done = "已登记冲正，等待另一人核对"
    return perform(request, case, _deed(recovery, form, actions.reverse, done, why_not, **texts))
