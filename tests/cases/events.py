"""Cases in which each event of the table can happen, and the events themselves; walked by the real verbs."""

from datetime import date, datetime

from cases import clocks
from cases.filing import actions as court
from cases.models import Case
from cases.occurrences import actions
from cases.occurrences.kinds import ENFORCED, IN_COURT, IN_REVIEW, KINDS, SUPPORTED
from cases.review import actions as review
from core import clock
from deadlines.models import Deadline
from tests.cases.court import days_ago, enforced_case, filed_case, fresh, judge, supported_case
from tests.cases.factories import ArbitrationFactory, case_of_office

BOARD = "集宁区劳动人事争议仲裁委员会"


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, datetime.min.time().replace(hour=hour), tzinfo=clock.SHANGHAI)


def record(case, kind, on, by=None, **more):
    """登记事件 by the handler; events of hours at ten o'clock."""
    hour = {"at": at(on)} if KINDS[kind].needs_hour else {}
    return actions.record(case, kind=kind, on=on, by=by or case.handler, **(hour | more))


def reviewed_case(cast, **fields) -> Case:
    """In review, with the two clocks of the review running."""
    dates = {"received_on": days_ago(15), "accepted_on": days_ago(12)}
    case = case_of_office(cast, review=True, **(dates | fields))
    for code in clocks.REVIEW_CLOCKS:
        clocks.start(case, code, on=case.accepted_on, by=cast.prosecutor, rests_on="accepted_on")
    return case


def case_for(cast, kind) -> Case:
    """A case in which this event can happen."""
    row = KINDS[kind]
    if row.needs == "simple":
        return filed_case(cast)
    if row.needs == "appeal":
        case = filed_case(cast, "ordinary")
        judge(case, cast.prosecutor)
        court.appeal(case, party="被告", filed_on=clock.today(), by=cast.prosecutor)
        return fresh(case)
    makers = {SUPPORTED: supported_case, IN_COURT: lambda cast: filed_case(cast, "ordinary")}
    makers |= {ENFORCED: enforced_case, IN_REVIEW: reviewed_case}
    case = makers.get(row.stages, reviewed_case)(cast)
    if row.needs == "pending_arbitration":
        applied(case, clock.today())
    elif row.needs:
        ArbitrationFactory(case=case, result="award", result_on=clock.today(), is_final=True)
    return fresh(case)


def applied(case, on, **fields):
    """登记劳动仲裁, pending unless told."""
    return review.record_arbitration(
        case, board=BOARD, applied_on=on, by=case.handler, **({"result": "pending"} | fields)
    )


def clock_of(case, code) -> Deadline:
    """The one clock of this code, open or over."""
    return Deadline.objects.get(clocks.of_case(case), term__code=code)


def codes(case) -> list[str]:
    """Open clocks of the case by code, in order."""
    return sorted(one.rule["code"] for one in clocks.everything(case))
