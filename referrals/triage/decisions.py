"""The pages on which a lead is decided: one shape for all, GET shows and asks, POST does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse

from accounts.access import demand
from accounts.http import Request
from accounts.permissions import Permission
from core import clock
from core.forms import Form
from core.http import leave, page
from core.masking import group_title
from core.money import yuan
from core.refusals import Conflict, Refused
from referrals import policy
from referrals.models import Referral
from referrals.triage import actions, forms
from referrals.triage.convert import convert
from referrals.triage.views import GET_POST, lead_or_404
from referrals.workflow import Act

Verb = Callable[..., Any]


@dataclass(frozen=True)
class Page:
    """One decision: its form, its verb, its words."""

    act: Act
    form: type[forms.TriageForm]
    verb: Verb
    question: str
    button: str
    done: str
    consequences: tuple[str, ...]
    danger: bool = False


CLOSES = ("线索办结，不能再改", "移送单位马上看到结果和说明")
PAGES = {
    "conversion": Page(
        Act.CONVERT,
        forms.ConversionForm,
        convert,
        "接收线索 {code} 并转为申请？",
        "接收并转为申请",
        "已接收，转为申请 {result.code}",
        ("登记一件案件：申请人、诉求、被申请人和材料从线索带入，不用再录", "线索保持提交时的样子"),
    ),
    "return": Page(
        Act.RETURN,
        forms.ReturnForm,
        actions.return_for_supplement,
        "退回线索 {code} 补正？",
        "退回补正",
        "已退回补正，{result.due_on} 前补正",
        ("移送单位会收到补正清单和期限", "补正后线索回到待接收"),
    ),
    "redirection": Page(
        Act.REDIRECT,
        forms.RedirectionForm,
        actions.redirect,
        "线索 {code} 引导其他途径？",
        "引导其他途径",
        "已引导其他途径，线索办结",
        CLOSES,
    ),
    "consultation": Page(
        Act.CONSULT,
        forms.ConsultationForm,
        actions.consult_only,
        "线索 {code} 按咨询办结？",
        "按咨询办结",
        "已按咨询办结",
        CLOSES,
    ),
    "unwillingness": Page(
        Act.UNWILLING,
        forms.UnwillingForm,
        actions.unwilling,
        "线索 {code} 因当事人不愿办结？",
        "按不愿申请办结",
        "已按当事人不愿办结",
        CLOSES,
    ),
    "invalidation": Page(
        Act.INVALIDATE,
        forms.InvalidationForm,
        actions.invalidate,
        "线索 {code} 按重复或无效办结？",
        "按重复或无效办结",
        "已按重复或无效办结",
        CLOSES,
        danger=True,
    ),
    "transfer": Page(
        Act.TRANSFER,
        forms.TransferForm,
        actions.transfer,
        "把线索 {code} 移送他院？",
        "移送他院",
        "已移送他院",
        ("受移送院的收件箱里会有一条新线索", "移送单位看到“移送他院”", "本院不能再处理这条线索"),
        danger=True,
    ),
}


@GET_POST
def decide(request: Request, code: str, name: str) -> HttpResponse:
    """The page of one decision. 403 for whoever may look but not triage; a sentence when it is too late."""
    referral = lead_or_404(request, code)
    demand(request.user, Permission.REFERRAL_TRIAGE, request=request)
    shown = PAGES[name]
    initial = {"due_on": clock.today() + timedelta(days=7)} if name == "return" else {}
    form = shown.form(request.POST if request.method == "POST" else None, referral=referral, initial=initial)
    if form.is_valid():
        try:
            done = shown.verb(referral, **form.facts, version=form.cleaned_data["version"], by=request.user)
        except Conflict as conflict:
            return _stale(request, referral, form, conflict)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, shown.done.format(result=done))
            return leave(request, done if name == "conversion" else referral)
    return _ask(request, referral, shown, form)


def _ask(request: Request, referral: Referral, shown: Page, form: forms.TriageForm) -> HttpResponse:
    context = {
        "referral": referral,
        "why_not": policy.why_not_triage(referral, request.user, shown.act),
        "question": shown.question.format(code=referral.code),
        "consequences": [*_summary(referral), *_consequences(referral, shown)],
        "action": shown.button,
        "back_url": referral.get_absolute_url(),
        "danger": shown.danger,
        "form": form,
    }
    return page(request, "referrals/decision.html", context, 422 if form.errors else 200)


def _consequences(referral: Referral, shown: Page) -> list[str]:
    """Nobody is told of a lead that the office registered itself."""
    return [line for line in shown.consequences if referral.unit_id or "移送单位" not in line]


def _summary(referral: Referral) -> list[str]:
    workers = list(referral.workers.all()[:1])
    found = referral.workers.aggregate(total=Sum("owed"))
    who = group_title(workers[0].name, referral.workers.count()) if workers else ""
    return [f"{who}，诉{referral.employer_name}，欠薪合计 {yuan(found['total'] or 0)} 元"]


def _stale(request: Request, referral: Referral, form: Form, conflict: Conflict) -> HttpResponse:
    """409: who did what when, and what was typed here, so that nothing is lost."""
    typed = [(field.label, field.value()) for field in form.visible_fields() if field.value()]
    context = {"referral": conflict.current or referral, "sentence": str(conflict), "typed": typed}
    return page(request, "referrals/conflict.html", context, 409)


@GET_POST
def note(request: Request, code: str) -> HttpResponse:
    """内部备注."""
    return _write(request, code, forms.NoteForm, actions.annotate, ("内部备注", "保存备注", "已保存备注"))


@GET_POST
def feedback(request: Request, code: str) -> HttpResponse:
    """反馈结果 to the partner; meets P2."""
    return _write(request, code, forms.FeedbackForm, actions.feed_back, ("反馈结果", "反馈结果", "已反馈"))


def _write(
    request: Request, code: str, form_class: type[Form], verb: Verb, words: tuple[str, str, str]
) -> HttpResponse:
    title, button, done = words
    referral = lead_or_404(request, code)
    demand(request.user, Permission.REFERRAL_TRIAGE, request=request)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            verb(referral, **form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return leave(request, referral)
    context = {
        "referral": referral,
        "why_not": "",
        "question": f"{title}：线索 {referral.code}",
        "consequences": [],
        "action": button,
        "back_url": referral.get_absolute_url(),
        "danger": False,
        "form": form,
    }
    return page(request, "referrals/decision.html", context, 422 if form.errors else 200)
