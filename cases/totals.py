"""Sums of a case, computed by the database: the same expressions feed list, case page, export and dashboard."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cases.models import Allocation, Award, Case, Claimant, ClaimItem

YUAN: Any = DecimalField(max_digits=14, decimal_places=2)
ZERO = Value(Decimal("0.00"), output_field=YUAN)


def _sum(rows: QuerySet[Any], by: str, field: str) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(grouped, output_field=YUAN), ZERO)


def owed_now() -> Coalesce:
    """Σ owed of claimants not withdrawn, as the claim table stands now (yuan)."""
    rows = ClaimItem.objects.filter(claimant__case=OuterRef("pk"), claimant__withdrawn_on=None)
    return _sum(rows, "claimant__case", "owed")


def claimed() -> Coalesce:
    """涉案金额 (figure `claimed_amount`): frozen at decision, current before it (yuan)."""
    return Coalesce("decision__claimed_amount", owed_now(), output_field=YUAN)


def confirmed() -> Coalesce:
    """判决、调解确认金额: awards of the latest instance of the case (yuan)."""
    latest = Award.objects.filter(judgment__filing__case=OuterRef("pk"), claimant__withdrawn_on=None).exclude(
        judgment__instance=1, judgment__filing__judgments__instance=2
    )
    return _sum(latest, "judgment__filing__case", "amount")


def recovered() -> Coalesce:
    """已到账: Σ allocations of verified recoveries (yuan)."""
    rows = Allocation.objects.filter(recovery__case=OuterRef("pk"), recovery__verified_at__isnull=False)
    return _sum(rows, "recovery__case", "amount")


def unverified() -> Coalesce:
    """待核对: entered, neither verified nor returned (yuan)."""
    rows = Allocation.objects.filter(
        recovery__case=OuterRef("pk"), recovery__verified_at=None, recovery__returned_at=None
    )
    return _sum(rows, "recovery__case", "amount")


def claimant_count() -> Coalesce:
    rows = Claimant.objects.filter(case=OuterRef("pk"), withdrawn_on=None).order_by().values("case")
    counted = rows.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def with_totals(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each case with `.claimed_total`, `.recovered_total`, `.claimants_total`."""
    return cases.annotate(
        claimed_total=claimed(), recovered_total=recovered(), claimants_total=claimant_count()
    )
