from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from audit.log import record
from audit.models import Verb
from cases.acts import page_of
from core import clock
from core.http import download, page
from dashboard import sheets
from dashboard.limitations import VIEWS, Listed, Row, Wanted, counts

ON_A_PAGE = 50
HEADS = [
    *["案号", "内部编号", "申请人", "时效种类", "起算日", "最近一次中断", "届满日", "剩余天数"],
    *["起算日确认", "待确认事由", "怎么算的", "承办人"],
]


@require_safe
@require(Permission.CASE_SEE)
def entries(request: Request) -> HttpResponse:
    """时效风险: the periods of limitation of the department, or of one's own cases."""
    wanted, today = Wanted.of(request.GET, request.user), clock.today()
    numbers = counts(request.user, mine=wanted.mine, today=today)
    shown = Paginator(Listed(request.user, wanted, numbers, today), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(shown.object_list)
    context = {
        "rows": [(row, page_of(row.case, "limitation") or row.case.get_absolute_url()) for row in rows],
        "page": shown,
        "views": tabs(wanted, numbers),
        "whose": switch(wanted),
        "mine": wanted.mine,
        "now": clock.now(),
    }
    return page(request, "dashboard/limitations.html", context)


def _address(view: str, *, mine: bool) -> str:
    return "?" + urlencode({"whose": "mine" if mine else "all"} | ({"view": view} if view else {}))


def tabs(wanted: Wanted, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """全部, 已届满, 7/30/90/180 天内, 起算日待查, 已同意履行, each with its number."""
    return [
        {
            "label": label,
            "url": _address(view, mine=wanted.mine),
            "current": view == wanted.view,
            "count": numbers[view],
            "hot": view in ("expired", "7", "unknown"),
        }
        for view, label in VIEWS.items()
    ]


def switch(wanted: Wanted) -> list[dict[str, Any]]:
    """我的 and 全部门."""
    return [
        {"label": label, "url": _address(wanted.view, mine=mine), "current": mine == wanted.mine}
        for label, mine in (("我的", True), ("全部门", False))
    ]


@require_safe
@require(Permission.EXPORT)
@require(Permission.CASE_SEE)
def export(request: Request) -> HttpResponseBase:
    """导出时效风险: the view in force; taking it away is on record."""
    wanted, today = Wanted.of(request.GET, request.user), clock.today()
    numbers = counts(request.user, mine=wanted.mine, today=today)
    lines = [line(row) for row in Listed(request.user, wanted, numbers, today)[:]]
    record(request.user, Verb.EXPORT, "时效风险", detail=f"{len(lines)} 项", request=request)
    content = sheets.workbook("时效风险", HEADS, lines)
    return download(content, sheets.file_name("时效风险"), sheets.XLSX)


def line(row: Row) -> list[Any]:
    """One period as a row of the workbook, in the order of HEADS."""
    deadline = row.deadline
    return [
        row.case.official_number,
        row.case.code,
        row.people,
        row.kind,
        row.base_on,
        row.interrupted_on,
        deadline.due_on if deadline else None,
        (deadline.due_on - row.today).days if deadline else None,
        "待承办人确认" if row.is_provisional else "",
        row.unconfirmed or "",
        deadline.how_counted() if deadline else "起算日待查明",
        str(row.case.handler or ""),
    ]
