"""时效监看: from registration to court; unconfirmed events count for nothing, expired ones revive nothing."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from cases.decision.guards import support_gaps
from cases.filing import actions as filing
from cases.intake import claims
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts
from cases.intake.register import register
from cases.limitation import actions, watching
from cases.models import CaseEvent, Limitation, LimitationEvent
from cases.review import actions as review
from core import clock
from core.refusals import Conflict, Refused
from deadlines.models import DeadlineCorrection
from tests.cases.deciding import supportable
from tests.cases.factories import CaseFactory, LimitationEventFactory, case_of_office
from tests.cases.traces import locks_first, refused
from tests.cases.watching import based_on, day, expired, state, watched


@contextmanager
def refused_whole(sentence):
    before = state()
    with refused(sentence):
        yield
    assert state() == before


def due(row):
    return Limitation.objects.get(pk=row.pk).deadline.due_on


# watch


def test_registration_starts_the_one_year_watch_of_an_undecided_wage_case(cast, prosecutor):
    worker = ClaimantFacts(
        person=PersonFacts(name="王建国"), due=100, worked_from=day("2026-03-01"), worked_to=day("2026-08-31")
    )
    facts = CaseFacts(received_on=clock.today(), claimants=[worker], source="walk_in")

    case = register(cast.office, facts=facts, handler=prosecutor, by=prosecutor)

    row = case.limitations.get()
    assert (row.kind, row.base_on, row.is_provisional) == ("wage", day("2026-08-31"), True)
    assert (row.deadline.rule["code"], row.deadline.due_on) == ("L1E", day("2027-08-31"))
    assert row.deadline.case_link.rests_on == f"limitation-{row.pk}"


def test_without_any_day_the_base_is_to_be_found_out(cast):
    case = CaseFactory(handler=cast.prosecutor)

    watching.watch(case, by=cast.prosecutor)

    assert [(row.kind, row.base_on, row.deadline) for row in Limitation.objects.without_base()] == [
        ("wage", None, None)
    ]


def test_the_first_workers_end_sets_the_alarm(cast):
    case, row = watched(cast)
    early = case.claimants.first()

    claims.change(early, version=early.version, by=cast.prosecutor, worked_to=day("2025-10-31"))

    row.refresh_from_db()
    assert (row.base_on, due(row)) == (day("2025-10-31"), day("2026-11-02"))  # 31 October 2026 is a Saturday


def test_watching_twice_changes_nothing(cast):
    case, _ = watched(cast)
    before = state()

    watching.watch(case, by=cast.prosecutor)

    assert state() == before


def test_deciding_the_relation_ends_the_watch_that_no_longer_applies_and_starts_the_right_one(cast):
    case, row = watched(cast, review=True)

    review.decide_track(
        case, legal_track="service", track_reasons="按日计酬。", version=1, by=cast.prosecutor
    )

    row.refresh_from_db()
    assert row.is_dropped
    assert "劳务关系" in row.deadline.cancel_reason
    civil = watching.principal(case)
    assert (civil.kind, civil.deadline.due_on) == ("civil", day("2028-11-30"))


def test_deciding_back_revives_the_earlier_watch(cast):
    case, row = watched(cast, review=True)
    for version, track in ((1, "service"), (2, "labour")):
        review.decide_track(
            case, legal_track=track, track_reasons="理由。", version=version, by=cast.prosecutor
        )

    row.refresh_from_db()
    assert row.is_running
    assert not case.limitations.get(kind="civil").is_running


def test_the_sweep_registers_what_older_cases_lack_and_nothing_twice(cast):
    case_of_office(cast)
    case_of_office(cast, closed=True)

    assert (watching.watch_missing(), watching.watch_missing()) == (1, 0)


def test_the_alarm_ends_with_a_case_that_has_ended(cast):
    row = based_on(case_of_office(cast, reviewed=True, stage="declined"), 100, by=cast.prosecutor)

    watching.watch_missing()

    row.refresh_from_db()
    assert (row.is_running, row.deadline.cancel_reason) == (False, "案件不支持起诉")


# events


def test_a_prosecutors_event_counts_at_once_and_keeps_the_old_day(cast):
    case, row = watched(cast)

    actions.add_event(case, kind="demand", on=day("2026-03-02"), evidence="微信催要", by=cast.prosecutor)

    correction = DeadlineCorrection.objects.get()
    assert due(row) == day("2027-03-02")
    assert (correction.old_due, correction.reason[:4]) == (day("2026-11-30"), "时效中断")
    assert CaseEvent.objects.filter(case=case, note__startswith="时效事由").count() == 1


def test_an_assistants_event_counts_for_nothing_until_a_prosecutor_confirms_it(cast):
    case, row = watched(cast)
    event = actions.add_event(
        case, kind="demand", on=day("2026-03-02"), evidence="微信催要", by=cast.assistant
    )
    waiting = due(row)

    actions.confirm_event(event, by=cast.prosecutor)

    assert (waiting, due(row)) == (day("2026-11-30"), day("2027-03-02"))


def test_an_event_after_expiry_revives_nothing(cast):
    row = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    before = due(row)

    actions.add_event(row.case, kind="demand", on=clock.today(), evidence="催要", by=cast.prosecutor)

    assert due(row) == before


def test_an_obstacle_in_the_last_months_gives_six_months_after_its_removal_once_confirmed(cast):
    row = based_on(case_of_office(cast, reviewed=True), 3 * 365 - 60, by=cast.prosecutor)
    on = clock.today() - timedelta(days=30)
    event = actions.add_event(row.case, kind="obstacle", on=on, evidence="封控", by=cast.prosecutor)
    before = due(row)

    actions.lift_obstacle(event, removed_on=clock.today(), by=cast.prosecutor)

    assert before < due(row)
    assert due(row) >= day("2027-05-25")  # six months after 2026-11-25
    assert Limitation.objects.get(pk=row.pk).deadline.extensions.count() == 1


@pytest.mark.parametrize("first", ["demand", "obstacle"])
def test_the_deadline_says_what_interrupted_it_and_how_long_it_stood(cast, first):
    case, row = watched(cast)
    obstacle = {"on": day("2026-11-01"), "removed_on": day("2026-11-21"), "evidence": "封控"}
    for kind in (first, *({"demand", "obstacle"} - {first})):
        facts = obstacle if kind == "obstacle" else {"on": day("2026-03-10"), "evidence": "微信催要"}
        actions.add_event(case, kind=kind, by=cast.prosecutor, **facts)

    deadline = Limitation.objects.get(pk=row.pk).deadline
    assert deadline.how_counted() == (
        "2026-03-10 中断后重新计算，加 1 年至 2027-03-10，2026-11-01 至 2026-11-21 中止 20 日，至 2027-03-30"
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"on": clock.today() + timedelta(days=1)}, "还没到"),
        ({"evidence": " "}, "还没填依据"),
        ({"removed_on": clock.today()}, "只用于中止事由"),
        ({"kind": "obstacle", "removed_on": day("2026-01-01")}, "早于障碍发生日期"),
    ],
)
def test_an_event_that_cannot_be_is_refused(cast, facts, sentence):
    case, _ = watched(cast)
    given = {"kind": "demand", "on": day("2026-03-02"), "evidence": "催要"} | facts

    with refused_whole(sentence):
        actions.add_event(case, by=cast.prosecutor, **given)


def test_who_may_not_add_or_confirm_is_told_why(cast):
    case, _ = watched(cast)
    event = LimitationEventFactory(case=case)
    closed = LimitationEventFactory(case=case_of_office(cast, closed=True))

    with refused_whole("李检察官 承办"):
        actions.add_event(case, kind="demand", on=clock.today(), evidence="催要", by=cast.prosecutor2)
    with refused_whole("部门负责人确认"):
        actions.confirm_event(event, by=cast.assistant)
    with refused_whole("已办结"):
        actions.confirm_event(closed, by=cast.prosecutor)
    with refused_whole("只有中止事由"):
        actions.lift_obstacle(event, removed_on=clock.today(), by=cast.prosecutor)


def test_a_confirmed_event_is_confirmed_once(cast):
    case, _ = watched(cast)
    event = LimitationEventFactory(case=case)
    actions.confirm_event(event, by=cast.prosecutor)

    with refused_whole("已由 李检察官 确认"):
        actions.confirm_event(event, by=cast.head)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_told_who_was_first(cast):
    case, row = watched(cast)
    event = LimitationEventFactory(case=case, on=day("2026-03-02"))
    people, start, said = [cast.prosecutor, cast.head], Barrier(2), []

    def confirm(person):
        start.wait()
        try:
            actions.confirm_event(LimitationEvent.objects.get(pk=event.pk), by=person)
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(said) == 1
    assert said[0].endswith("确认。")
    assert DeadlineCorrection.objects.filter(deadline=row.deadline).count() == 1


# base day


def test_a_prosecutor_states_and_confirms_the_base_and_the_old_one_stays_on_record(cast):
    _case, row = watched(cast)

    actions.state_base(row, base_on=day("2026-01-15"), base_note="离职证明", version=1, by=cast.prosecutor)

    row.refresh_from_db()
    assert (row.is_provisional, row.confirmed_by, due(row)) == (False, cast.prosecutor, day("2027-01-15"))
    assert DeadlineCorrection.objects.get().old_start == day("2025-11-30")


def test_an_assistants_base_waits_for_a_prosecutor_but_alarms_already(cast):
    _, row = watched(cast)

    actions.state_base(row, base_on=day("2026-01-15"), base_note="离职证明", version=1, by=cast.assistant)

    row.refresh_from_db()
    assert (row.is_provisional, due(row)) == (True, day("2027-01-15"))


def test_while_employed_nothing_runs_and_it_begins_with_the_end_of_the_relation(cast):
    _case, row = watched(cast)
    facts = {"base_on": None, "base_note": "仍在岗", "still_employed": True}

    actions.state_base(row, version=1, by=cast.prosecutor, **facts)
    row.refresh_from_db()
    stopped = row.deadline
    actions.state_base(row, base_on=day("2026-10-31"), base_note="离职", version=2, by=cast.prosecutor)

    assert (stopped, due(row)) == (None, day("2027-11-01"))  # 31 October 2027 is a Sunday


def test_an_iou_without_a_date_counts_from_the_grace(cast):
    case, row = watched(cast, reviewed=True)
    facts = {"base_on": day("2026-05-06"), "base_note": "催要后宽限至该日", "kind": "civil_undated"}

    actions.state_base(row, version=1, by=cast.prosecutor, **facts)

    row.refresh_from_db()
    assert (row.kind, row.deadline.rule["code"], due(row)) == ("civil_undated", "L3N", day("2029-05-07"))
    watching.watch(case, by=cast.prosecutor)
    assert case.limitations.count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"base_on": None}, "还没填起算日"),
        ({"still_employed": True}, "不填起算日"),
        ({"base_note": ""}, "还没填依据"),
        ({"base_on": clock.today() + timedelta(days=1)}, "还没到"),
    ],
)
def test_a_base_that_cannot_be_is_refused(cast, facts, sentence):
    _, row = watched(cast)
    given = {"base_on": day("2026-01-15"), "base_note": "离职证明"} | facts

    with refused_whole(sentence):
        actions.state_base(row, version=1, by=cast.prosecutor, **given)


def test_a_base_stated_meanwhile_by_a_colleague_is_a_conflict(cast):
    _, row = watched(cast)
    actions.state_base(row, base_on=day("2026-01-15"), base_note="离职证明", version=1, by=cast.head)

    with pytest.raises(Conflict):
        actions.state_base(row, base_on=day("2026-02-15"), base_note="考勤", version=1, by=cast.prosecutor)


# expiry


def test_taking_note_of_the_expiry_ends_the_alarm_and_bars_nothing(cast):
    case = supportable(cast)
    row = expired(case, by=cast.prosecutor)

    actions.acknowledge(row, note="已释明抗辩风险", by=cast.prosecutor)

    row.refresh_from_db()
    assert (row.is_acknowledged, row.deadline.cancel_reason) == (True, "知悉时效届满：已释明抗辩风险")
    assert support_gaps(case) == []


def test_an_earlier_interruption_found_later_takes_the_alarm_up_again(cast):
    row = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    actions.acknowledge(row, note="已释明", by=cast.prosecutor)
    inside = row.deadline.due_on - timedelta(days=10)

    actions.add_event(row.case, kind="demand", on=inside, evidence="催要", by=cast.prosecutor)

    row.refresh_from_db()
    assert row.is_running
    assert row.deadline.due_on > clock.today()


def test_only_what_has_expired_is_taken_note_of(cast):
    row = based_on(case_of_office(cast, reviewed=True), 10, by=cast.prosecutor)

    with refused_whole("才届满"):
        actions.acknowledge(row, note="已释明", by=cast.prosecutor)
    old = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    with refused_whole("还没填说明"):
        actions.acknowledge(old, note=" ", by=cast.prosecutor)


# court and board


def test_filing_stops_it_and_a_refusal_of_the_court_starts_it_anew(cast):
    row = based_on(case_of_office(cast, supported=True), 100, by=cast.prosecutor)
    case, today = row.case, clock.today()
    filing.file(
        case,
        court="集宁区人民法院",
        court_number="（2026）内0902民初1号",
        filed_on=today - timedelta(days=1),
        procedure="simplified",
        by=cast.prosecutor,
    )
    row.refresh_from_db()
    stopped = row.is_stopped

    filing.court_refuses(
        case,
        court="集宁区人民法院",
        refused_on=today,
        reason="不属于受案范围",
        next_step="other",
        by=cast.prosecutor,
    )

    row.refresh_from_db()
    assert stopped
    assert row.is_running
    assert row.deadline.starts_on == today


def test_an_application_to_the_board_stops_the_one_year_and_its_withdrawal_starts_it_anew(cast):
    case, row = watched(cast, review=True)
    record = review.record_arbitration(
        case, board="仲裁委", number="", applied_on=day("2026-10-09"), result="pending", by=cast.prosecutor
    )
    row.refresh_from_db()
    stopped = row.is_stopped

    review.conclude_arbitration(record, result="withdrawn", result_on=day("2026-11-02"), by=cast.prosecutor)

    row.refresh_from_db()
    assert stopped
    assert (row.is_running, due(row)) == (True, day("2027-11-02"))


# the prosecutor's check


def test_the_check_confirms_the_watch_and_shows_its_expiry(cast, prosecutor):
    case = case_of_office(cast, reviewed=True)
    facts = {"limitation_from": day("2024-01-31"), "limitation_note": "按约定付款日。"}

    checked = review.check_limitation(case, version=1, by=prosecutor, **facts)
    actions.add_event(case, kind="demand", on=day("2025-06-10"), evidence="催要", by=prosecutor)

    row = watching.principal(case)
    assert (checked.limitation_expires_on, row.is_provisional) == (day("2027-02-01"), False)
    case.review.refresh_from_db()
    assert case.review.limitation_expires_on == row.deadline.due_on == day("2028-06-12")


def test_the_check_wants_the_relation_first_and_a_day_that_has_been(cast, prosecutor):
    undecided, decided = case_of_office(cast, review=True), case_of_office(cast, reviewed=True)
    facts = {"limitation_note": "意见。", "version": 1, "by": prosecutor}
    later = clock.today() + timedelta(days=1)

    with refused_whole("请先认定法律关系"):
        review.check_limitation(undecided, limitation_from=day("2024-01-31"), **facts)
    with refused_whole("还没到"):
        review.check_limitation(decided, limitation_from=later, **facts)


def test_another_relation_keeps_the_day_that_the_review_has_stated(cast, prosecutor):
    case = case_of_office(cast, reviewed=True)
    facts = {"limitation_from": day("2026-01-15"), "limitation_note": "意见。"}
    review.check_limitation(case, version=1, by=prosecutor, **facts)

    review.decide_track(case, legal_track="labour", track_reasons="受管理。", version=2, by=prosecutor)

    row = watching.principal(case)
    assert (row.kind, row.base_on, row.is_provisional) == ("wage", day("2026-01-15"), True)
    case.review.refresh_from_db()
    assert case.review.limitation_expires_on == day("2027-01-15")


def test_every_verb_locks_the_case_first(cast):
    case, row = watched(cast)
    event = LimitationEventFactory(case=case, kind="obstacle", on=day("2026-11-01"))
    old = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    event, row = LimitationEvent.objects.get(pk=event.pk), Limitation.objects.get(pk=row.pk)
    _warm = event.case, row.case

    with locks_first():
        actions.add_event(case, kind="demand", on=day("2026-03-02"), evidence="催要", by=cast.prosecutor)
    with locks_first():
        actions.confirm_event(event, by=cast.prosecutor)
    with locks_first():
        actions.lift_obstacle(event, removed_on=clock.today(), by=cast.prosecutor)
    with locks_first():
        actions.state_base(row, base_on=day("2026-01-15"), base_note="离职", version=1, by=cast.prosecutor)
    with locks_first():
        actions.acknowledge(old, note="已释明", by=cast.prosecutor)
