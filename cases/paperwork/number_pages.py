"""文号登记: 内勤 and 案管 look up what each number of the office is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from cases.models import Case, CaseDocument
from core.http import page
from documents import register
from documents.declaring import all_kinds
from documents.register import Entry

PER_PAGE = 30


@require_safe
@require(Permission.CASE_SEE)
def numbers(request: Request) -> HttpResponse:
    """Every number of the office, filtered by kind, year and words, with its papers, its case, or why it is void."""
    office, wanted = request.user.organisation, request.GET
    series = register.kinds_of(office)
    kind = wanted.get("kind", "")
    year = next((year for _, year in series if str(year) == wanted.get("year", "")), None)
    words = wanted.get("q", "")[:40]
    found = register.numbers_of(office, kind=kind, year=year, words=words)
    rows = Paginator(found, PER_PAGE).get_page(wanted.get("page"))
    labels = all_kinds()
    context = {
        "page": rows,
        "lines": lines_of(register.entries(list(rows)), request),
        "kinds": [(each, labels.get(each, each)) for each in sorted({kind for kind, _ in series})],
        "years": sorted({year for _, year in series}, reverse=True),
        "kind": kind,
        "year": year,
        "q": words,
    }
    return page(request, "cases/numbers.html", context)


def lines_of(entries: list[Entry], request: Request) -> list[dict[str, Any]]:
    """Each entry with the case that it belongs to and links to what this user may see."""
    seen = Case.objects.visible_to(request.user)
    cases = {
        each.official_number: each
        for each in seen.filter(official_number__in=[e.number.text for e in entries])
    }
    documents = [issue.document_id for entry in entries for issue in entry.issues]
    links = CaseDocument.objects.filter(document__in=documents, case__in=seen).select_related("case")
    of_document = {each.document_id: each.case for each in links}
    return [
        {
            "entry": entry,
            "case": cases.get(entry.number.text),
            "papers": [(issue, of_document.get(issue.document_id)) for issue in entry.issues],
        }
        for entry in entries
    ]
