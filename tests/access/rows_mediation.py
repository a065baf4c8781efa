"""Mediations: the office's own, and to a mediator what was given to them."""

from tests.access.matrix import ALL_OFFICES, MEDIATORS, OFFICE, REST, Row
from tests.cases.factories import case_of_office
from tests.mediation.factories import running

MINE = (*OFFICE, "mediator")
READS = [(200, MINE), (404, REST)]
WORKS = [(422, MINE), (404, REST)]


def given(cast):
    return {"pk": running(cast, by_body=True).pk}


def a_case(cast):
    return {"code": case_of_office(cast, reviewed=True).code}


ROWS = [
    Row("mediation:list", get=[(200, (*ALL_OFFICES, *MEDIATORS)), (403, REST)]),
    Row("mediation:detail", given, get=READS),
    Row("mediation:session", given, get=READS, post=WORKS),
    Row("mediation:agreement", given, get=READS, post=WORKS),
    Row("mediation:failure", given, get=READS, post=WORKS),
    Row("mediation:confirmation", given, get=READS, post=WORKS),
    Row("mediation:case", a_case, get=[(200, OFFICE), (404, REST)], post=[(422, OFFICE), (404, REST)]),
]
