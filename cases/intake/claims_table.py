"""The claim table of a case: one line per worker. A fixed number of queries, however many workers."""

from dataclasses import dataclass
from decimal import Decimal

from cases.models import Case, Claimant, ClaimItem, Consent

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One claimant with the sums of their items (yuan) and their latest word on the application."""

    claimant: Claimant
    items: list[ClaimItem]
    consents: list[Consent]

    @property
    def due(self) -> Decimal:
        return sum((item.due for item in self.items), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((item.paid for item in self.items), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum((item.owed for item in self.items), ZERO)

    @property
    def consent(self) -> Consent | None:
        return self.consents[-1] if self.consents else None

    @property
    def is_willing(self) -> bool:
        return self.consent is not None and self.consent.kind != Consent.Kind.REVOKED


@dataclass(frozen=True)
class Table:
    """Everybody, and the sums of those who have not withdrawn."""

    lines: list[Line]

    @property
    def standing(self) -> list[Line]:
        return [line for line in self.lines if line.claimant.withdrawn_on is None]

    @property
    def due(self) -> Decimal:
        return sum((line.due for line in self.standing), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.standing), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum((line.owed for line in self.standing), ZERO)

    @property
    def silent(self) -> int:
        """How many have not said, or no longer say, that they apply of their own will."""
        return sum(not line.is_willing for line in self.standing)


def table_of(case: Case) -> Table:
    """The table: representatives first, the withdrawn last."""
    found = case.claimants.select_related("person").prefetch_related("items", "consents")
    ordered = sorted(found, key=lambda one: (one.withdrawn_on is not None, not one.is_representative, one.pk))
    return Table([line_of(claimant) for claimant in ordered])


def line_of(claimant: Claimant) -> Line:
    return Line(claimant, list(claimant.items.all()), list(claimant.consents.all()))
