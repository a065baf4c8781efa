"""The list, its export, the page of one case and its log; the desk."""

from tests.access.matrix import ALL_OFFICES, OFFICE, REST, Row
from tests.cases.factories import case_of_office


def a_case(cast):
    return {"code": case_of_office(cast, review=True).code}


def an_application(cast):
    return {"code": case_of_office(cast).code}


staff = [(200, ALL_OFFICES), (403, REST)]
own_office = [(200, OFFICE), (404, REST)]

ROWS = [
    Row("cases:list", get=staff, post=[(302, ALL_OFFICES), (403, REST)], query="view=all&q=王"),
    Row("cases:export", get=staff, query="view=all"),
    Row("cases:detail", a_case, get=own_office),
    Row("cases:detail", an_application, get=own_office),
    Row("cases:log", a_case, get=own_office),
    Row("dashboard:desk", get=staff),
]
