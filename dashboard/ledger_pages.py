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
from dashboard import ledger, sheets

ON_A_PAGE = 50
HEADS = [
    *["到账日期", "案号", "内部编号", "申请人", "金额（元）", "渠道", "付款人", "状态", "冲正"],
    *["登记人", "登记时间", "核对人", "核对时间", "凭证说明"],
]


@require_safe
@require(Permission.CASE_SEE)
def entries(request: Request) -> HttpResponse:
    """回款台账 of the office: filtered, with sums by channel under it."""
    form = ledger.LedgerFilter(request.GET)
    sums, counts = ledger.summary(request.user, form.wanted)
    chosen = Paginator(ledger.rows(request.user, form.wanted), ON_A_PAGE)
    chosen.count = counts[form.wanted.state or "all"]
    shown = chosen.get_page(request.GET.get("page"))
    rows = ledger.dress(list(shown.object_list))
    for recovery in rows:
        recovery.url = page_of(recovery.case, "money") or recovery.case.get_absolute_url()
    context = {
        "form": form,
        "views": tabs(request, form.wanted.state, counts),
        "page": shown,
        "rows": rows,
        "sums": sums,
        "now": clock.now(),
    }
    return page(request, "dashboard/ledger.html", context)


def tabs(request: Request, state: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """全部, 待核对, 已核对, 已退回, 冲正; the other conditions travel along."""
    kept = {name: value for name, value in request.GET.items() if value and name not in ("state", "page")}
    return [
        {
            "label": label,
            "url": "?" + urlencode(kept | ({"state": code} if code else {})),
            "current": code == state,
            "count": counts[code or "all"],
            "hot": code == "waiting",
        }
        for code, label in ledger.VIEWS.items()
    ]


@require_safe
@require(Permission.EXPORT)
@require(Permission.CASE_SEE)
def export(request: Request) -> HttpResponseBase:
    """导出回款台账: the filtered entries; taking them away is on record."""
    form = ledger.LedgerFilter(request.GET)
    lines = [line(recovery) for recovery in ledger.dress(list(ledger.rows(request.user, form.wanted)))]
    record(request.user, Verb.EXPORT, "回款台账", detail=f"{len(lines)} 笔", request=request)
    content = sheets.workbook("回款台账", HEADS, lines)
    return download(content, sheets.file_name("回款台账"), sheets.XLSX)


def line(recovery: Any) -> list[Any]:
    """One entry as a row of the workbook, in the order of HEADS."""
    return [
        recovery.paid_on,
        recovery.case.official_number,
        recovery.case.code,
        recovery.people,
        recovery.amount,
        recovery.get_channel_display(),
        recovery.payer,
        recovery.state_name,
        "冲正" if recovery.reverses_id else "",
        str(recovery.recorded_by),
        sheets.moment(recovery.recorded_at),
        str(recovery.verified_by or ""),
        sheets.moment(recovery.verified_at),
        recovery.proof_note,
    ]
