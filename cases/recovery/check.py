"""台账核验: what constraints and triggers should have kept out, looked for afterwards. Rows are named by key only."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from cases.models import Allocation, Recovery
from cases.recovery.balance import YUAN

SHARES = Coalesce(Sum("allocations__amount"), Decimal("0.00"), output_field=YUAN)
FLAWS: list[tuple[str, Q]] = [
    ("单位与案件的承办院不一致", ~Q(organisation=F("case__organisation"))),
    ("登记人核对了自己的登记", Q(verified_by=F("recorded_by"))),
    ("核对人与核对时间不齐", Q(verified_by=None) ^ Q(verified_at=None)),
    ("既已核对又已退回", Q(verified_at__isnull=False, returned_at__isnull=False)),
    ("冲正的金额与原登记不相抵", Q(reverses__isnull=False) & ~Q(amount=-F("reverses__amount"))),
    ("冲正与原登记不在同一案件", Q(reverses__isnull=False) & ~Q(case=F("reverses__case"))),
    ("冲正了未核对的登记", Q(reverses__isnull=False, reverses__verified_at=None)),
    ("冲正了冲正分录", Q(reverses__reverses__isnull=False)),
]
STRAYS: list[tuple[str, Q]] = [
    ("的人员与申请人不一致", ~Q(person=F("claimant__person"))),
    ("的申请人不属于该案", ~Q(claimant__case=F("recovery__case"))),
]


def findings() -> Iterator[str]:
    """One sentence for every row that is wrong; none when the ledger is whole."""
    for row in Recovery.objects.annotate(shares=SHARES).exclude(shares=F("amount")).order_by("pk"):
        yield f"到账 {row.pk} 分配合计与金额不一致。"
    for flaw, condition in FLAWS:
        for key in _keys(Recovery.objects.filter(condition)):
            yield f"到账 {key} {flaw}。"
    for flaw, condition in STRAYS:
        for key in _keys(Allocation.objects.filter(condition)):
            yield f"分配 {key} {flaw}。"
    yield from _pairs()


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _pairs() -> Iterator[str]:
    """A reversal takes back every share of its entry; of reversals that stand there is one at most."""
    seen: dict[int | None, int] = {}
    counters = Recovery.objects.filter(reverses__isnull=False, returned_at=None).order_by("pk")
    for counter in counters.prefetch_related("allocations", "reverses__allocations"):
        if _shares(counter) != _shares(counter.reverses, sign=-1):
            yield f"到账 {counter.pk} 冲正的分配与原登记不相抵。"
        first = seen.setdefault(counter.reverses_id, counter.pk)
        if first != counter.pk:
            yield f"到账 {counter.pk} 与到账 {first} 重复冲正。"


def _shares(recovery: Recovery | None, sign: int = 1) -> dict[int, Decimal]:
    if recovery is None:
        return {}
    return {share.claimant_id: sign * share.amount for share in recovery.allocations.all()}
