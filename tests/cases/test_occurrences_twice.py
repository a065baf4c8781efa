"""The same event twice: a page that was left open must not start a second period. On real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases import clocks
from core.refusals import Refused
from tests.cases.court import days_ago, filed_case
from tests.cases.events import codes, record, reviewed_case
from tests.cases.traces import refused


@pytest.mark.parametrize(
    ("first", "second", "sentence"), [(3, 3, "已登记过"), (3, 2, "“劳动监察办结”已在计算")]
)
def test_a_second_one_is_asked_for(cast, first, second, sentence):
    case = reviewed_case(cast)
    record(case, "inspection_opened", days_ago(first))

    with refused(f"{sentence}.*请勾选“确实是另一次”"):
        record(case, "inspection_opened", days_ago(second))
    record(case, "inspection_opened", days_ago(second), again=True)

    assert codes(case).count("I1") == 2


def test_what_was_withdrawn_is_registered_again_without_asking(cast):
    case = reviewed_case(cast)
    one = record(case, "inspection_opened", days_ago(3))
    one.removed_at, one.removed_by, one.remove_reason = one.recorded_at, case.handler, "登记错了"
    one.save()
    for deadline in clocks.running(case, ["I1"]):
        clocks.cancel(deadline, by=case.handler, reason="登记错了")

    record(case, "inspection_opened", days_ago(3))


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_stale_pages_at_once_start_one_period(cast):
    case = filed_case(cast, "ordinary")
    gate = Barrier(3)

    def post(_):
        gate.wait()
        try:
            record(case, "copy_served", days_ago(5))
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(3) as pool:
        results = sorted(pool.map(post, range(3)), key=lambda result: result != "done")

    assert results[0] == "done"
    assert all("请勾选“确实是另一次”" in result for result in results[1:])
    assert (codes(case), case.occurrences.count()) == (["C3", "C5"], 1)
