"""案件期限、程序事件、更正日期: the office sees, its handlers act, everybody else finds nothing."""

from cases.occurrences.actions import extend
from tests.access.matrix import OFFICE, REST, Row
from tests.cases.court import days_ago, filed_case
from tests.cases.events import clock_of, record, reviewed_case
from tests.cast import Cast

SEEN = [(200, OFFICE), (404, REST)]
EMPTY = [(422, OFFICE), (404, REST)]


def case(cast: Cast):
    return {"code": reviewed_case(cast).code}


def with_event(cast: Cast):
    made = reviewed_case(cast)
    return {"code": made.code, "pk": record(made, "court_proposed", days_ago(2)).pk}


def with_clock(cast: Cast):
    made = reviewed_case(cast)
    record(made, "court_proposed", days_ago(2))
    return {"code": made.code, "pk": clock_of(made, "P13").pk}


def with_extension(cast: Cast):
    made = filed_case(cast, "ordinary")
    deadline = extend(made, deadline=clock_of(made, "C5"), reason="院长批准", by=cast.prosecutor)
    return {"code": made.code, "pk": deadline.pk, "extension": deadline.extensions.get().pk}


def stated(cast: Cast):
    return {"code": reviewed_case(cast).code, "key": "received_on"}


ROWS = [
    Row("cases:clocks", case, get=SEEN, post=405),
    Row("cases:clock_event", case, get=SEEN, post=EMPTY),
    Row("cases:clock_event_withdrawal", with_event, get=SEEN, post=EMPTY),
    Row("cases:clock_completion", with_clock, get=SEEN, post=EMPTY),
    Row("cases:clock_extension", with_clock, get=SEEN, post=EMPTY),
    Row("cases:clock_extension_withdrawal", with_extension, get=SEEN, post=EMPTY),
    Row("cases:corrections", case, get=SEEN, post=405),
    Row("cases:correction", stated, get=SEEN, post=EMPTY),
]
