"""登记送达: papers issued here, and the list of those from outside."""

import uuid

from cases.service import actions
from tests.access.matrix import OFFICE, REST, Row
from tests.cases.factories import case_of_office, picture
from tests.cases.serving import accepted, people_of, post, sign

# another prosecutor and the chief get the reason why
HELPERS = ("prosecutor", "assistant", "clerk", "head")
ASKS = [(422, OFFICE), (404, REST)]
DOES = [(302, HELPERS), (422, ("prosecutor2", "chief")), (404, REST)]
SEES = [(200, OFFICE), (404, REST)]


def a_case(cast):
    return {"code": case_of_office(cast, review=True).code}


def a_paper(cast):
    case, document = accepted(cast)
    return {"code": case.code, "pk": document.pk}


def an_addressee(cast):
    case, document = accepted(cast)
    return {"code": case.code, "pk": document.pk, "to": people_of(document)[0].pk}


def a_way(cast):
    return an_addressee(cast) | {"way": "post"}


def a_try(cast):
    case, document = accepted(cast)
    row = post(case, document, people_of(document)[0], by=cast.clerk)
    return {"code": case.code, "pk": document.pk, "one": row.pk}


def a_result(cast):
    return a_try(cast) | {"result": "signed"}


def a_file(cast):
    case, document = accepted(cast)
    row = sign(case, document, people_of(document)[0], by=cast.clerk)
    actions.attach(case, document, one=row.pk, scan=picture("回证.png"), by=cast.clerk)
    row.refresh_from_db()
    return {"code": case.code, "pk": document.pk, "key": row.receipt_id}


def no_file(cast):
    return a_file(cast) | {"key": uuid.uuid4()}


ROWS = [
    Row("cases:service", a_case, get=SEES, post=ASKS),
    Row("cases:paper_service", a_paper, get=SEES, post=405),
    Row("cases:service_list", a_paper, get=405, post=DOES),
    Row("cases:service_add", a_paper, get=SEES, post=ASKS),
    Row("cases:service_out", an_addressee, get=SEES, post=ASKS),
    Row("cases:service_receipt", an_addressee, get=405, post=DOES),
    Row("cases:service_send", a_way, get=SEES, post=ASKS),
    Row("cases:service_void", a_try, get=SEES, post=ASKS),
    Row("cases:service_scan", a_try, get=SEES, post=ASKS),
    Row("cases:service_result", a_result, get=SEES, post=ASKS),
    Row("cases:service_file", a_file, get=SEES, post=405),
    Row("cases:service_file", no_file, get=404, post=405),
]
