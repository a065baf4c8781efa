"""时效: the watch of a case, and the risk list of the department."""

from cases.limitation import watching
from tests.access.matrix import ALL_OFFICES, OFFICE, REST, Row
from tests.cases.factories import (
    LimitationEventFactory,
    LimitationFactory,
    OccurrenceFactory,
    case_of_office,
)
from tests.cases.watching import expired

READS = [(200, OFFICE), (404, REST)]
WORKS = [(422, OFFICE), (404, REST)]


def a_case(cast):
    return {"code": case_of_office(cast, reviewed=True).code}


def a_limitation(cast):
    row = LimitationFactory(case=case_of_office(cast, reviewed=True))
    return {"code": row.case.code, "pk": row.pk}


def a_limitation_of_another_case(cast):
    return {"code": case_of_office(cast).code, "pk": a_limitation(cast)["pk"]}


def an_expired_one(cast):
    row = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    return {"code": row.case.code, "pk": row.pk}


def an_event(cast, **facts):
    event = LimitationEventFactory(case=case_of_office(cast, reviewed=True), **facts)
    return {"code": event.case.code, "pk": event.pk}


def an_obstacle(cast):
    return an_event(cast, kind="obstacle")


def an_event_of_another_case(cast):
    return {"code": case_of_office(cast).code, "pk": an_event(cast)["pk"]}


def a_hint(cast):
    case = case_of_office(cast, reviewed=True)
    watching.watch(case, by=cast.prosecutor)
    one = OccurrenceFactory(case=case, kind="inspection_told")
    return {"code": case.code, "source": f"occurrence-{one.pk}"}


SEES = [(200, ALL_OFFICES), (403, REST)]

ROWS = [
    Row("cases:limitation", a_case, get=READS),
    Row("cases:limitation_event_new", a_case, get=READS, post=WORKS),
    Row(
        "cases:limitation_confirm",
        an_event,
        post=[(302, ("prosecutor", "head")), (422, OFFICE), (404, REST)],
    ),
    Row("cases:limitation_confirm", an_event_of_another_case, post=404),
    Row("cases:limitation_void", an_event, get=READS, post=WORKS),
    Row("cases:limitation_void", an_event_of_another_case, get=404, post=404),
    Row("cases:limitation_lift", an_obstacle, get=READS, post=WORKS),
    Row("cases:limitation_lift", an_event_of_another_case, get=404, post=404),
    Row("cases:limitation_hint", a_hint, post=WORKS),
    Row("cases:limitation_hint_dismiss", a_hint, get=READS, post=WORKS),
    Row("cases:limitation_base", a_limitation, get=READS, post=WORKS),
    Row("cases:limitation_base", a_limitation_of_another_case, get=404, post=404),
    Row("cases:limitation_acknowledge", an_expired_one, get=READS, post=WORKS),
    Row("dashboard:limitations", get=SEES),
    Row("dashboard:limitations_export", get=SEES),
]
