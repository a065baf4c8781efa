"""更正日期: first a list that saves nothing, then the day, its record and the clocks, all or nothing."""

from datetime import date, datetime, timedelta

import pytest

from cases import clocks
from cases.correction import actions
from cases.correction.dates import stated_dates
from cases.correction.loose import hanging_on
from cases.correction.preview import preview
from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.models import DateCorrection, Suspension
from cases.suspension import actions as suspending
from core import clock
from core.refusals import Conflict
from deadlines import clocks as deadline_clocks
from deadlines.models import Deadline, DeadlineCorrection, Task
from tests.cases.court import (
    COURT,
    awards_of,
    closed_case,
    days_ago,
    enforced_case,
    filed_case,
    judge,
    judged_case,
)
from tests.cases.events import applied, clock_of, record, reviewed_case
from tests.cases.traces import everything, locks_first, refused


def correct(case, what, on, by=None, reason="送达回证上的日期", seen=None):
    stated = stated_dates(case).get(what)
    seen = seen or (preview(case, stated, on).seen if stated else "")
    return actions.correct(case, what=what, on=on, reason=reason, seen=seen, by=by or case.handler)


def key_of(case, prefix):
    return next(key for key in stated_dates(case) if key.startswith(prefix))


def test_the_list_says_what_would_change_and_saves_nothing(cast):
    case = filed_case(cast, "ordinary")
    key, before = key_of(case, "filing-"), everything()

    found = preview(case, stated_dates(case)[key], days_ago(54))

    assert [(c.deadline.rule["code"], c.new_due >= c.old_due) for c in found.changes] == [
        ("C2", True),
        ("C5", True),
    ]
    assert everything() == before


def test_a_corrected_filing_moves_its_clocks_and_stays_on_record(cast):
    with clock.travel(datetime(2026, 11, 25, 9)):
        case = filed_case(cast, "ordinary")
        court_clock = clock_of(case, "C5")
        with locks_first():
            one = correct(case, key_of(case, "filing-"), date(2026, 10, 9))

    case.refresh_from_db()
    moved = clock_of(case, "C5")
    assert case.filings.get().filed_on == date(2026, 10, 9)
    assert (one.old, one.new, one.label) == (date(2026, 10, 1), date(2026, 10, 9), "立案日期")
    assert (str(court_clock.due_on), str(moved.due_on)) == ("2027-04-01", "2027-04-09")
    assert moved.corrections.get().reason == "送达回证上的日期"
    assert case.events.last().note == "立案日期：2026-10-01 更正为 2026-10-09"


def test_what_is_met_already_keeps_its_days(cast):
    case = filed_case(cast, "ordinary")
    record(case, "copy_served", days_ago(20))
    served = clock_of(case, "C2")
    key = key_of(case, "filing-")

    found = preview(case, stated_dates(case)[key], days_ago(54))
    correct(case, key, days_ago(54))

    assert [c.fixed for c in found.changes if c.deadline.rule["code"] == "C2"] == [
        f"已于 {days_ago(20)} 办结，不变"
    ]
    assert (clock_of(case, "C2").due_on, clock_of(case, "C2").starts_on) == (served.due_on, served.starts_on)


def _review(cast):
    return reviewed_case(cast)


def _arbitrated(cast):
    case = reviewed_case(cast)
    applied(case, days_ago(9), result="award", result_on=days_ago(5), received_on=days_ago(4))
    return case


def _ahead(cast):
    case = filed_case(cast, "ordinary")
    court.hear(case, held_at=clock.now() + timedelta(days=20), by=cast.prosecutor)
    return case


def _event(cast):
    case = reviewed_case(cast)
    record(case, "inspection_opened", days_ago(9))
    return case


def _enforced(cast):
    case = enforced_case(cast)
    following.apply(case, applied_on=days_ago(5), court=COURT, court_number="", by=cast.prosecutor)
    following.follow_up(case, kind="call_back", on=days_ago(3), result="已到账一半。", by=cast.prosecutor)
    return case


@pytest.mark.parametrize(
    ("maker", "prefix", "code", "shift"),
    [
        (_review, "accepted_on", "P6a", 1),
        (_arbitrated, "arbitration_received-", "A3", 1),
        (_ahead, "hearing-", "C4", 5),
        (_event, "occurrence-", "I1", -2),
        (judged_case, "judgment_served-", "C8", 1),
        (enforced_case, "performance-", "C18", 3),
        (_enforced, "enforcement-", "C19", 1),
        (_enforced, "follow_up-", "P14N", 1),
    ],
)
def test_each_kind_of_date_moves_the_clock_that_rests_on_it(cast, maker, prefix, code, shift):
    case = maker(cast)
    key = key_of(case, prefix)
    on = stated_dates(case)[key].day + timedelta(days=shift)
    before = clock_of(case, code).starts_on

    correct(case, key, on)

    assert clock_of(case, code).starts_on == before + timedelta(days=shift)
    case.refresh_from_db()
    assert stated_dates(case)[key].day == on
    assert DeadlineCorrection.objects.filter(deadline__case_link__case=case, new_start=on).exists()


def test_a_moved_hearing_takes_its_to_do_along_and_keeps_its_hour(cast):
    case = _ahead(cast)
    hearing = case.filings.get().hearings.get()
    on = clock.today() + timedelta(days=25)

    correct(case, f"hearing-{hearing.pk}", on)

    held_at = case.filings.get().hearings.get().held_at.astimezone(clock.SHANGHAI)
    assert (held_at.date(), held_at.time()) == (on, hearing.held_at.astimezone(clock.SHANGHAI).time())
    assert [task.due_on for task in Task.objects.open()] == [on]


@pytest.mark.parametrize(
    ("prefix", "days", "sentence"),
    [
        ("filing-", 61, "早于支持起诉决定日期"),
        ("filing-", 39, "晚于裁判日期"),
        ("judgment_made-", 37, "晚于最后送达日期"),
        ("judgment_served-", 41, "早于裁判日期"),
        ("judgment_served-", -1, "还没到"),
        ("received_on", 70, "晚于受理日期"),
        ("accepted_on", 85, "早于收到日期"),
        ("judgment_served-", 38, "没有变化"),
    ],
)
def test_the_order_of_things_is_kept(cast, prefix, days, sentence):
    case = judged_case(cast)

    with refused(sentence):
        correct(case, key_of(case, prefix), days_ago(days))

    assert not DateCorrection.objects.exists()


def test_the_day_of_acceptance_stays_in_its_year(cast):
    with clock.travel(date(2026, 1, 8)):
        case = reviewed_case(cast, accepted_on=date(2026, 1, 5), received_on=date(2025, 12, 20))
        with refused("不能改到另一年"):
            correct(case, "accepted_on", date(2025, 12, 30))


def test_a_list_that_has_aged_is_not_applied(cast):
    case = filed_case(cast, "ordinary")
    key = key_of(case, "filing-")
    seen = preview(case, stated_dates(case)[key], days_ago(54)).seen
    record(case, "copy_served", days_ago(20))

    with pytest.raises(Conflict, match="请重新核对"):
        correct(case, key, days_ago(54), seen=seen)
    assert not DateCorrection.objects.exists()


def test_reason_and_a_known_date_are_needed(cast):
    case = filed_case(cast)

    with refused("还没填更正理由"):
        correct(case, key_of(case, "filing-"), days_ago(54), reason=" ")
    with refused("不在本案登记的日期里"):
        correct(case, "filing-0", days_ago(54))


@pytest.mark.parametrize("name", ["assistant", "clerk", "chief", "prosecutor2", "other"])
def test_only_the_handler_or_the_head_corrects(cast, name):
    case = filed_case(cast)

    with refused("承办|办案人员"):
        correct(case, key_of(case, "filing-"), days_ago(54), by=getattr(cast, name))


def test_the_head_corrects_and_the_handler_hears_of_it(cast, django_capture_on_commit_callbacks):
    case = filed_case(cast)

    with django_capture_on_commit_callbacks(execute=True):
        correct(case, key_of(case, "filing-"), days_ago(54), by=cast.head)

    assert [n.title for n in cast.prosecutor.notifications.all()][-1:] == [f"{case}：更正日期"]


def test_whoever_answers_for_a_clock_of_the_case_hears_of_it(cast, django_capture_on_commit_callbacks):
    case = filed_case(cast)
    deadline_clocks.hand_over(clock_of(case, "C2"), to=cast.assistant, by=cast.head)

    with django_capture_on_commit_callbacks(execute=True):
        correct(case, key_of(case, "filing-"), days_ago(54))

    assert [n.title for n in cast.assistant.notifications.all()] == [f"{case}：更正日期"]


def test_a_case_that_has_ended_is_left_alone(cast):
    case = closed_case(cast)

    with refused("日期不能再更正"):
        correct(case, "received_on", case.received_on - timedelta(days=1))


def test_an_appeal_period_that_ran_keeps_the_effective_day_behind_it(cast):
    case = enforced_case(cast)
    over = Deadline.objects.get(case_link__case=case, term__code="C8").due_on

    with refused("早于上诉期届满次日"):
        correct(case, key_of(case, "effective-"), over)
    assert awards_of(case)


def _appraised(cast):
    case = filed_case(cast, "ordinary")
    record(case, "appraisal_began", days_ago(9))
    record(case, "appraisal_ended", days_ago(4))
    return case


@pytest.mark.parametrize(
    ("event", "shift", "paused_days"),
    [("appraisal_began", 2, 3), ("appraisal_ended", -2, 3), ("appraisal_ended", 4, 9)],
)
def test_a_stop_and_its_end_move_the_days_given_back(cast, event, shift, paused_days):
    case = _appraised(cast)
    one = case.occurrences.get(kind=event)
    on, key = one.on + timedelta(days=shift), f"occurrence-{one.pk}"
    before = everything()
    (listed,) = preview(case, stated_dates(case)[key], on).changes
    assert everything() == before

    correct(case, key, on)

    trial = clock_of(case, "C5")
    assert (trial.paused_days, trial.due_on) == (paused_days, listed.new_due)
    assert case.occurrences.get(kind=event).on == on
    assert [row.void_reason for row in trial.pauses.exclude(voided_at=None)] == ["更正日期：送达回证上的日期"]


def test_a_stop_that_goes_on_says_that_its_days_come_later(cast):
    case = filed_case(cast, "ordinary")
    record(case, "appraisal_began", days_ago(9))
    key = key_of(case, "occurrence-")

    (listed,) = preview(case, stated_dates(case)[key], days_ago(5)).changes
    correct(case, key, days_ago(5))

    assert (listed.stands, listed.moves, clock_of(case, "C5").paused_on) == (True, False, days_ago(5))


def test_a_stop_and_its_end_keep_their_order(cast):
    case = _appraised(cast)
    began, ended = case.occurrences.order_by("on")

    with refused("晚于“法院收到鉴定意见”的日期"):
        correct(case, f"occurrence-{began.pk}", days_ago(3))
    with refused("早于“法院委托鉴定”的日期"):
        correct(case, f"occurrence-{ended.pk}", days_ago(10))
    with refused("早于立案日期"):
        correct(case, f"occurrence-{began.pk}", days_ago(56))


def test_a_list_that_knew_another_pause_is_refused(cast):
    case = _appraised(cast)
    began, ended = case.occurrences.order_by("on")
    seen = preview(case, stated_dates(case)[f"occurrence-{began.pk}"], days_ago(8)).seen
    correct(case, f"occurrence-{ended.pk}", days_ago(3))

    with pytest.raises(Conflict):
        correct(case, f"occurrence-{began.pk}", days_ago(8), seen=seen)


def test_suspension_and_resumption_move_the_review(cast):
    case = reviewed_case(cast)
    one = Suspension.objects.create(
        case=case, ground="other", reason="等待", starts_on=days_ago(8), recorded_by=cast.chief
    )
    clocks.pause_review(case, on=days_ago(8), by=cast.chief, reason="等待", begun_by=f"suspension-{one.pk}")
    suspending.resume(case, on=days_ago(2), by=cast.prosecutor)

    correct(case, f"suspension-{one.pk}", days_ago(7))
    correct(case, f"suspension_end-{one.pk}", days_ago(3))

    one.refresh_from_db()
    assert (one.starts_on, one.lifted_on, clock_of(case, "P6a").paused_days) == (days_ago(7), days_ago(3), 4)


def test_the_service_of_an_announced_judgment_is_one_date(cast):
    case = filed_case(cast, "ordinary")
    judge(case, cast.prosecutor, made_on=days_ago(45), last_served_on=None)
    record(case, "announced", days_ago(44))
    over = record(case, "announcement_over", days_ago(13))
    assert f"occurrence-{over.pk}" not in stated_dates(case)

    correct(case, key_of(case, "judgment_served-"), days_ago(12))

    over.refresh_from_db()
    assert (over.on, clock_of(case, "C8").starts_on) == (days_ago(12), days_ago(12))


def test_a_date_is_not_moved_behind_the_events_that_rest_on_it(cast):
    case = filed_case(cast, "ordinary", days=50)
    served = record(case, "copy_served", days_ago(45))
    record(case, "answered", days_ago(40))
    dates = stated_dates(case)
    filing, answer = dates[f"filing-{case.filings.get().pk}"], dates[f"occurrence-{served.pk + 1}"]

    assert "晚于“起诉状副本送达被告”的日期" in filing.why_not(days_ago(44))
    assert filing.why_not(days_ago(46)) == ""
    assert "早于立案日期" in answer.why_not(days_ago(51))


def test_an_event_that_ended_a_clock_says_so(cast):
    case = filed_case(cast, "ordinary", days=50)
    record(case, "copy_served", days_ago(45))
    answer = record(case, "answered", days_ago(40))
    key = f"occurrence-{answer.pk}"

    assert hanging_on(case)[key] == [f"办结：答辩（办结日期 {days_ago(40)} 不随它变化）"]
    (change,) = preview(case, stated_dates(case)[key], days_ago(39)).changes
    assert f"随这件事于 {days_ago(40)} 办结" in change.fixed
