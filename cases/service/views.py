"""Pages of 送达: one paper with everybody it goes to, and a small page for each thing one registers."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_or_404
from accounts.http import Request
from cases import clocks
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork.forms import StartForm
from cases.service import actions, following, policy, standing
from cases.service.addressees import is_served
from cases.service.forms import (
    SEND_FORMS,
    AddForm,
    ExpiredForm,
    ListForm,
    ReasonForm,
    ReturnedForm,
    ScanForm,
    SignedForm,
)
from cases.service.receipts import draft_receipt
from core import clock
from core.forms import Form
from core.http import page
from documents.models import Document, Service
from documents.views import serve_attachment

get_or_post = require_http_methods(["GET", "POST"])
LEADS = {
    "direct": "以受送达人在送达回证上签收的日期为送达日期（民诉法87、88条）。",
    "left": "拒收的，记明事由，由见证人签名，或者拍照、录像记录（民诉法89条）。",
    "entrusted": "直接送达有困难的，可以委托。收到回证后再登记签收日期（民诉法91条）。",
    "post": "以回执上注明的收件日期为送达日期。五个工作日内投递三次不成功的退回，退回不是送达（检察专递规定6、9条）。",
    "notice": "下落不明，或者其他方式无法送达的，才可以公告；三十日期满视为送达（民诉法95条）。"
    "法院公告起诉状副本、裁判的，在“登记程序事件”里登记，不在这里登记。",
    "electronic": "经受送达人同意；到达对方系统的日期为送达日期（民诉法90条）。要纸质文书的，应当提供。",
    "public": "经单位同意，当面宣读并当场签收；另制作宣告送达笔录，参加人逐页签名。",
}


def paper_or_404(request: Request, case: Case, pk: int) -> Document:
    """A paper of this case that is served on somebody; drafts have nobody yet."""
    found = Document.objects.filter(case_link__case=case).select_related("issue", "organisation")
    document = get_or_404(found, request.user, request, pk=pk)
    if not is_served(document) or not hasattr(document, "issue"):
        raise Http404
    return document


@require_safe
def paper(request: Request, code: str, pk: int) -> HttpResponse:
    """送达 of one paper: its addressees, where each stands, what can be done next."""
    case = case_or_404(request, code)
    document = paper_or_404(request, case, pk)
    context = _shown(request, case, document) | {"form": ListForm()}
    return page(request, "cases/service_paper.html", context)


def _shown(request: Request, case: Case, document: Document) -> dict[str, Any]:
    lines = standing.lines_of(document)
    code = standing.clock_of(document.kind)
    deadline = clocks.of_code(case, code).filter(cancelled_at=None).first() if code else None
    counts = [line for line in lines if line.state != "left_out"]
    return {
        "case": case,
        "document": document,
        "lines": lines,
        "total": len(counts),
        "served": sum(1 for line in counts if line.state == "served"),
        "waiting": standing.waiting_for(lines),
        "deadline": deadline,
        "by_service": deadline is not None and deadline.met_note == following.NOTE,
        "ways": [one for one in Service.Means if one != Service.Means.PUBLIC or _is_suggestion(document)],
        "is_suggestion": _is_suggestion(document),
        "closed": policy.why_not_serve(case, request.user, document),
        "start": StartForm(),
        "list_form": ListForm(),
    }


def _is_suggestion(document: Document) -> bool:
    """宣告送达 is for 检察建议 alone; what is declared elsewhere has none."""
    return document.kind == "suggestion_letter"


@require_POST
def list_addressees(request: Request, code: str, pk: int) -> HttpResponse:
    """列出受送达人 of a paper from before."""
    case, document = _own(request, code, pk)
    return _do(request, case, document, ListForm(request.POST), actions.list_addressees, "已列出受送达人", {})


@get_or_post
def add(request: Request, code: str, pk: int) -> HttpResponse:
    """添加受送达人."""
    case, document = _own(request, code, pk)
    return _do(
        request,
        case,
        document,
        AddForm(request.POST or None),
        actions.add,
        "已添加受送达人",
        {"heading": f"添加受送达人：{document}", "submit": "添加"},
    )


@get_or_post
def leave_out(request: Request, code: str, pk: int, to: int) -> HttpResponse:
    """不送达, with the reason."""
    case, document = _own(request, code, pk)
    line = _line_or_404(document, to)
    return _do(
        request,
        case,
        document,
        ReasonForm(request.POST or None),
        partial(actions.leave_out, to=to),
        "已登记不送达",
        {
            "heading": f"不送达：{line.addressee}",
            "submit": "登记不送达",
            "lead": "登记后留在名单里并写明原因，送达期限不再等这名受送达人。",
            "danger": "danger",
        },
        policy.why_not_leave_out(line),
    )


@get_or_post
def send(request: Request, code: str, pk: int, to: int, way: str) -> HttpResponse:
    """登记送出 by one means; what is signed or left on the spot is served with it."""
    case, document = _own(request, code, pk)
    if way not in SEND_FORMS or (way == Service.Means.PUBLIC and not _is_suggestion(document)):
        raise Http404
    line = _line_or_404(document, to)
    means = Service.Means(way)
    form = SEND_FORMS[means](
        request.POST or None,
        request.FILES or None,
        addressee=line.addressee,
        initial={"sent_on": clock.today()},
    )
    words = {
        "heading": f"{means.label}：{line.addressee}（{line.addressee.copies} 份）",
        "submit": "登记",
        "lead": LEADS[way],
    }
    work = partial(actions.send, to=to, way=way)
    return _do(request, case, document, form, work, "已登记", words, policy.why_not_send(line))


RESULTS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "signed": (actions.signed, "登记签收", "已登记送达"),
    "returned": (actions.returned, "登记退回", "已登记退回，请再送"),
    "expired": (actions.expired, "登记公告期满", "已登记公告期满送达"),
}


@get_or_post
def result(request: Request, code: str, pk: int, one: int, result: str) -> HttpResponse:
    """登记结果 of what was sent: 签收, 退回, 公告期满."""
    case, document = _own(request, code, pk)
    if result not in RESULTS:
        raise Http404
    row = _try_or_404(request, document, one)
    work, label, done = RESULTS[result]
    words = {"heading": f"{label}：{row.to}（{row.get_means_display()}）", "submit": label}
    if result == "expired":
        words["lead"] = f"{row.sent_on} 公告，{following.over_on(case, row)} 期满视为送达。"
    form = _result_form(request, result, row)
    why_not = policy.why_not_result(row)
    return _do(request, case, document, form, partial(work, one=one), done, words, why_not)


def _result_form(request: Request, result: str, row: Service) -> Form:
    sent = (request.POST or None, request.FILES or None)
    if result == "signed":
        return SignedForm(*sent, addressee=row.to, initial={"served_on": clock.today()})
    if result == "returned":
        return ReturnedForm(*sent, initial={"returned_on": clock.today()})
    return ExpiredForm(*sent)


@get_or_post
def void(request: Request, code: str, pk: int, one: int) -> HttpResponse:
    """撤销送达登记."""
    case, document = _own(request, code, pk)
    row = _try_or_404(request, document, one)
    words = {
        "heading": f"撤销送达登记：{row.to}（{row.get_means_display()}）",
        "submit": "撤销登记",
        "lead": "登记错了对象、方式或者结果时用。原登记和原因保留，随它办结的期限恢复计算。"
        "只是日期错了的，请用“更正日期”。",
        "danger": "danger",
    }
    form = ReasonForm(request.POST or None)
    work = partial(actions.void, one=one)
    return _do(request, case, document, form, work, "已撤销送达登记", words, policy.why_not_void(row))


@get_or_post
def attach(request: Request, code: str, pk: int, one: int) -> HttpResponse:
    """上传送达回证."""
    case, document = _own(request, code, pk)
    row = _try_or_404(request, document, one)
    words = {"heading": f"上传送达回证：{row.to}", "submit": "上传"}
    form = ScanForm(request.POST or None, request.FILES or None)
    return _do(request, case, document, form, partial(actions.attach, one=one), "已上传送达回证", words)


@require_POST
def receipt(request: Request, code: str, pk: int, to: int) -> HttpResponse:
    """填写送达回证: the paper for this addressee, ready to print."""
    case, document = _own(request, code, pk)
    deed = Deed(
        "cases/service_paper.html",
        StartForm(request.POST),
        lambda **facts: reverse(
            "cases:document", args=[case.code, draft_receipt(case, document, to=to, **facts).pk]
        ),
        "已填写送达回证，请核对后打印",
        why_not=policy.why_not_serve(case, request.user, document),
        action=f"receipt:{to}",
        context=_shown(request, case, document),
    )
    return perform(request, case, deed)


@require_safe
def file(request: Request, code: str, pk: int, key: uuid.UUID) -> FileResponse:
    """下载 the scan of a receipt; that of another paper is not found under this one."""
    _, document = _own(request, code, pk)
    found = Service.objects.filter(to__document=document).select_related("receipt")
    row = get_or_404(found, request.user, request, receipt=key)
    assert row.receipt is not None  # it was found by it
    return serve_attachment(request, row.receipt)


def _own(request: Request, code: str, pk: int) -> tuple[Case, Document]:
    case = case_or_404(request, code)
    return case, paper_or_404(request, case, pk)


def _line_or_404(document: Document, to: int) -> standing.Line:
    found = next((line for line in standing.lines_of(document) if line.addressee.pk == to), None)
    if found is None:
        raise Http404
    return found


def _try_or_404(request: Request, document: Document, one: int) -> Service:
    found = Service.objects.filter(to__document=document).select_related("to")
    return get_or_404(found, request.user, request, pk=one)


def _do(
    request: Request,
    case: Case,
    document: Document,
    form: Form,
    work: Callable[..., Any],
    done: str,
    words: dict[str, Any],
    why_not: str = "",
) -> HttpResponse:
    """The one shape of these pages: back to the paper's service afterwards."""
    back = reverse("cases:paper_service", args=[case.code, document.pk])
    deed = Deed(
        "cases/deed.html" if words else "cases/service_paper.html",
        form,
        partial(work, case, document),
        done,
        why_not=policy.why_not_serve(case, request.user, document) or why_not,
        action=_action(request),
        to=back,
        context={"back_url": back, **words} if words else _shown(request, case, document),
    )
    return perform(request, case, deed)


def _action(request: Request) -> str:
    """What a double click repeats: this page of this paper, addressee or try."""
    match = request.resolver_match
    if match is None:
        return ""
    return ":".join([match.view_name, *(str(each) for name, each in match.kwargs.items() if name != "code")])
