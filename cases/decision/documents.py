"""案件文书 pages: the list, one document, its file. A document is reached only through its case."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from cases.models import Case
from cases.pages import case_or_404
from cases.paperwork import pages
from cases.paperwork.editor import rendition_of
from cases.paperwork.pages import documents_of
from core.http import page
from documents.models import Document, Rendition
from documents.views import serve_rendition


@require_safe
def documents(request: Request, code: str) -> HttpResponse:
    """文书 of a case, and what may be drafted now."""
    case = case_or_404(request, code)
    return page(
        request,
        "cases/documents.html",
        {"case": case, "form": None, "why_not": ""} | pages.listed(case, request),
    )


@require_http_methods(["GET", "POST"])
def document(request: Request, code: str, pk: int) -> HttpResponse:
    """One document: fields on the left, the sheet on the right, its versions; POST saves a new version."""
    case = case_or_404(request, code)
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    found = _document_or_404(request, case, pk)
    return pages.editor(request, case, found)


@require_safe
def document_pdf(request: Request, code: str, pk: int) -> HttpResponseBase:
    """The PDF of an issued document."""
    case = case_or_404(request, code)
    return serve_rendition(request, _rendition_or_404(_document_or_404(request, case, pk)))


@require_safe
def document_status(request: Request, code: str, pk: int) -> HttpResponse:
    """Whether the PDF is there yet: a fragment that asks again until it is."""
    case = case_or_404(request, code)
    found = _document_or_404(request, case, pk)
    context = {"case": case, "document": found, "rendition": _rendition_or_404(found)}
    return page(request, "cases/document_status.html", context)


def _document_or_404(request: Request, case: Case, pk: int) -> Document:
    return get_or_404(documents_of(case), request.user, request, pk=pk)


def _rendition_or_404(found: Document) -> Rendition:
    rendition = rendition_of(found)
    if rendition is None:
        raise Http404
    return rendition
