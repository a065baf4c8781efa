"""统计区间: inclusive on the screen, half-open inside, days of Asia/Shanghai."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.days import parse_day
from deadlines.arithmetic import add_months

DAY = timedelta(days=1)
EARLIEST = date(2000, 1, 1)
KINDS = {
    "rolling": "近十二个月",
    "month": "本月",
    "quarter": "本季",
    "year": "本年",
    "all": "全部",
    "custom": "自定义",
}


@dataclass(frozen=True)
class Period:
    """`first` and `last` are both counted; `end` is the first day that is not."""

    kind: str
    first: date
    last: date
    fault: str = ""

    @property
    def end(self) -> date:
        return self.last + DAY

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    @property
    def shown(self) -> str:
        """2025-11-24 至 2026-11-23; both days count."""
        return "全部日期" if self.kind == "all" else f"{self.first} 至 {self.last}"

    @property
    def query(self) -> dict[str, str]:
        """What a link carries so that the next page counts the same days."""
        if self.kind != "custom":
            return {"period": self.kind}
        return {"period": "custom", "from": self.first.isoformat(), "to": self.last.isoformat()}

    def covers(self, field: str) -> dict[str, date]:
        """A filter on a date column."""
        return {f"{field}__gte": self.first, f"{field}__lt": self.end}


def period_of(params: Mapping[str, str]) -> Period:
    """The period that a query string asks for; what cannot be read falls back to rolling, with the sentence."""
    today, kind = clock.today(), params.get("period", "rolling")
    if kind == "custom":
        return _custom(params, today)
    if kind not in KINDS:
        return _named("rolling", today, "统计区间不在列表里，已按近十二个月统计。")
    return _named(kind, today)


def _named(kind: str, today: date, fault: str = "") -> Period:
    quarter = 3 * ((today.month - 1) // 3) + 1
    first = {
        "rolling": add_months(today, -12) + DAY,
        "month": today.replace(day=1),
        "quarter": date(today.year, quarter, 1),
        "year": date(today.year, 1, 1),
        "all": EARLIEST,
    }[kind]
    last = {
        "month": today.replace(day=monthrange(today.year, today.month)[1]),
        "quarter": add_months(date(today.year, quarter, 1), 3) - DAY,
        "year": date(today.year, 12, 31),
        "all": date(2999, 12, 31),
    }.get(kind, today)
    return Period(kind, first, last, fault)


def _custom(params: Mapping[str, str], today: date) -> Period:
    try:
        first = parse_day(params.get("from", ""), noun="开始日期")
        last = parse_day(params.get("to", ""), noun="结束日期")
    except ValueError as error:
        return _named("rolling", today, f"{error}已按近十二个月统计。")
    if last < first:
        return _named(
            "rolling", today, f"结束日期（{last}）早于开始日期（{first}），请改其中一个。已按近十二个月统计。"
        )
    return Period("custom", first, last)
