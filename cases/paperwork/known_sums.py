"""案件要素, the sums of each worker: what is owed, agreed, awarded and paid."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property

from cases.models import Allocation, Case, Claimant, Recovery
from cases.paperwork.known_court import KnownInCourt
from cases.paperwork.reading import awarded, worker
from cases.paperwork.rows import Worker
from cases.paperwork.rows_after import Agreed, Awarded, Debt, Payment, Reachable, Share

AgreementReader = Callable[[Case], Agreed | None]


class KnownSums(KnownInCourt):
    """Sums by worker, in yuan; never split by us (trap 6)."""

    @cached_property
    def _claimants(self) -> list[Claimant]:
        found = self.case.claimants.standing().select_related("person").prefetch_related("items")
        return list(found.order_by("pk"))

    @property
    def debts(self) -> tuple[Debt, ...]:
        return tuple(Debt(name=each.person.name, owed=_owed(each)) for each in self._claimants)

    @property
    def reachable(self) -> tuple[Reachable, ...]:
        return tuple(
            Reachable(name=each.person.name, owed=_owed(each), phone=each.person.phone)
            for each in self._claimants
        )

    # 和解

    @cached_property
    def _agreed(self) -> Agreed | None:
        """和解 that was agreed: the app above keeps it, and hands it down here (`agreement_from`)."""
        return _read_agreement(self.case) if _read_agreement else None

    @property
    def shares(self) -> tuple[Share, ...]:
        return self._agreed.shares if self._agreed else ()

    @property
    def agreed_on(self) -> date | None:
        return self._agreed.made_on if self._agreed else None

    @property
    def agreed_performance(self) -> str:
        return self._agreed.performance if self._agreed else ""

    @property
    def agreed_breach(self) -> str:
        return self._agreed.breach if self._agreed else ""

    @property
    def mediation_body(self) -> str:
        return self._agreed.body if self._agreed else ""

    @property
    def mediator(self) -> str:
        return self._agreed.mediator if self._agreed else ""

    # 裁判确认

    @cached_property
    def _unpaid(self) -> list[tuple[Claimant, Awarded]]:
        """By the newest judgment, whoever still waits for money; what was paid before it is in its sum already."""
        if self._judgment is None:
            return []
        received: dict[int, Decimal] = defaultdict(Decimal)
        since = self.case.recoveries.verified().filter(paid_on__gte=self._judgment.made_on)
        for share in Allocation.objects.filter(recovery__in=since):
            received[share.claimant_id] += share.amount
        found = self._judgment.awards.select_related("claimant__person").order_by("claimant_id")
        return [
            (each.claimant, awarded(each, received[each.claimant_id]))
            for each in found.prefetch_related("claimant__items")
            if each.amount > received[each.claimant_id]
        ]

    @property
    def unpaid_awards(self) -> tuple[Awarded, ...]:
        return tuple(awarded for _, awarded in self._unpaid)

    @property
    def unpaid_workers(self) -> tuple[Worker, ...]:
        return tuple(worker(claimant) for claimant, _ in self._unpaid)

    @property
    def judgment_kind(self) -> str:
        """民事判决书, 民事调解书, 民事裁定书."""
        kind = self._judgment.get_kind_display() if self._judgment else ""
        return f"民事{kind.removesuffix('书')}书" if kind else ""

    @property
    def performance_due_on(self) -> date | None:
        return self._judgment.performance_due_on if self._judgment else None

    # 到账

    @property
    def payments(self) -> tuple[Payment, ...]:
        """Verified and not taken back by a counter-entry."""
        back = Recovery.objects.verified().filter(case=self.case, reverses__isnull=False).values("reverses")
        found = self.case.recoveries.verified().filter(reverses=None).exclude(pk__in=back)
        return tuple(
            Payment(
                name=share.person.name,
                paid_on=entry.paid_on,
                channel=entry.get_channel_display(),
                payer=entry.payer,
                amount=share.amount,
            )
            for entry in found.prefetch_related("allocations__person").order_by("paid_on", "pk")
            for share in entry.allocations.all()
        )


def _owed(claimant: Claimant) -> Decimal:
    return sum((item.owed for item in claimant.items.all()), Decimal(0))


_read_agreement: AgreementReader | None = None


def agreement_from(reader: AgreementReader) -> None:
    """`mediation`, which is above `cases`, says here how the agreement of a case is read."""
    global _read_agreement
    _read_agreement = reader
