"""Review and evidence of a case."""

from tests.access.matrix import OFFICE, REST, Row
from tests.cases.factories import (
    ArbitrationFactory,
    EvidenceFactory,
    EvidenceFileFactory,
    case_of_office,
)

READS = [(200, OFFICE), (404, REST)]
WORKS = [(422, OFFICE), (404, REST)]
NOWHERE = 404


def a_case(cast):
    return {"code": case_of_office(cast, reviewed=True).code}


def an_application(cast):
    return {"code": case_of_office(cast).code}


def a_pending_arbitration(cast):
    arbitration = ArbitrationFactory(case=case_of_office(cast, reviewed=True))
    return {"code": arbitration.case.code, "pk": arbitration.pk}


def an_item(cast):
    item = EvidenceFactory(case=case_of_office(cast, reviewed=True))
    return {"code": item.case.code, "pk": item.pk}


def an_item_of_another_case(cast):
    return {"code": case_of_office(cast).code, "pk": an_item(cast)["pk"]}


def a_file(cast):
    file = EvidenceFileFactory(evidence__case=case_of_office(cast, reviewed=True))
    return {"code": file.evidence.case.code, "key": file.attachment_id}


def a_file_of_another_case(cast):
    return {"code": case_of_office(cast).code, "key": a_file(cast)["key"]}


PARTS = ("track", "limitation", "interruption", "opinions", "checklist", "inquiries", "arbitration", "iou")

ROWS = [
    Row("cases:review", a_case, get=READS),
    Row("cases:review", an_application, get=READS),
    *(Row(f"cases:review_{part}", a_case, get=READS, post=WORKS) for part in PARTS),
    Row("cases:review_arbitration_result", a_pending_arbitration, get=READS, post=WORKS),
    Row("cases:evidence", a_case, get=READS),
    Row("cases:evidence_new", a_case, get=READS, post=WORKS),
    Row("cases:evidence_item", an_item, get=READS, post=WORKS),
    Row("cases:evidence_item", an_item_of_another_case, get=NOWHERE, post=NOWHERE),
    Row("cases:evidence_files", an_item, get=READS, post=WORKS),
    Row("cases:evidence_remove", an_item, get=READS, post=WORKS),
    Row("cases:evidence_file", a_file, get=READS),
    Row("cases:evidence_file", a_file_of_another_case, get=NOWHERE),
]
