"""回款台账: the entries of the office as rows, with filters and sums by channel. The page belongs to the dashboard."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from cases.models import Recovery

STATES: dict[str, Q] = {
    "waiting": Q(verified_at=None, returned_at=None),
    "verified": Q(verified_at__isnull=False),
    "returned": Q(returned_at__isnull=False),
    "reversal": Q(reverses__isnull=False),
}
STATE_LABELS = [("waiting", "待核对"), ("verified", "已核对"), ("returned", "已退回"), ("reversal", "冲正")]


@dataclass(frozen=True)
class Wanted:
    """Filters of the ledger; days are those of `paid_on`, both inclusive. Empty means no limit."""

    since: date | None = None
    until: date | None = None
    channel: str = ""
    state: str = ""
    handler: int | None = None
    text: str = ""


@dataclass(frozen=True)
class ChannelSum:
    """合计 of one channel: verified yuan, and how many entries they are."""

    channel: str
    label: str
    entries: int
    amount: Decimal


def with_people(recoveries: QuerySet[Recovery]) -> QuerySet[Recovery]:
    """Each row with who entered, verified and returned it, its proof, and `.workers`, the number of allocations."""
    people = ("recorded_by", "verified_by", "returned_by", "proof", "reverses")
    return recoveries.select_related(*people).annotate(workers=Count("allocations"))


def rows(user: User, wanted: Wanted) -> QuerySet[Recovery]:
    """The entries this user may see, newest payment first, narrowed to what is wanted."""
    found = with_people(Recovery.objects.visible_to(user)).select_related("case__handler")
    if wanted.since:
        found = found.filter(paid_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(paid_on__lte=wanted.until)
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.handler:
        found = found.filter(case__handler=wanted.handler)
    if wanted.text:
        words = wanted.text
        found = found.filter(
            Q(case__official_number__icontains=words)
            | Q(case__code__icontains=words)
            | Q(case__title__icontains=words)
            | Q(payer__icontains=words)
        )
    return found.filter(STATES.get(wanted.state, Q()))


def sums_by_channel(found: QuerySet[Recovery]) -> list[ChannelSum]:
    """合计 by channel of the verified rows, in the order of the list of channels (yuan). Reversals subtract."""
    keys = Recovery.objects.filter(pk__in=found.order_by().values("pk")).verified()
    grouped = {
        row["channel"]: row
        for row in keys.order_by().values("channel").annotate(entries=Count("pk"), total=Sum("amount"))
    }
    return [
        ChannelSum(value, label, grouped[value]["entries"], grouped[value]["total"])
        for value, label in Recovery.Channel.choices
        if value in grouped
    ]


def total(found: QuerySet[Recovery]) -> Decimal:
    """已核对合计 (yuan)."""
    return sum((each.amount for each in sums_by_channel(found)), Decimal("0.00"))
