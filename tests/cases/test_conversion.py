"""转为普通程序 (民诉解释258条): six months from the filing, what stopped stays stopped, and it can be taken back."""

from datetime import date, datetime

import pytest

from cases.models import Filing
from cases.occurrences import actions
from cases.occurrences.effects import effects_of
from core import clock
from core.refusals import Refused
from deadlines.models import Deadline
from tests.cases.court import file, fresh, judge, supported_case
from tests.cases.events import clock_of, codes, record

FILED = date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(datetime(2026, 11, 25, 15)):
        yield


def filed(cast, procedure="simplified"):
    case = supported_case(cast, days=100)
    file(case, cast.prosecutor, procedure=procedure, filed_on=FILED)
    return fresh(case)


def stopped(cast, procedure="simplified"):
    """An appraisal that is over (ten days), and a jurisdiction objection that is not."""
    case = filed(cast, procedure)
    record(case, "appraisal_began", date(2026, 9, 10))
    record(case, "appraisal_ended", date(2026, 9, 20))
    record(case, "jurisdiction_raised", date(2026, 11, 2))
    return case


@pytest.mark.parametrize(("procedure", "code"), [("simplified", "C6"), ("small_claims", "C7")])
def test_six_months_from_the_filing_with_the_pauses_as_they_were(cast, procedure, code):
    case = stopped(cast, procedure)
    foreseen = effects_of(case, "converted", date(2026, 11, 20))

    one = record(case, "converted", date(2026, 11, 20))

    longer, shorter = clock_of(case, "C5"), clock_of(case, code)
    assert (longer.starts_on, longer.due_on) == (FILED, date(2027, 3, 10))  # 02-28 and ten days
    assert (longer.paused_on, longer.paused_days) == (date(2026, 11, 2), 10)
    assert foreseen.begin[0].due_on == longer.due_on
    assert (shorter.met_on, shorter.cancel_reason) == (None, f"转为普通程序（事件 {one.pk}）")
    assert Filing.objects.get(case=case).procedure == "ordinary"
    record(case, "jurisdiction_settled", date(2026, 11, 22))
    assert clock_of(case, "C5").due_on == date(2027, 3, 30)


def test_taken_back_the_shorter_period_runs_on_with_what_has_happened_since(cast):
    case = stopped(cast)
    one = record(case, "converted", date(2026, 11, 20))
    record(case, "jurisdiction_settled", date(2026, 11, 22))

    actions.withdraw(case, occurrence=one, reason="登记到了别的案件", by=cast.prosecutor)

    shorter = clock_of(case, "C6")
    assert codes(case) == ["C2", "C6"]
    assert (shorter.paused_on, shorter.due_on) == (None, date(2026, 12, 30))  # 11-30 and thirty days
    assert Filing.objects.get(case=case).procedure == "simplified"
    assert Deadline.objects.filter(term__code="C5", cancelled_at__isnull=False).count() == 1


def test_service_by_announcement_needs_the_conversion_first(cast):
    case = filed(cast)

    with pytest.raises(Refused, match="简易程序不适用公告送达（民诉解释第140条）"):
        record(case, "announced", date(2026, 11, 18))
    one = record(case, "converted", date(2026, 11, 17))
    record(case, "announced", date(2026, 11, 18))

    with pytest.raises(Refused, match="请先撤销那一件"):
        actions.withdraw(case, occurrence=one, reason="x", by=cast.prosecutor)


def test_only_what_is_tried_in_a_shorter_procedure_and_before_its_judgment_is_served(cast):
    with pytest.raises(Refused, match="本案按普通程序审理"):
        record(filed(cast, "ordinary"), "converted", date(2026, 11, 20))
    case = filed(cast, "small_claims")
    judge(case, cast.prosecutor, made_on=date(2026, 11, 10), last_served_on=None)

    with pytest.raises(Refused, match="晚于裁判日期"):
        record(case, "converted", date(2026, 11, 20))
    record(case, "converted", date(2026, 11, 2))
    assert "C5" not in codes(case)  # judged: only the name was another one


def test_after_the_judgment_was_served_nothing_is_converted(cast):
    case = filed(cast)
    judge(case, cast.prosecutor, made_on=date(2026, 11, 10), last_served_on=date(2026, 11, 12))

    with pytest.raises(Refused, match="裁判已经送达或者生效"):
        record(case, "converted", date(2026, 11, 2))
