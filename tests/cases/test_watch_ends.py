"""What the office no longer watches once it has said no, in the transaction of its decision."""

import pytest

from cases import clocks
from cases.intake import actions as intake
from cases.workflow import Matter
from core import clock
from deadlines.models import Deadline
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import AcceptanceReviewFactory, case_of_office
from tests.cases.watching import based_on


def still_open(case) -> set[str]:
    found = Deadline.objects.open().filter(case_link__case=case)
    return {deadline.rule["code"] for deadline in found}


def with_others_clocks(cast, case):
    """Limitation, a labour inspection that runs, and what the parties agreed."""
    based_on(case, 100, by=cast.prosecutor)
    for code in ("I1", "M1"):
        clocks.start(case, code, on=clock.today(), by=cast.prosecutor)
    return case


@pytest.mark.parametrize(
    ("matter", "ground", "left"),
    [(Matter.DECLINE, "facts", {"P7"}), (Matter.TERMINATE, "settled", {"P7", "I1", "M1"})],
)
def test_a_decision_ends_the_watch_and_leaves_what_is_still_followed(cast, matter, ground, left):
    case = with_others_clocks(cast, case_of_office(cast, reviewed=True))

    case = agree_all(cast, submitted(cast, matter, case, ground=ground))

    assert still_open(case) == left
    assert case.limitations.get().deadline.cancel_reason == f"本院{matter.label}"


def test_a_refused_application_ends_the_watch_of_what_others_do(cast):
    case = with_others_clocks(cast, case_of_office(cast))
    AcceptanceReviewFactory(case=case)

    intake.reject(case, ground="able", advice="可自行起诉。", decided_on=clock.today(), by=cast.head)

    assert still_open(case) == set()
