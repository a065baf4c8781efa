"""Find or make the office's one row for a person, company or project, so that nobody is entered twice."""

from typing import Any

from accounts.models import Organisation
from cases.intake.facts import PersonFacts, RespondentFacts
from cases.models import Company, IdType, Person, Project
from core import identity
from core.crypto import blind_index
from core.refusals import Refused


def person_for(office: Organisation, facts: PersonFacts) -> Person:
    """自然人 of this office by ID number (blind index); a person without one is always a new row."""
    index = blind_index("person.id", facts.id_number) if facts.id_number else None
    known = (
        Person.objects.select_for_update().filter(organisation=office, id_index=index).first()
        if index
        else None
    )
    if known is not None:
        if known.name != facts.name:
            raise Refused(
                f"这个证件号码在本院登记的是 {known.name}，与 {facts.name} 不一致。请核对姓名和号码。"
            )
        return _fill(known, facts)
    person = Person(
        organisation=office,
        name=facts.name,
        id_type=facts.id_type,
        id_number=facts.id_number,
        id_index=index,
        phone=facts.phone,
        phone_index=blind_index("person.phone", facts.phone) if facts.phone else None,
        bank_account=facts.bank_account,
        bank_name=facts.bank_name,
        address=facts.address,
        ethnicity=facts.ethnicity,
    )
    _derive(person)
    person.save()
    return person


def _derive(person: Person) -> None:
    """Birth date and sex follow from the number of a resident's card; other papers leave them as they are."""
    if person.id_number and person.id_type == IdType.RESIDENT:
        person.born_on = identity.birth_date(person.id_number)
        person.sex = identity.sex(person.id_number)


def rewrite(person: Person, facts: dict[str, Any]) -> Person:
    """Correct what is known of a person; indexes, birth date and sex follow the numbers."""
    for name, value in facts.items():
        setattr(person, name, value)
    person.id_index = blind_index("person.id", person.id_number) if person.id_number else None
    person.phone_index = blind_index("person.phone", person.phone) if person.phone else None
    _derive(person)
    person.version += 1
    person.save()
    return person


def _fill(person: Person, facts: PersonFacts) -> Person:
    """Add what the office did not know yet; never overwrite what it does."""
    changed = []
    for name in ("phone", "bank_account", "bank_name", "address", "ethnicity"):
        if getattr(facts, name) and not getattr(person, name):
            setattr(person, name, getattr(facts, name))
            changed.append(name)
    if "phone" in changed:
        person.phone_index = blind_index("person.phone", facts.phone)
        changed.append("phone_index")
    if changed:
        person.save(update_fields=changed)
    return person


def company_for(office: Organisation, facts: RespondentFacts) -> Company:
    """单位 of this office by 统一社会信用代码, else by name."""
    key = {"uscc": facts.uscc} if facts.uscc else {"uscc": "", "name": facts.name}
    company, _ = Company.objects.get_or_create(
        organisation=office,
        **key,
        defaults={
            "name": facts.name,
            "legal_representative": facts.legal_representative,
            "address": facts.address,
            "phone": facts.phone,
        },
    )
    return _complete(company, facts)


def _complete(company: Company, facts: RespondentFacts) -> Company:
    """As `_fill`, for a company."""
    names = ("legal_representative", "address", "phone")
    changed = [name for name in names if getattr(facts, name) and not getattr(company, name)]
    for name in changed:
        setattr(company, name, getattr(facts, name))
    if changed:
        company.save(update_fields=changed)
    return company


def project_for(office: Organisation, name: str, place: str, region_code: str) -> Project | None:
    if not name:
        return None
    project, _ = Project.objects.get_or_create(
        organisation=office, name=name, place=place, defaults={"region_code": region_code}
    )
    return project
