"""法院立案与不予受理 (S13): the filing, its numbers, its clock; the refusal and the end after it."""

import pytest

from cases import clocks
from cases.enforcement import actions as following
from cases.filing import actions, policy
from cases.models import Announcement, Closure, FilingNumber
from cases.workflow import Stage
from core import clock
from tests.cases.court import COURT, NUMBER, days_ago, file, filed_case, fresh, judged_case, supported_case
from tests.cases.factories import ClaimantFactory, case_of_office
from tests.cases.traces import locks_first, refused


def refuse(case, by, **fields):
    facts = {"court": COURT, "refused_on": days_ago(50), "reason": "应先仲裁", "next_step": "申请劳动仲裁"}
    return actions.court_refuses(case, by=by, **(facts | fields))


@pytest.mark.parametrize(
    ("procedure", "code", "due"),
    [
        ("ordinary", "C5", "2027-01-15"),
        ("simplified", "C6", "2026-10-15"),
        ("small_claims", "C7", "2026-09-15"),
    ],
)
def test_filing_starts_the_trial_period_of_its_procedure(cast, procedure, code, due):
    case = supported_case(cast, days=200)

    file(case, cast.prosecutor, procedure=procedure, filed_on=clock.today().replace(2026, 7, 15))

    found = [(d.term.code, str(d.due_on)) for d in clocks.running(case)]
    assert found == [("C2", "2026-07-20"), (code, due)]
    assert fresh(case).stage == Stage.FILED


def test_filing_is_announced_after_commit(cast, django_capture_on_commit_callbacks):
    case = supported_case(cast)

    with django_capture_on_commit_callbacks() as told:
        file(case, cast.prosecutor)

    assert len(told) == 1
    assert Announcement.objects.get(event__case=case).event.note == NUMBER


def test_filing_locks_the_case_before_it_looks(cast):
    case = supported_case(cast)

    with locks_first():
        file(case, cast.prosecutor)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"filed_on": days_ago(-1)}, "立案日期 .* 还没到"),
        ({"filed_on": days_ago(61)}, "立案日期早于支持起诉决定日期"),
    ],
)
def test_a_filing_on_an_impossible_day_is_refused(cast, fields, sentence):
    case = supported_case(cast)

    with refused(sentence):
        file(case, cast.prosecutor, **fields)


@pytest.mark.parametrize("stage", ["review", "filed", "enforcement", "closed"])
def test_filing_at_another_stage_is_refused(cast, stage):
    case = case_of_office(cast, **{stage: True})

    with refused("不能登记法院立案"):
        file(case, cast.prosecutor)


def test_one_number_for_each_claimant(cast):
    case = supported_case(cast)
    first, second = case.claimants.order_by("pk")
    numbers = {first: NUMBER, second: "（2026）内0902民初124号"}

    file(case, cast.prosecutor, numbers=numbers)

    assert FilingNumber.objects.count() == 2


def test_a_number_for_some_only_or_twice_or_for_strangers_is_refused(cast):
    case, foreign = supported_case(cast), ClaimantFactory()
    first, second = case.claimants.select_related("person").order_by("pk")

    with refused(f"还没填法院案号：{second}"):
        file(case, cast.prosecutor, numbers={first: NUMBER})
    with refused("案号有重复"):
        file(case, cast.prosecutor, numbers={first: NUMBER, second: NUMBER})
    with refused("不属于本案"):
        file(case, cast.prosecutor, numbers={first: NUMBER, second: "甲", foreign: "乙"})


@pytest.mark.parametrize("who", ["prosecutor2", "chief", "other"])
def test_people_who_do_not_handle_the_case_are_refused(cast, who):
    case = supported_case(cast)

    with refused("承办|办案人员"):
        file(case, getattr(cast, who))


def test_a_refusal_by_the_court_takes_the_case_back_and_ends_the_filing(cast):
    case = filed_case(cast)

    refuse(case, cast.prosecutor)

    case = fresh(case)
    assert (case.stage, policy.current_filing(case)) == (Stage.SUPPORTED, None)
    assert case.filings.get().ended_on == days_ago(50)
    assert clocks.running(case) == []


def test_after_a_refusal_the_case_may_be_filed_anew_or_ended(cast):
    case = supported_case(cast)
    with refused("还没登记法院不予受理"):
        following.end_after_refusal(case, closed_on=clock.today(), note="无其他途径", by=cast.prosecutor)
    refuse(case, cast.prosecutor)
    assert policy.why_not_file(fresh(case), cast.prosecutor) == ""

    following.end_after_refusal(case, closed_on=clock.today(), note="无其他途径", by=cast.prosecutor)

    case = fresh(case)
    assert (case.stage, case.closed_on) == (Stage.CLOSED, clock.today())
    assert case.closure.result == Closure.Result.REFUSED


def test_refused_again_after_a_second_filing(cast):
    case = filed_case(cast)
    refuse(case, cast.prosecutor)
    file(case, cast.prosecutor, filed_on=days_ago(40))

    refuse(case, cast.prosecutor, refused_on=days_ago(35))

    assert case.filings.filter(ended_on=None).count() == 0
    assert case.court_refusals.count() == 2


def test_a_refusal_before_the_filing_or_after_the_judgment_is_refused(cast):
    filed, judged = filed_case(cast), judged_case(cast)

    with refused("裁定日期早于立案日期"):
        refuse(filed, cast.prosecutor, refused_on=days_ago(56))
    with refused("已登记裁判"):
        refuse(judged, cast.prosecutor)


def test_ending_without_a_word_is_refused(cast):
    case = supported_case(cast)
    refuse(case, cast.prosecutor)

    with refused("请写明原因"):
        following.end_after_refusal(case, closed_on=clock.today(), note=" ", by=cast.prosecutor)
