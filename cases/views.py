from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from audit.log import record
from audit.models import Verb
from cases import lists, people, resources, timeline
from cases.dossier import dossier
from cases.filters import CaseFilter
from cases.pages import case_or_404
from cases.recent import remember
from core import clock
from core.http import download, leave, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.CASE_SEE)
def cases(request: Request) -> HttpResponse:
    """案件列表. The search form comes by POST and goes on to an address without any person's number."""
    if request.method == "POST":
        return leave(request, f"{request.path}?{_address(request)}")
    form = CaseFilter(request.GET, user=request.user)
    chosen, sums, counts = form.cases(), lists.sums(form.cases()), lists.counts(request.user)
    sort = lists.order_of(form.value("sort") or "")
    context = {
        "form": form,
        "sums": sums,
        "counts": counts,
        "sort": sort,
        "views": lists.tabs(form.current_view, counts),
        "heads": lists.heads(sort),
        "page": lists.page_of(
            chosen,
            sort=sort,
            number=request.GET.get("page", ""),
            size=form.value("size") or lists.SIZES[0],
            count=sums.cases,
        ),
        "sizes": lists.SIZES,
        "may_register": request.user.may(Permission.CASE_HANDLE),
        "overdue_text": f"有 {counts['overdue']} 件案件的期限已超。请办理延期，或者提交处理意见。",
        "now": clock.now(),
    }
    return page(request, "cases/list.html", context)


def _address(request: Request) -> str:
    """The query string of what was asked: a whole ID or phone number becomes the keys of the persons found."""
    asked = {name: value for name, value in request.POST.dict().items() if value}
    asked.pop("csrfmiddlewaretoken", None)
    found = people.search(asked.get("q", ""), by=request.user, request=request)
    if found is not None:
        asked |= {"q": "", "person": ",".join(map(str, found))}
    return urlencode({name: value for name, value in asked.items() if value})


@require_safe
@require(Permission.EXPORT)
@require(Permission.CASE_SEE)
def export(request: Request) -> FileResponse:
    """导出台账: the filtered list, or of it the rows that were ticked (`sel`)."""
    form = CaseFilter(request.GET, user=request.user)
    chosen = form.cases()
    if ticked := request.GET.getlist("sel"):
        chosen = chosen.filter(code__in=ticked)
    content, count = resources.workbook(chosen, form.value("sort") or "")
    record(request.user, Verb.EXPORT, "案件台账", detail=f"{count} 件", request=request)
    return download(content, resources.file_name(), XLSX)


@require_safe
def detail(request: Request, code: str) -> HttpResponse:
    """案件页."""
    case = case_or_404(request, code)
    remember(request, case)
    return page(request, "cases/detail.html", dossier(case, request.user))


@require_safe
def log(request: Request, code: str) -> HttpResponse:
    """流程记录."""
    case = case_or_404(request, code)
    return page(request, "cases/log.html", {"case": case, **timeline.full(case, request.GET)})
