"""Pages of 案卷 PDF. 副卷 has addresses of its own and asks for its own right before anything else (trap 18)."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import demand
from accounts.http import Request
from accounts.permissions import Permission
from cases.bundles import actions, policy
from cases.bundles.forms import StartFileForm
from cases.bundles.telling import page_of
from cases.bundles.views import PAST, bundle_or_404, ended, sent, shown
from cases.models import Bundle, BundleFile, Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork.catalogue import Volume, paper_by
from cases.paperwork.known import Known

INTERNAL = (Bundle.Kind.INTERNAL_FILE,)
EXPECTED = {  # what a volume usually has; the page says what is not there yet
    Volume.MAIN: ("accept_notice", "rights_notice"),
    Volume.INNER: ("acceptance_record", "review_report", "approval_form"),
}


@require_http_methods(["GET", "POST"])
def main(request: Request, code: str) -> HttpResponse:
    """正卷: what lies in it, 生成, and what was made before."""
    return _volume(request, case_or_404(request, code), Bundle.Kind.MAIN_FILE)


@require_http_methods(["GET", "POST"])
def internal(request: Request, code: str) -> HttpResponse:
    """副卷, for those who hold its right."""
    case = case_or_404(request, code)
    demand(request.user, Permission.INTERNAL_FILE, request=request)
    return _volume(request, case, Bundle.Kind.INTERNAL_FILE)


def _volume(request: Request, case: Case, kind: Bundle.Kind) -> HttpResponse:
    why_not = policy.why_not(kind, case, request.user)
    volume = actions.VOLUMES[kind]
    known = Known(case)
    things = known.things(volume)
    there = {thing.document.kind for thing in things if thing.document}
    deed = Deed(
        "cases/bundle_file.html",
        StartFileForm(request.POST if request.method == "POST" else None),
        lambda **facts: page_of(actions.file(case, kind=kind, **facts)),
        "已开始生成",
        why_not=why_not,
        action=f"file:{kind}:{case.code}",
        context={
            "volume": volume.value,
            "is_internal": kind == Bundle.Kind.INTERNAL_FILE,
            "things": things,
            "empty_hint": actions.EMPTY[volume],
            "absent": [_title(key) for key in EXPECTED[volume] if key not in there],
            "may_internal": request.user.may(Permission.INTERNAL_FILE),
            "past": _past(case, kind),
        },
    )
    return perform(request, case, deed)


def _title(key: str) -> str:
    declared = paper_by(key)
    return declared.paper.title if declared else key


def _past(case: Case, kind: Bundle.Kind) -> Any:
    found = Bundle.objects.filter(case=case, kind=kind).select_related("job__requested_by", "case")
    return found.prefetch_related("files")[:PAST]


@require_safe
def bundle(request: Request, code: str, pk: Any) -> HttpResponse:
    return shown(request, *bundle_or_404(request, code, pk, INTERNAL))


@require_POST
def cancel(request: Request, code: str, pk: Any) -> HttpResponse:
    _, found = bundle_or_404(request, code, pk, INTERNAL)
    return ended(request, found, actions.cancel, "已取消")


@require_POST
def remove(request: Request, code: str, pk: Any) -> HttpResponse:
    _, found = bundle_or_404(request, code, pk, INTERNAL)
    return ended(request, found, actions.remove, "文件已删除")


@require_safe
def pdf(request: Request, code: str, pk: Any) -> HttpResponseBase:
    _, found = bundle_or_404(request, code, pk, INTERNAL)
    return sent(request, found, BundleFile.Kind.PDF)
