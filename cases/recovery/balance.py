"""每名申请人的应付、确认、已到账、未到账 of one case, in one query each; and the proportional proposal."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cases.models import Allocation, Award, Case, Claimant, ClaimItem
from cases.totals import confirmed, unverified, with_totals
from core.money import yuan

FEN = Decimal("0.01")
YUAN = DecimalField(max_digits=14, decimal_places=2)


def _sum(rows: QuerySet, field: str) -> Coalesce:
    grouped = rows.order_by().values("claimant").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(grouped, output_field=YUAN), Value(Decimal("0.00"), output_field=YUAN))


def with_balance(case: Case) -> QuerySet[Claimant]:
    """Claimants of the case with `.owed`, `.awarded`, `.received` (verified) and `.waiting` (entered, open), yuan.

    A reversal that waits frees nothing yet: it may still be returned.
    """
    mine = {"claimant": OuterRef("pk")}
    latest = Award.objects.filter(**mine).exclude(
        judgment__instance=1, judgment__filing__judgments__instance=2
    )
    counted = Allocation.objects.filter(**mine, recovery__returned_at=None)
    return case.claimants.select_related("person").annotate(
        owed=_sum(ClaimItem.objects.filter(**mine), "owed"),
        awarded=_sum(latest, "amount"),
        received=_sum(counted.filter(recovery__verified_at__isnull=False), "amount"),
        waiting=_sum(counted.filter(recovery__verified_at=None, amount__gt=0), "amount"),
    )


def unpaid(claimant: Claimant, judged: bool) -> Decimal:
    """未到账 of a claimant of `with_balance`: what the court confirmed once it has judged, else the claim (yuan)."""
    due = claimant.awarded if judged else claimant.owed  # type: ignore[attr-defined]
    return max(due - claimant.received, Decimal("0.00"))  # type: ignore[attr-defined]


def limit(claimant: Claimant) -> Decimal:
    """What may still be entered for a claimant of `with_balance` without a word of explanation."""
    return max(claimant.owed, claimant.awarded) - claimant.received - claimant.waiting  # type: ignore[attr-defined]


def excesses(claimants: Iterable[Claimant], shares: dict[int, Decimal]) -> list[str]:
    """Sentences for those who would get more than is owed or awarded to them."""
    found = []
    for claimant in claimants:
        over = shares.get(claimant.pk, Decimal()) - limit(claimant)
        if claimant.pk in shares and over > 0:
            found.append(f"{claimant} 超出应得 {yuan(over)} 元")
    return found


@dataclass(frozen=True)
class Share:
    """One line of a proportional proposal; `rounded` says that this line carries a fen of the rounding."""

    claimant: Claimant
    amount: Decimal
    rounded: bool


def in_proportion(amount: Decimal, claimants: Iterable[Claimant]) -> list[Share]:
    """按比例分配 by what each still has to get; largest remainders carry the rounding, visibly. Only a proposal."""
    open_sums = {claimant: limit(claimant) for claimant in claimants if not claimant.withdrawn_on}
    open_sums = {claimant: left for claimant, left in open_sums.items() if left > 0}
    whole = sum(open_sums.values(), Decimal())
    if not whole:
        return []
    exact = {claimant: amount * left / whole for claimant, left in open_sums.items()}
    down = {claimant: value.quantize(FEN, ROUND_DOWN) for claimant, value in exact.items()}
    missing = int((amount - sum(down.values(), Decimal())) / FEN)
    carriers = sorted(exact, key=lambda one: exact[one] - down[one], reverse=True)[:missing]
    shares = [Share(one, down[one] + (FEN if one in carriers else 0), one in carriers) for one in exact]
    return [share for share in shares if share.amount]


def figures(case: Case) -> list[tuple[str, Decimal, str]]:
    """应付、判决调解确认、已到账、未到账 of a case, each with a note, as components/money.html takes them (yuan)."""
    sums = (
        with_totals(Case.objects.filter(pk=case.pk))
        .annotate(confirmed_total=confirmed(), waiting_total=unverified())
        .values("claimed_total", "confirmed_total", "recovered_total", "waiting_total")
        .get()
    )
    base = sums["confirmed_total"] or sums["claimed_total"]
    waits = f"另有 {yuan(sums['waiting_total'])} 待核对" if sums["waiting_total"] else ""
    return [
        ("应付", sums["claimed_total"], ""),
        ("判决、调解确认", sums["confirmed_total"], ""),
        ("已到账", sums["recovered_total"], waits),
        ("未到账", max(base - sums["recovered_total"], Decimal("0.00")), ""),
    ]
