"""分解: the same rows as the figures, parted by month and channel, by source, by place, by step."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth

from cases.models import Case, Decision, Recovery, Source
from cases.totals import claimant_count, owed_now, recovered
from core.money import yuan
from dashboard.asked import NO_PLACE, Asked
from dashboard.figures import Scope, accepted, accepted_with_claims, allocations, paid_persons
from deadlines.arithmetic import add_months
from referrals.models import Referral, ReferralWorker

SHADES = 5
COLOURS = {
    "pre_suit_settlement": "ch2",
    "voluntary": "ch4",
    "after_judgment": "ch1",
    "enforced": "ch3",
    "wage_deposit": "ch6",
    "emergency_fund": "ch5",
    "contractor_advance": "ch4",
}
MOST_PLACES = 8
TEN_THOUSAND = Decimal(10000)


def months(asked: Asked) -> dict[str, Any]:
    """每月到账 by channel (yuan) for components/chart.html; a month outside the rows is shown as nothing."""
    rows = (
        allocations(asked.scope).order_by().values("recovery__channel", month=TruncMonth("recovery__paid_on"))
    )
    sums: dict[date, dict[str, Decimal]] = defaultdict(dict)
    for row in rows.annotate(total=Sum("amount")):
        sums[row["month"]][row["recovery__channel"]] = row["total"]
    axis = list(_months_of(asked, sums))
    channels = [code for code in Recovery.Channel.values if any(code in sums[month] for month in axis)]
    links = [_month_url(asked, month) for month in axis]
    return {
        "kind": "stacked",
        "unit": "元",
        "axis": "月份",
        "summary": _spoken(sums),
        "labels": [f"{month:%y-%m}" for month in axis],
        "series": [
            {
                "name": Recovery.Channel(code).label,
                "data": [str(sums[month].get(code, 0)) for month in axis],
                "color": COLOURS[code],
            }
            for code in channels
        ]
        or [{"name": "到账", "data": ["0" for _ in axis], "color": "ch1"}],
        "hrefs": links,
        "rows": [
            {
                "label": f"{month:%Y-%m}",
                "url": url,
                "values": [yuan(sums[month].get(code, Decimal())) for code in channels] or ["0.00"],
            }
            for month, url in zip(axis, links, strict=True)
        ],
    }


def _spoken(sums: dict[date, dict[str, Decimal]]) -> str:
    """The chart in one sentence, for the ear."""
    whole = {month: sum(parts.values(), Decimal()) for month, parts in sums.items()}
    if not whole:
        return "每月到账金额柱状图，区间内没有到账"
    most = max(whole, key=lambda month: whole[month])
    total = sum(whole.values(), Decimal())
    return f"每月到账金额堆叠柱状图，合计 {yuan(total)} 元，{most:%Y-%m} 最高，{yuan(whole[most])} 元"


def _months_of(asked: Asked, sums: dict[date, Any]) -> Iterator[date]:
    """Every month of the period; of an open-ended one, those from the first to the last with money."""
    first, last = asked.period.first, asked.period.last
    if asked.period.kind == "all":
        if not sums:
            return
        first, last = min(sums), max(sums)
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def _month_url(asked: Asked, month: date) -> str:
    first = max(month, asked.period.first)
    last = min(add_months(month, 1) - timedelta(days=1), asked.period.last)
    days = {"from": first.isoformat(), "to": last.isoformat()}
    return asked.drill("recovered_amount", period="custom", **days)


def sources(asked: Asked) -> dict[str, Any]:
    """受理案件 by 线索来源, most first, for components/chart.html."""
    rows = accepted(asked.scope).order_by().values("source").annotate(n=Count("pk")).order_by("-n", "source")
    found = [(Source(row["source"]).label, row["n"], row["source"]) for row in rows]
    links = [asked.drill("accepted_cases", source=code) for _, _, code in found]
    return {
        "kind": "bars",
        "unit": "件",
        "axis": "来源",
        "summary": "线索来源条形图："
        + ("，".join(f"{label} {n} 件" for label, n, _ in found) or "没有受理案件"),
        "labels": [label for label, _, _ in found],
        "series": [{"name": "受理案件（件）", "data": [n for _, n, _ in found]}],
        "hrefs": links,
        "rows": [
            {"label": label, "url": url, "values": [n]}
            for (label, n, _), url in zip(found, links, strict=True)
        ],
    }


def places(asked: Asked) -> list[dict[str, Any]]:
    """涉案金额 of the accepted cases by place of the project (yuan), with a shade from 1 to 5; the rest in one."""
    rows = accepted_with_claims(asked.scope).order_by().values(at=Coalesce("project__place", Value("")))
    found = [(row["at"] or NO_PLACE, row["total"]) for row in rows.annotate(total=Sum("claimed_total"))]
    found.sort(key=lambda one: (-one[1], one[0]))
    most = max((total for _, total in found), default=Decimal())
    tiles = [
        _tile(label, total, most, asked.drill("claimed_amount", place=label))
        for label, total in found[:MOST_PLACES]
    ]
    if rest := found[MOST_PLACES:]:
        total = sum((total for _, total in rest), Decimal())
        tiles.append(_tile(f"其他 {len(rest)} 处", total, most, asked.drill("claimed_amount")))
    return tiles


def _tile(label: str, total: Decimal, most: Decimal, url: str) -> dict[str, Any]:
    shade = min(SHADES, max(1, int(-(-SHADES * total // most)))) if most else 1
    shown = f"{total / TEN_THOUSAND:.1f} 万" if total >= TEN_THOUSAND else f"{yuan(total)} 元"
    return {"label": label, "shown": shown, "shade": shade, "url": url}


@dataclass(frozen=True)
class Step:
    """One line of 办理漏斗. `figure` names the figure of the contract that its amount is."""

    label: str
    cases: int
    people: int
    amount: Decimal
    url: str = ""
    figure: str = ""


def funnel(asked: Asked) -> list[Step]:
    """办理漏斗: 件, 人, 元 of each step, each by its own day in the period; steps need not hold the same cases."""
    scope = asked.scope
    came, taken = _came(scope), _sums(accepted_with_claims(scope), "claimed_total")
    agreed = Q(outcome="terminate", ground__in=["settled", "performed"])
    decided = Decision.objects.filter(
        Q(outcome="support") | agreed, **scope.of("case__organisation"), **scope.period.covers("decided_on")
    ).aggregate(n=Count("pk"), people=Sum("claimant_count"), amount=Sum("claimed_amount"))
    paid = allocations(scope).aggregate(n=Count("recovery__case", distinct=True), amount=Sum("amount"))
    return [
        came,
        Step("受理", *taken, url=asked.drill("claimed_amount"), figure="claimed_amount"),
        Step("支持起诉 / 和解", decided["n"], decided["people"] or 0, decided["amount"] or Decimal()),
        Step(
            "实际到账",
            paid["n"],
            paid_persons(scope).count(),
            paid["amount"] or Decimal(),
            url=asked.drill("recovered_amount"),
        ),
    ]


def _sums(cases: QuerySet[Case], column: str) -> tuple[int, int, Decimal]:
    found = cases.annotate(people=claimant_count()).aggregate(n=Count("pk"), p=Sum("people"), a=Sum(column))
    return found["n"], found["p"] or 0, found["a"] or Decimal()


def _came(scope: Scope) -> Step:
    """移送、申请: cases received in the period, and leads received that became no case."""
    received = scope.of("organisation") | scope.period.covers("received_on")
    cases = _sums(Case.objects.filter(**received).annotate(owed_total=owed_now()), "owed_total")
    leads = Referral.objects.submitted().filter(case=None, **received)
    workers = ReferralWorker.objects.filter(referral__in=leads).aggregate(n=Count("pk"), amount=Sum("owed"))
    return Step(
        "移送 / 申请",
        cases[0] + leads.count(),
        cases[1] + workers["n"],
        cases[2] + (workers["amount"] or Decimal()),
    )


def share_of_accepted(scope: Scope) -> tuple[Decimal, Decimal]:
    """涉案 and 已到账 (ever) of the cases accepted in the period, yuan: one cohort, so the share means something."""
    found = (
        accepted_with_claims(scope).annotate(got=recovered()).aggregate(a=Sum("claimed_total"), b=Sum("got"))
    )
    return found["a"] or Decimal(), found["b"] or Decimal()
