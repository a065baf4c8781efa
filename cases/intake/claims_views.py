from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from accounts.reveal import respond
from audit.log import record
from audit.models import Verb
from cases.intake import chain, claims
from cases.intake.claims_forms import (
    ClaimantForm,
    ClaimantNewForm,
    ConsentForm,
    ItemsForm,
    PersonForm,
    WithdrawForm,
)
from cases.intake.claims_table import line_of, table_of
from cases.models import Case, Claimant, Person
from cases.pages import Deed, case_or_404, perform
from cases.review import policy
from core import clock
from core.forms import Form
from core.http import page

get_or_post = require_http_methods(["GET", "POST"])
FIELDS = {"id_number": "证件号码", "phone": "手机号", "bank_account": "银行卡号", "address": "住址"}
WORK = (
    "job",
    "worked_from",
    "worked_to",
    "wage_standard",
    "weakness",
    "remark",
    "is_representative",
    "version",
)


@require_safe
def table(request: Request, code: str) -> HttpResponse:
    """当事人与诉求: who claims what of whom."""
    case = case_or_404(request, code)
    respondents = case.respondents.select_related("company", "person", "above__company", "above__person")
    context = {
        "case": case,
        "table": table_of(case),
        "chain": [(depth, one, chain.hints(one)) for depth, one in chain.arrange(respondents)],
        "why_not_change": policy.why_not_change_parties(case, request.user),
        "why_not_consent": policy.why_not_consent(case, request.user),
        "may_reveal": not policy.why_not_reveal(case, request.user),
    }
    return page(request, "cases/claims.html", context)


def _deed(case: Case, form: Form, verb: Any, why_not: str, **texts: Any) -> Deed:
    to, done = texts.pop("to"), texts.pop("done")
    template = texts.pop("template", "cases/deed.html")
    return Deed(template, form, verb, done, why_not=why_not, to=to, context=texts)


def _claimant(request: Request, case: Case, pk: int) -> Claimant:
    found = Claimant.objects.filter(case=case).select_related("person", "case__organisation")
    return get_or_404(found, request.user, request, pk=pk)


def _url(claimant: Claimant, name: str = "claim") -> str:
    return reverse(f"cases:{name}", args=[claimant.case.code, claimant.pk])


@get_or_post
def new(request: Request, code: str) -> HttpResponse:
    """增加申请人."""
    case = case_or_404(request, code)
    form = ClaimantNewForm(request.POST or None, case=case, user=request.user)
    why_not = policy.why_not_change_parties(case, request.user)
    to = reverse("cases:claims", args=[case.code])
    texts = {
        "heading": "增加申请人",
        "submit": "增加申请人",
        "done": "已增加申请人",
        "to": to,
        "back_url": to,
    }
    return perform(request, case, _deed(case, form, partial(claims.add, case), why_not, **texts))


@get_or_post
def claimant(request: Request, code: str, pk: int) -> HttpResponse:
    """申请人: all that is known of one, and the form to correct their work and role."""
    case = case_or_404(request, code)
    one = _claimant(request, case, pk)
    why_not = policy.why_not_change_parties(case, request.user)
    context = {
        "claimant": one,
        "line": line_of(one),
        "why_not_withdraw": policy.why_not_withdraw_claimant(case, request.user),
        "why_not_consent": policy.why_not_consent(case, request.user),
        "may_reveal": not policy.why_not_reveal(case, request.user),
        "may_see_bank": not policy.why_not_reveal(case, request.user, bank=True),
        "template": "cases/claimant.html",
        "to": _url(one),
        "done": "已保存申请人信息",
    }
    if one.withdrawn_on:
        why_not = f"{one} 已于 {one.withdrawn_on} 撤回，不能再修改。"
    form = ClaimantForm(request.POST or None, initial={name: getattr(one, name) for name in WORK})
    return perform(request, case, _deed(case, form, partial(claims.change, one), why_not, **context))


@get_or_post
def person(request: Request, code: str, pk: int) -> HttpResponse:
    """身份信息 of a claimant: what is encrypted is not shown, and stays when left blank."""
    case = case_or_404(request, code)
    one = _claimant(request, case, pk)
    return edit_person(request, case, one, one.person, _url(one))


def edit_person(request: Request, case: Case, party: Any, person: Person, to: str) -> HttpResponse:
    """The page on which a claimant's or a respondent's identity is corrected."""
    form = PersonForm(request.POST or None, person=person, case=case, user=request.user)
    why_not = policy.why_not_change_parties(case, request.user)
    texts = {
        "heading": f"修改 {person} 的身份信息",
        "submit": "保存身份信息",
        "done": "已保存身份信息",
        "lead": "证件号码、手机号、住址和银行卡号加密保存，这里不显示原值；不改的留空。",
        "to": to,
        "back_url": to,
    }
    return perform(request, case, _deed(case, form, partial(claims.change_person, party), why_not, **texts))


@get_or_post
def items(request: Request, code: str, pk: int) -> HttpResponse:
    """诉求明细: kind, period, due, paid and how it was counted, line by line."""
    case = case_or_404(request, code)
    one = _claimant(request, case, pk)
    form = ItemsForm(request.POST or None, claimant=one)
    texts = {
        "template": "cases/claim_items.html",
        "claimant": one,
        "done": "已保存诉求明细",
        "to": _url(one),
    }
    why_not = policy.why_not_change_parties(case, request.user)
    return perform(request, case, _deed(case, form, partial(claims.set_items, one), why_not, **texts))


@get_or_post
def consent(request: Request, code: str, pk: int) -> HttpResponse:
    """登记自愿申请."""
    case = case_or_404(request, code)
    one = _claimant(request, case, pk)
    form = ConsentForm(request.POST or None, initial={"given_on": clock.today()})
    texts = {
        "heading": f"登记 {one} 的自愿申请",
        "submit": "登记自愿申请",
        "done": "已登记自愿申请",
        "lead": "每名申请人各自决定，可以口头申请或者捺指印，也可以随时撤回同意。以最近一次为准。",
        "to": reverse("cases:claims", args=[case.code]),
        "back_url": _url(one),
    }
    why_not = policy.why_not_consent(case, request.user)
    return perform(request, case, _deed(case, form, partial(claims.consent, one), why_not, **texts))


@get_or_post
def withdraw(request: Request, code: str, pk: int) -> HttpResponse:
    """申请人撤回."""
    case = case_or_404(request, code)
    one = _claimant(request, case, pk)
    form = WithdrawForm(request.POST or None, initial={"withdrawn_on": clock.today()})
    texts = {
        "heading": f"登记 {one} 撤回申请",
        "submit": "登记撤回",
        "danger": "danger",
        "done": "已登记撤回，其他申请人不受影响",
        "lead": "只结束这一名申请人的部分，其他申请人继续；登记后不能恢复。",
        "to": reverse("cases:claims", args=[case.code]),
        "back_url": _url(one),
    }
    why_not = policy.why_not_withdraw_claimant(case, request.user)
    return perform(request, case, _deed(case, form, partial(claims.withdraw, one), why_not, **texts))


@get_or_post
def reveal(request: Request, code: str, pk: int, field: str) -> HttpResponse:
    """查看 one field of one claimant, for a reason, on record first."""
    case = case_or_404(request, code)
    return reveal_person(request, case, _claimant(request, case, pk).person, field, "申请人")


def reveal_person(request: Request, case: Case, person: Person, field: str, role: str) -> HttpResponse:
    """The bank account only for the handler and the clerk; a field that is empty has no page."""
    if field not in FIELDS or not getattr(person, field):
        raise Http404
    if reason := policy.why_not_reveal(case, request.user, bank=field == "bank_account"):
        record(request.user, Verb.DENIED, FIELDS[field], detail="没有权限", request=request)
        raise PermissionDenied(reason)
    return respond(
        request,
        label=f"案件 {case.code} {role}",
        object_id=str(person.pk),
        field=FIELDS[field],
        masked=claims.SEALED[field](getattr(person, field)),
        clear=lambda: getattr(person, field),
        needs=Permission.REVEAL,
    )
