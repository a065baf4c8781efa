"""法院、执行、办结、归档: the office sees, the office's handlers act, everybody else finds nothing."""

from cases.models import Hearing
from tests.access.matrix import OFFICE, REST, Row
from tests.cases.court import closed_case, days_ago, enforced_case, filed_case, judged_case, supported_case
from tests.cast import Cast

SEEN = [(200, OFFICE), (404, REST)]
EMPTY = [(422, OFFICE), (404, REST)]


def _code(case):
    return {"code": case.code}


def supported(cast: Cast):
    return _code(supported_case(cast))


def filed(cast: Cast):
    return _code(filed_case(cast))


def judged(cast: Cast):
    return _code(judged_case(cast))


def enforced(cast: Cast):
    return _code(enforced_case(cast))


def closed(cast: Cast):
    return _code(closed_case(cast))


def hearing(cast: Cast):
    case = filed_case(cast)
    filing = case.filings.get()
    held = Hearing.objects.create(
        filing=filing,
        held_at=f"{days_ago(9)}T09:30:00+08:00",
        place="第三审判庭",
        recorded_by=cast.prosecutor,
    )
    return _code(case) | {"pk": held.pk}


ROWS = [
    Row("cases:filing", judged, get=SEEN, post=405),
    Row("cases:filing_new", supported, get=SEEN, post=EMPTY),
    Row("cases:court_refusal", supported, get=SEEN, post=EMPTY),
    Row("cases:refusal_end", supported, get=SEEN, post=EMPTY),
    Row("cases:hearing_new", filed, get=SEEN, post=EMPTY),
    Row("cases:hearing", hearing, get=SEEN, post=EMPTY),
    Row("cases:judgment", filed, get=SEEN, post=EMPTY),
    Row("cases:judgment_served", judged, get=SEEN, post=EMPTY),
    Row("cases:appeal", judged, get=SEEN, post=EMPTY),
    Row("cases:effective", judged, get=SEEN, post=EMPTY),
    Row("cases:court_ended", judged, get=SEEN, post=EMPTY),
    Row("cases:enforcement", enforced, get=SEEN, post=EMPTY),
    Row("cases:follow_up", enforced, get=SEEN, post=EMPTY),
    Row("cases:closing", enforced, get=SEEN, post=EMPTY),
    Row("cases:archiving", closed, get=SEEN, post=EMPTY),
]
