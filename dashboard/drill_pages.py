"""明细 pages: for the office its rows; for a unit above it first the units, then case codes without names."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from audit.log import record
from audit.models import Verb
from core import clock
from core.http import download, page
from dashboard import sheets
from dashboard.asked import Asked
from dashboard.drill import table_of
from dashboard.figures import FIGURES, Figure

ON_A_PAGE = 50


@require_safe
@require(Permission.FIGURES_SEE)
def drill(request: Request, metric: str) -> HttpResponse:
    """明细 of one figure. The total is that of all rows, whatever page is shown."""
    figure, asked = figure_or_404(metric), Asked(request)
    context = {"figure": figure, "asked": asked, "total": figure.count(asked.scope), "now": clock.now()}
    if asked.is_above and not asked.unit:
        return page(request, "dashboard/drill_units.html", context | {"units": units(figure, asked)})
    table = table_of(metric, above=asked.is_above)
    found = Paginator(table.fetch(metric, asked.scope), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = table.cells(found.object_list, asked.scope)
    context |= {"columns": table.columns, "rows": rows, "page": found}
    return page(request, "dashboard/drill.html", context)


@require_safe
@require(Permission.EXPORT)
@require(Permission.FIGURES_SEE)
def export(request: Request, metric: str) -> HttpResponseBase:
    """导出明细: the rows of the page, all of them, as a workbook; taking them away is on record."""
    figure, asked = figure_or_404(metric), Asked(request)
    if asked.is_above and not asked.unit:
        heads = ["单位代码", "单位", f"{figure.label}（{figure.unit}）"]
        rows = [[unit["office"].code, unit["office"].name, unit["value"]] for unit in units(figure, asked)]
    else:
        table = table_of(metric, above=asked.is_above)
        heads = [column.label for column in table.columns]
        rows = table.values(table.fetch(metric, asked.scope), asked.scope)
    content = sheets.workbook(figure.label, heads, rows)
    record(request.user, Verb.EXPORT, f"{figure.label}明细", detail=f"{len(rows)} 行", request=request)
    return download(content, sheets.file_name(f"{figure.label}明细"), sheets.XLSX)


def figure_or_404(name: str) -> Figure:
    if name not in FIGURES:
        raise Http404
    return FIGURES[name]


def units(figure: Figure, asked: Asked) -> list[dict]:
    """The units below in the order of the tree, each with its part of the figure. Never sorted by the figure."""
    parts = figure.by_office(asked.scope)
    nothing = figure.nothing
    return [
        {
            "office": office,
            "value": parts.get(office.pk) or nothing,
            "url": asked.drill(figure.name, unit=office.code),
        }
        for office in asked.offices
    ]
