"""登记送达."""

from tests.access.matrix import OFFICE, REST, Row
from tests.cases.factories import case_of_office


def a_case(cast):
    return {"code": case_of_office(cast, review=True).code}


ROWS = [Row("cases:service", a_case, get=[(200, OFFICE), (404, REST)], post=[(422, OFFICE), (404, REST)])]
