"""Registration, acceptance, claimants and respondents of a case."""

from tests.access.matrix import HANDLERS, OFFICE, REST, Row
from tests.cases.factories import (
    CaseFactory,
    ClaimantFactory,
    PersonFactory,
    RespondentFactory,
    case_of_office,
)
from tests.tripwire import CANARY

READS = [(200, OFFICE), (404, REST)]
# the policy's sentence, or the form with its errors; nobody of the office is told less than the other
WORKS = [(422, OFFICE), (404, REST)]
HANDLER_AND_CLERK = ("prosecutor", "clerk")


def an_application(cast):
    return {"code": CaseFactory(handler=cast.prosecutor).code}


def a_case(cast):
    return {"code": case_of_office(cast, review=True).code}


def _canary(office):
    numbers = {"id_number": CANARY.id_number, "phone": CANARY.phone, "bank_account": CANARY.bank_card}
    return PersonFactory(organisation=office, name=CANARY.name, address=CANARY.address, **numbers)


def a_claimant(cast):
    case = case_of_office(cast, review=True)
    return {"code": case.code, "pk": ClaimantFactory(case=case, person=_canary(cast.office)).pk}


def a_case_with_canary(cast):
    return {"code": a_claimant(cast)["code"]}


def a_phone(cast):
    return a_claimant(cast) | {"field": "phone"}


def a_bank_account(cast):
    return a_claimant(cast) | {"field": "bank_account"}


def a_field_that_is_not_secret(cast):
    return a_claimant(cast) | {"field": "name"}


def somebody_of_another_case(cast):
    return {"code": case_of_office(cast, review=True).code, "pk": a_claimant(cast)["pk"]}


def a_respondent(cast):
    case = case_of_office(cast, review=True)
    return {"code": case.code, "pk": case.respondents.get().pk}


def a_foreman(cast):
    case = case_of_office(cast, review=True)
    person = RespondentFactory(case=case, company=None, person=_canary(cast.office), position="foreman")
    return {"code": case.code, "pk": person.pk}


def a_foremans_number(cast):
    return a_foreman(cast) | {"field": "id_number"}


BANK = [(200, HANDLER_AND_CLERK), (403, OFFICE), (404, REST)]
BANK_POST = [(422, HANDLER_AND_CLERK), (403, OFFICE), (404, REST)]
NOWHERE = 404

ROWS = [
    Row(
        "cases:new",
        get=[(200, (*HANDLERS, "other", "other_head")), (403, REST)],
        post=[(422, (*HANDLERS, "other", "other_head")), (403, REST)],
    ),
    Row("cases:acceptance", an_application, get=READS),
    Row("cases:acceptance", a_case, get=READS),
    *(
        Row(f"cases:{name}", make, get=READS, post=WORKS)
        for name in ("examination", "accept", "reject", "supplement", "assign", "transfer")
        for make in (an_application, a_case)
    ),
    Row("cases:claims", a_case_with_canary, get=READS),
    Row("cases:claim_new", a_case, get=READS, post=WORKS),
    Row("cases:claim", a_claimant, get=READS, post=WORKS),
    Row("cases:claim", somebody_of_another_case, get=NOWHERE, post=NOWHERE),
    Row("cases:claim_person", a_claimant, get=READS, post=WORKS),
    Row("cases:claim_items", a_claimant, get=READS, post=WORKS),
    Row("cases:claim_consent", a_claimant, get=READS, post=WORKS),
    Row("cases:consents", a_case, get=READS, post=WORKS),
    Row("cases:claim_withdraw", a_claimant, get=READS, post=WORKS),
    Row("cases:claim_reveal", a_phone, get=READS, post=WORKS),
    Row("cases:claim_reveal", a_bank_account, get=BANK, post=BANK_POST),
    Row("cases:claim_reveal", a_field_that_is_not_secret, get=NOWHERE, post=NOWHERE),
    Row("cases:respondent_new", a_case, get=READS, post=WORKS),
    Row("cases:respondent", a_respondent, get=READS, post=WORKS),
    Row("cases:respondent", a_foreman, get=READS, post=WORKS),
    Row("cases:respondent_person", a_respondent, get=NOWHERE, post=NOWHERE),
    Row("cases:respondent_person", a_foreman, get=READS, post=WORKS),
    Row("cases:respondent_reveal", a_foremans_number, get=READS, post=WORKS),
]
