"""案件文书 pages: the list, one document with its editor, its file. A document is reached only through its case."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from cases.decision import letters
from cases.decision.letter_facts import for_screen
from cases.decision.letter_forms import DraftForm, LetterForm
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.papers import SUPPORT_LETTER
from cases.paperwork import pages
from cases.paperwork.catalogue import paper_for
from core.http import page
from documents import papers
from documents.facts import missing
from documents.models import Document, Rendition, Version
from documents.views import serve_rendition


def documents_of(case: Case) -> QuerySet[Document]:
    return Document.objects.filter(case_link__case=case).select_related("created_by", "issue")


@require_http_methods(["GET", "POST"])
def documents(request: Request, code: str) -> HttpResponse:
    """文书 of a case; POST makes the first draft of the 支持起诉书."""
    case = case_or_404(request, code)
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    deed = Deed(
        "cases/documents.html",
        DraftForm(request.POST if request.method == "POST" else None),
        lambda **facts: _url(case, letters.draft(case, **facts)),
        "已生成支持起诉书草稿",
        why_not=letters.why_not_draft(case, request.user),
        action=f"draft:{case.code}",
        context={"documents": documents_of(case), "offered": pages.offered_by_group(case, request)},
    )
    return perform(request, case, deed)


@require_http_methods(["GET", "POST"])
def document(request: Request, code: str, pk: int) -> HttpResponse:
    """One document: fields on the left, the sheet on the right, its versions; POST saves a new version."""
    case = case_or_404(request, code)
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    found = _document_or_404(request, case, pk)
    if paper_for(found):
        return pages.editor(request, case, found, _rendition(found))
    latest = found.latest
    initial = letters.text_of(papers.facts_of(latest)) | {"version": latest.n}
    deed = Deed(
        "cases/document.html",
        LetterForm(request.POST or None, initial=initial),
        partial(letters.revise, case, found),
        "已保存",
        why_not=letters.why_not_revise(case, request.user, found),
        to=_url(case, found),
        context=_shown(request, case, found, latest),
    )
    return perform(request, case, deed)


def _shown(request: Request, case: Case, found: Document, latest: Version) -> dict[str, Any]:
    """The sheet of the newest version, or of the older one that `?n=` asks for."""
    versions = list(found.versions.select_related("made_by").order_by("-n"))
    shown = next((each for each in versions if str(each.n) == request.GET.get("n")), latest)
    facts = papers.facts_of(shown)
    draft = found.status == Document.Status.DRAFT and found.kind == SUPPORT_LETTER.key
    return {
        "document": found,
        "versions": versions,
        "shown": shown,
        "paper": papers.paper_of(found).template,
        "title": found.title,
        "facts": for_screen(facts),
        "number": case.official_number,
        "issued_on": found.issue.issued_on if found.status == Document.Status.ISSUED else None,
        "missing": missing(facts),
        "faults": letters.faults(case, found) if draft else [],
        "rendition": _rendition(found),
        "who": latest.made_by,
        "at": latest.made_at,
    }


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


def _rendition(found: Document) -> Rendition | None:
    issue = getattr(found, "issue", None)
    if issue is None:
        return None
    return (
        Rendition.objects.select_related("version__document")
        .filter(version=issue.version_id, kind="pdf")
        .first()
    )


def _rendition_or_404(found: Document) -> Rendition:
    rendition = _rendition(found)
    if rendition is None:
        raise Http404
    return rendition


def _url(case: Case, found: Document) -> str:
    return reverse("cases:document", args=[case.code, found.pk])
