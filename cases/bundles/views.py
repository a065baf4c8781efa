"""Pages of 批量文书 and of what was made: choose, progress, download. 副卷 is in `file_views`."""

from collections.abc import Callable
from typing import IO, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from audit import log
from audit.models import Verb
from cases.bundles import actions, checking, keeping, policy
from cases.bundles.forms import BatchForm
from cases.bundles.telling import page_of
from cases.models import Bundle, BundleFile, Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork.per_worker import workers_of
from core.http import download, leave, page
from core.refusals import Refused

OPEN_KINDS = (Bundle.Kind.BATCH, Bundle.Kind.MAIN_FILE)  # whatever is not 副卷
TYPES = {BundleFile.Kind.PDF: "application/pdf", BundleFile.Kind.ZIP: "application/zip"}
PAST = 10
BATCH = "cases/bundle_batch.html"


@require_http_methods(["GET", "POST"])
def batch(request: Request, code: str) -> HttpResponse:
    """批量生成: papers and workers. What is missing is listed first; `check` asks for that list alone."""
    case = case_or_404(request, code)
    demand(request.user, Permission.CASE_HANDLE, request=request)
    why_not = policy.why_not_batch(case, request.user)
    papers = [] if why_not else checking.offered(case, request.user)
    workers = workers_of(case)
    form = BatchForm(request.POST if request.method == "POST" else None, offered=papers, workers=workers)
    context = {
        "check": _checked(request, case, form) if form.is_bound and not why_not else None,
        "workers": workers,
        "past": _past(case, [Bundle.Kind.BATCH]),
    }
    if "check" in request.POST and not why_not:
        status = 200 if form.is_valid() else 422
        return page(request, BATCH, {"case": case, "form": form, "why_not": "", **context}, status)
    deed = Deed(
        BATCH,
        form,
        lambda **facts: page_of(actions.batch(case, **facts)),
        "已开始生成",
        why_not=why_not,
        action=f"batch:{case.code}",
        context=context,
    )
    return perform(request, case, deed)


def _checked(request: Request, case: Case, form: BatchForm) -> checking.Check | None:
    """The list, as far as it was said for what and for whom."""
    if not form.is_valid():
        return None
    chosen = form.cleaned_data
    return checking.check(case, request.user, chosen["papers"], chosen["who"], chosen["claimants"])


def _past(case: Case, kinds: list[Bundle.Kind]) -> Any:
    found = Bundle.objects.filter(case=case, kind__in=kinds).select_related("job__requested_by")
    return found.prefetch_related("files")[:PAST]


def bundle_or_404(
    request: Request, code: str, pk: Any, kinds: tuple[Bundle.Kind, ...]
) -> tuple[Case, Bundle]:
    """The bundle through its case, for those who might have it made; 403 with the sentence to the others."""
    case = case_or_404(request, code)
    found = Bundle.objects.filter(case=case, kind__in=kinds)
    bundle = get_or_404(found.select_related("job__requested_by"), request.user, request, pk=pk)
    bundle.case = case
    if reason := policy.why_not(bundle.kind, case, request.user):
        log.record(request.user, Verb.DENIED, str(bundle), bundle.pk, detail="没有权限", request=request)
        raise PermissionDenied(reason)
    return case, bundle


def shown(request: Request, case: Case, bundle: Bundle) -> HttpResponse:
    """Progress, which asks again by itself until it is over; then the files."""
    files = {each.kind: each for each in bundle.files.all()}
    context = {
        "case": case,
        "bundle": bundle,
        "job": bundle.job,
        "files": files,
        "is_removed": bool(files) and all(each.removed_at for each in files.values()),
        "kept_days": keeping.KEPT.days,
        "parts": bundle.parts.select_related("claimant__person").order_by("position"),
    }
    return page(request, "cases/bundle.html", context)


def ended(request: Request, bundle: Bundle, work: Callable[..., Any], done: str) -> HttpResponse:
    """取消, 删除文件: back to the page of the bundle with a sentence."""
    try:
        work(bundle, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return leave(request, page_of(bundle))


def sent(request: Request, bundle: Bundle, kind: str) -> HttpResponseBase:
    """下载, on record. The name says case and kind, nobody's name."""
    found = bundle.files.filter(kind=kind, removed_at=None).first()
    if found is None:
        raise Http404
    try:
        content = keeping.opened(found)
    except FileNotFoundError:
        raise Http404 from None
    label = f"{bundle.case} {bundle.get_kind_display()}"
    log.record(
        request.user, Verb.DOWNLOAD, f"{label}（{found.get_kind_display()}）", bundle.pk, request=request
    )
    return download(cast(IO[bytes], content), f"{label}.{kind}", TYPES[BundleFile.Kind(found.kind)])


@require_safe
def bundle(request: Request, code: str, pk: Any) -> HttpResponse:
    return shown(request, *bundle_or_404(request, code, pk, OPEN_KINDS))


@require_POST
def cancel(request: Request, code: str, pk: Any) -> HttpResponse:
    _, found = bundle_or_404(request, code, pk, OPEN_KINDS)
    return ended(request, found, actions.cancel, "已取消")


@require_POST
def remove(request: Request, code: str, pk: Any) -> HttpResponse:
    _, found = bundle_or_404(request, code, pk, OPEN_KINDS)
    return ended(request, found, actions.remove, "文件已删除")


@require_safe
def file(request: Request, code: str, pk: Any, kind: str) -> HttpResponseBase:
    _, found = bundle_or_404(request, code, pk, OPEN_KINDS)
    return sent(request, found, kind)
