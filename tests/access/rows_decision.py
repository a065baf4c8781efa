"""Decision, approval, suspension and papers of a case."""

from datetime import timedelta

from cases.models import Suspension
from core import clock
from documents import papers
from tests.access.matrix import HANDLERS, OFFICE, REST, Row
from tests.cases.deciding import letter_of, submitted, supportable

READS = [(200, OFFICE), (404, REST)]
# the chief decides and does not work on cases; everybody else of the office gets the form back with its sentences
WORKS = [(422, HANDLERS), (403, "chief"), (404, REST)]


def a_case(cast):
    return {"code": supportable(cast).code}


def a_waiting_case(cast):
    return {"code": submitted(cast).case.code}


def a_suspended_case(cast):
    case = supportable(cast)
    Suspension.objects.create(
        case=case,
        ground="mediation",
        reason="调解中",
        starts_on=clock.today() - timedelta(days=1),
        recorded_by=cast.chief,
    )
    return {"code": case.code}


def a_draft(cast):
    case = supportable(cast)
    return {"code": case.code, "pk": letter_of(case).pk}


def an_issued_letter(cast):
    case = supportable(cast)
    letter = letter_of(case)
    papers.issue(
        letter,
        number=case.official_number,
        issued_on=clock.today(),
        by=cast.chief,
        approved_hash=letter.latest.content_hash,
    )
    return {"code": case.code, "pk": letter.pk}


ROWS = [
    Row("cases:decision", a_case, get=READS, post=WORKS),
    Row("cases:approval", a_case, get=READS, post=[(422, OFFICE), (404, REST)]),
    Row("cases:approval", a_waiting_case, get=READS, post=[(422, OFFICE), (404, REST)]),
    Row(
        "cases:approval",
        a_waiting_case,
        get=READS,
        post=[(302, "prosecutor"), (422, OFFICE), (404, REST)],
        data={"act": "cancel"},
    ),
    Row("cases:suspension", a_case, get=READS, post=WORKS),
    Row("cases:suspension", a_suspended_case, get=READS, post=WORKS),
    Row("cases:documents", a_case, get=READS, post=405),
    Row("cases:document", a_draft, get=READS, post=WORKS),
    Row("cases:document_pdf", a_draft, get=404),
    Row("cases:document_pdf", an_issued_letter, get=READS),
    Row("cases:document_status", a_draft, get=404),
    Row("cases:document_status", an_issued_letter, get=READS),
]
