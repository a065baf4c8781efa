"""What a lead consists of: plain values, checked by form and grid, stored at submission."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from cases.intake.facts import WorkerFacts
from cases.models import Respondent, Source
from referrals.models import Referral


@dataclass(frozen=True)
class ReferralFacts:
    """线索内容. `received_on` empty means today (a partner's submission)."""

    employer_name: str
    workers: list[WorkerFacts] = field(default_factory=list)
    contact_name: str = ""
    contact_phone: str = ""
    unit_number: str = ""
    industry: str = ""
    prior_handling: str = ""
    employer_kind: str = "company"
    employer_uscc: str = ""
    employer_legal_representative: str = ""
    employer_address: str = ""
    employer_phone: str = ""
    employer_position: str = Respondent.Position.EMPLOYER
    project_name: str = ""
    project_place: str = ""
    region_code: str = ""
    worked_from: date | None = None
    worked_to: date | None = None
    wage_standard: str = ""
    facts: str = ""
    request: str = ""
    is_year_end: bool = False
    is_group: bool = False
    is_extreme: bool = False
    no_material_reason: str = ""
    is_consented: bool = False
    source: str = Source.OTHER
    received_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of `Referral` that are filled as they stand here."""
        return {name: getattr(self, name) for name in COLUMNS}

    @property
    def total(self) -> Decimal:
        """欠薪合计 in yuan."""
        return sum((worker.owed for worker in self.workers), Decimal("0.00"))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


COLUMNS = tuple(each.name for each in fields(ReferralFacts) if each.name not in {"workers", "received_on"})


def facts_of(referral: Referral) -> ReferralFacts:
    """The lead as it was last submitted, as the facts of a new submission."""
    workers = [
        WorkerFacts(**{each.name: getattr(worker, each.name) for each in fields(WorkerFacts)})
        for worker in referral.workers.all()
    ]
    columns = {name: getattr(referral, name) for name in COLUMNS}
    return ReferralFacts(**columns, workers=workers, received_on=referral.received_on)
