"""Pages that are asked while somebody writes: the sheet as it would be, what was kept, what is given up."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.http import Request
from cases.models import Case
from cases.paperwork import keeping
from cases.paperwork.editor import own_or_404, sheet_with, url_of
from cases.paperwork.forms import PaperForm, form_of
from core.http import leave, page
from core.refusals import Refused
from documents import papers, working_copies
from documents.models import Document, Version


@require_POST
def preview(request: Request, code: str, pk: int) -> HttpResponse:
    """A4 预览 of what stands in the form now, which is kept as a working copy. What cannot be read stays as saved."""
    case, document = own_or_404(request, code, pk)
    latest: Version = document.latest
    facts = papers.facts_of(latest)
    form = form_of(type(facts))(request.POST)
    form.is_valid()
    context = kept(request, case, document, form) | {
        "sheet": sheet_with(case, document, replace(facts, **form.readable))
    }
    return page(request, "cases/paper_sheet.html", context)


def kept(request: Request, case: Case, document: Document, form: PaperForm) -> dict[str, Any]:
    """What is said beside the title: when it was kept, or why it was not."""
    try:
        copy = keeping.keep(case, document, form, by=request.user)
    except Refused as refusal:
        return {"why_not_kept": str(refusal)}
    return {"copy": copy}


@require_POST
def drop_copy(request: Request, code: str, pk: int) -> HttpResponse:
    """放弃未保存的修改: the working copy that the page showed, not one written since."""
    case, document = own_or_404(request, code, pk)
    copy = working_copies.of(document, request.user)
    if copy and str(copy.stamp) == request.POST.get("copy", ""):
        working_copies.forget(document, request.user)
        messages.success(request, "已放弃未保存的修改")
    return leave(request, url_of(case, document))
