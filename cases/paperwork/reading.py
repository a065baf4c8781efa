"""Rows of the case as rows of papers (当事人、证据 → 文书)."""

from datetime import date
from decimal import Decimal

from cases.models import Award, Claimant, ClaimItem, Evidence, Respondent
from cases.paperwork.rows import Party, Proof, Worker
from cases.paperwork.rows_after import Awarded


def worker(claimant: Claimant) -> Worker:
    """申请人 with the sums of all items, in yuan."""
    person, items = claimant.person, list(claimant.items.all())
    return Worker(
        name=person.name,
        sex=person.sex,
        born=person.born_on,
        ethnicity=person.ethnicity,
        address=person.address,
        id_number=person.id_number,
        phone=person.phone,
        job=claimant.job,
        period=period_of(claimant, items),
        wage_standard=claimant.wage_standard,
        due=sum((item.due for item in items), Decimal(0)),
        paid=sum((item.paid for item in items), Decimal(0)),
        owed=sum((item.owed for item in items), Decimal(0)),
        is_representative=claimant.is_representative,
    )


def period_of(claimant: Claimant, items: list[ClaimItem]) -> str:
    """2025年4月至2025年11月, over all items; the time of work when they have none."""
    starts = [item.period_from for item in items if item.period_from]
    ends = [item.period_to for item in items if item.period_to]
    first, last = min(starts, default=claimant.worked_from), max(ends, default=claimant.worked_to)
    return f"{_month(first)}至{_month(last)}" if first and last else ""


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def party(respondent: Respondent) -> Party:
    """被申请人, company or person."""
    position = respondent.get_position_display()
    if company := respondent.company:
        return Party(
            name=company.name,
            address=company.address,
            uscc=company.uscc,
            representative=company.legal_representative,
            position=position,
            phone=company.phone,
        )
    person = respondent.person
    assert person is not None  # constraint respondent_is_one_kind
    return Party(
        name=person.name,
        is_company=False,
        address=person.address,
        position=position,
        sex=person.sex,
        born=person.born_on,
        ethnicity=person.ethnicity,
        id_number=person.id_number,
        phone=person.phone,
    )


def proof(evidence: Evidence) -> Proof:
    """One line of the 证据目录."""
    return Proof(
        name=evidence.name,
        form=evidence.get_form_display(),
        original="已核对原件" if evidence.original_seen else "复印件",
        pages=str(evidence.pages or ""),
        origin=evidence.get_origin_display(),
        proves=evidence.proves,
        whose=evidence.claimant.person.name if evidence.claimant else "",
    )


def awarded(award: Award, received: Decimal) -> Awarded:
    """裁判确认 of one worker beside what has come since, in yuan."""
    person = award.claimant.person
    return Awarded(
        name=person.name,
        awarded=award.amount,
        received=received,
        bank=person.bank_name,
        account=person.bank_account,
    )
