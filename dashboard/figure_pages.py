"""追薪成效: the figures of a period, their parts, and what each of them means."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from core import clock
from core.http import page
from core.money import yuan
from dashboard import breakdowns
from dashboard.asked import Asked
from dashboard.figures import FIGURES, ZERO
from deadlines.models import Deadline

# the figures beside the largest one, each with a word about what it counts
KPIS = {
    "recovered_workers": "同一人只计一次",
    "accepted_cases": "按受理日期",
    "supported_cases": "按决定日期",
    "open_cases": "按现在统计",
}
WARNED = 5


@require_safe
@require(Permission.FIGURES_SEE)
def figures(request: Request) -> HttpResponse:
    """追薪成效. A period that cannot be read is said so, and the default one is counted."""
    asked = Asked(request)
    context = {
        "asked": asked,
        "now": clock.now(),
        "hero": hero(asked),
        "kpis": [kpi(asked, name) for name in KPIS],
        "overdue": kpi(asked, "overdue"),
        "warned": warned(asked),
        "months": breakdowns.months(asked),
        "sources": breakdowns.sources(asked),
        "places": breakdowns.places(asked),
        "funnel": breakdowns.funnel(asked),
        "figures": FIGURES.values(),
    }
    return page(request, "dashboard/figures.html", context)


def kpi(asked: Asked, name: str) -> dict[str, Any]:
    """One figure for components/kpi.html, a link to its rows."""
    figure = FIGURES[name]
    value = figure.count(asked.scope)
    return {
        "name": name,
        "label": figure.label,
        "unit": figure.unit,
        "value": f"{value:.2f}" if figure.is_money else value,
        "shown": yuan(value) if figure.is_money else f"{value:,}",
        "url": asked.drill(name),
        "note": KPIS.get(name, ""),
    }


def hero(asked: Asked) -> dict[str, Any]:
    """追回欠薪, with the share that came in of the cases accepted in the same period."""
    claimed, got = breakdowns.share_of_accepted(asked.scope)
    percent = int(100 * got / claimed) if claimed else 0
    note = (
        f"受理案件涉案 {yuan(claimed)} 元，到账率 {percent}%，未到账 {yuan(max(claimed - got, ZERO))} 元"
        if claimed
        else "区间内没有受理案件"
    )
    return kpi(asked, "recovered_amount") | {"note": note, "percent": max(0, min(100, percent))}


def warned(asked: Asked) -> list[Deadline]:
    """期限预警: what is late or within its warning days, nearest first."""
    rows = Deadline.objects.running().filter(**asked.scope.of("organisation"), warn_on__lte=clock.today())
    return list(rows.select_related("responsible").by_clock()[:WARNED])
