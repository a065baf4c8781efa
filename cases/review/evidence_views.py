import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import model_to_dict
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_or_404
from accounts.http import Request
from accounts.models import User
from cases.models import Case, Evidence, EvidenceFile
from cases.pages import Deed, case_or_404, perform
from cases.review import evidence, policy
from cases.review.evidence_forms import EvidenceEditForm, EvidenceFields, EvidenceForm, FilesForm, RemoveForm
from cases.review.evidence_list import groups
from core.forms import Form
from core.http import page
from core.refusals import Refused
from documents.models import Attachment
from documents.uploads import accept_upload
from documents.views import serve_attachment

get_or_post = require_http_methods(["GET", "POST"])


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """证据目录: under what the case type needs; what was taken out stays, struck through."""
    case = case_or_404(request, code)
    items = case.evidence.select_related("claimant__person").prefetch_related("files__attachment")
    context = {
        "case": case,
        "groups": groups(case.category, items.order_by("removed_at", "pk")),
        "why_not": policy.why_not_add_evidence(case, request.user),
    }
    return page(request, "cases/evidence.html", context)


@get_or_post
def new(request: Request, code: str) -> HttpResponse:
    """登记证据 with its files."""
    case = case_or_404(request, code)
    first = {"kind": request.GET.get("kind", "")}
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=first, case=case)
    to = reverse("cases:evidence", args=[case.code])
    deed = Deed(
        "cases/deed.html",
        form,
        _taking_files(case, form, partial(evidence.add, case)),
        "已登记证据",
        why_not=policy.why_not_add_evidence(case, request.user),
        to=to,
        context={"heading": "登记证据", "submit": "登记证据", "back_url": to},
    )
    return perform(request, case, deed)


def _taking_files(case: Case, form: Form, verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb with its uploads taken in; each file that is refused has its sentence, and nothing is kept."""

    def work(*, files: list[Any], by: User, **facts: Any) -> Any:
        accepted: list[Attachment] = []
        refused = 0
        for file in files:
            try:
                accepted.append(accept_upload(file, organisation=case.organisation, by=by))
            except Refused as refusal:
                form.add_error("files", str(refusal))
                refused += 1
        if refused:
            raise Refused(f"有 {refused} 个文件没有收下。请改好后重新选择全部文件，其他内容还在。")
        return verb(files=accepted, by=by, **facts)

    return work


def _item(request: Request, case: Case, pk: int) -> Evidence:
    found = Evidence.objects.filter(case=case).select_related(
        "claimant__person", "case__organisation", "recorded_by"
    )
    return get_or_404(found, request.user, request, pk=pk)


def _context(case: Case, item: Evidence, why_not: str) -> dict[str, Any]:
    return {
        "item": item,
        "files": item.files.select_related("attachment", "recorded_by"),
        "back_url": reverse("cases:evidence", args=[case.code]),
        "why_not_write": why_not,
    }


def _why_not(case: Case, item: Evidence, user: User) -> str:
    if reason := policy.why_not_add_evidence(case, user):
        return reason
    return f"这项证据已移出清单：{item.removed_reason}" if item.removed_at else ""


@get_or_post
def evidence_item(request: Request, code: str, pk: int) -> HttpResponse:
    """One item of evidence: its files, and the form to correct what it proves."""
    case = case_or_404(request, code)
    item = _item(request, case, pk)
    why_not = _why_not(case, item, request.user)
    initial = model_to_dict(item, fields=[*EvidenceFields.base_fields, "version"])
    deed = Deed(
        "cases/evidence_item.html",
        EvidenceEditForm(request.POST or None, initial=initial, case=case),
        partial(evidence.change, item),
        "已保存证据",
        why_not=why_not,
        to=reverse("cases:evidence_item", args=[case.code, item.pk]),
        context=_context(case, item, why_not),
    )
    return perform(request, case, deed)


@get_or_post
def add_files(request: Request, code: str, pk: int) -> HttpResponse:
    """补充证据文件."""
    case = case_or_404(request, code)
    item = _item(request, case, pk)
    form = FilesForm(request.POST or None, request.FILES or None)
    to = reverse("cases:evidence_item", args=[case.code, item.pk])
    deed = Deed(
        "cases/deed.html",
        form,
        _taking_files(case, form, partial(evidence.add_files, item)),
        "已补充证据文件",
        why_not=_why_not(case, item, request.user),
        to=to,
        context={"heading": f"补充文件：{item}", "submit": "补充文件", "back_url": to},
    )
    return perform(request, case, deed)


@get_or_post
def remove(request: Request, code: str, pk: int) -> HttpResponse:
    """移出证据清单."""
    case = case_or_404(request, code)
    item = _item(request, case, pk)
    to = reverse("cases:evidence", args=[case.code])
    deed = Deed(
        "cases/deed.html",
        RemoveForm(request.POST or None),
        partial(evidence.remove, item),
        "已移出证据清单",
        why_not=_why_not(case, item, request.user),
        to=to,
        context={
            "heading": f"移出证据清单：{item}",
            "submit": "移出证据清单",
            "danger": "danger",
            "lead": "移出后仍在目录里划线显示，原因和文件都保留。",
            "back_url": reverse("cases:evidence_item", args=[case.code, item.pk]),
        },
    )
    return perform(request, case, deed)


@require_safe
def file(request: Request, code: str, key: uuid.UUID) -> FileResponse:
    """下载 a file of this case's evidence; that of another case is not found under this one."""
    case = case_or_404(request, code)
    found = EvidenceFile.objects.filter(evidence__case=case).select_related("attachment")
    return serve_attachment(request, get_or_404(found, request.user, request, attachment=key).attachment)
