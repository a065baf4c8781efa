"""What is needed to register an application: plain values, checked by the form or copied from a referral once."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.models import Organisation
from cases.causes import Category
from cases.models import ClaimItem, IdType, Respondent, Source


@dataclass(frozen=True)
class PersonFacts:
    """自然人. `id_number` is normalised (18 digits, X) or empty when other papers identify the person."""

    name: str
    id_number: str = ""
    id_type: str = IdType.RESIDENT
    phone: str = ""
    bank_account: str = ""
    bank_name: str = ""
    address: str = ""
    ethnicity: str = ""


@dataclass(frozen=True)
class WorkerFacts:
    """务工人员: one row of the grid. `owed` is yuan; `id_number` normalised or, in staff leads, empty."""

    name: str
    owed: Decimal = Decimal("0.00")
    id_number: str = ""
    phone: str = ""
    job: str = ""
    worked_from: date | None = None
    worked_to: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class ClaimantFacts:
    """申请人 with one first claim item: 应付 `due` and 已付 `paid` in yuan; owed is their difference.

    Where `due` is 0 nothing of value is claimed yet, and there is no item.
    """

    person: PersonFacts
    due: Decimal
    kind: str = ClaimItem.Kind.UNPAID_WAGE
    paid: Decimal = Decimal("0.00")
    job: str = ""
    worked_from: date | None = None
    worked_to: date | None = None
    wage_standard: str = ""
    weakness: str = ""
    remark: str = ""
    consented_on: date | None = None


@dataclass(frozen=True)
class RespondentFacts:
    """被申请人: a company (`is_company`) or a natural person."""

    name: str
    is_company: bool = True
    uscc: str = ""
    id_number: str = ""
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    position: str = Respondent.Position.EMPLOYER
    above: Respondent | None = None
    link: str = ""
    liability_basis: str = ""
    is_defendant: bool = True


@dataclass(frozen=True)
class CaseFacts:
    """申请登记: where it came from, what it is about."""

    received_on: date
    source: str = Source.WALK_IN
    source_unit: Organisation | None = None
    source_number: str = ""
    category: str = Category.WAGES
    cause: str = ""
    project_name: str = ""
    project_place: str = ""
    region_code: str = ""
    facts: str = ""
    request: str = ""
    intended_court: str = ""
    green_channel: bool = False
    claimants: list[ClaimantFacts] = field(default_factory=list)
    respondents: list[RespondentFacts] = field(default_factory=list)
