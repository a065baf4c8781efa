"""撤销时效事由, 届满后同意履行: what was wrong counts no more and stays; what came too late is not nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.limitation import actions, hints
from cases.models import CaseEvent, Limitation, LimitationEvent
from cases.occurrences import actions as occurrences
from cases.risks import risks
from core import clock
from core.refusals import Refused
from tests.cases.factories import LimitationEventFactory, case_of_office
from tests.cases.traces import locks_first, refused
from tests.cases.watching import day, expired, state, watched
from tests.cast import client_for
from tests.racing import race

ON = day("2026-03-10")
PROMISE = {"kind": "admission", "on": clock.today(), "evidence": "还款承诺书"}


def due(row):
    return Limitation.objects.get(pk=row.pk).deadline.due_on


def url_of(case, page="limitation", *keys):
    return reverse(f"cases:{page}", args=[case.code, *keys])


def demand(case, by):
    return actions.add_event(case, kind="demand", on=ON, evidence="微信催要", by=by)


# 撤销


def test_a_voided_event_gives_the_earlier_day_back_and_stays_on_record(cast):
    case, row = watched(cast)
    event = demand(case, cast.prosecutor)
    assert due(row) == day("2027-03-10")

    with locks_first():
        actions.void_event(event, reason="催要的是另一笔欠款", by=cast.prosecutor)

    event.refresh_from_db()
    assert due(row) == day("2026-11-30")
    assert (event.voided_by, event.void_reason, event.on) == (cast.prosecutor, "催要的是另一笔欠款", ON)
    assert CaseEvent.objects.filter(case=case, note__startswith="撤销时效事由").count() == 1
    assert "中断" not in Limitation.objects.get(pk=row.pk).deadline.how_counted()


def test_a_voided_obstacle_takes_its_days_with_it(cast):
    case, row = watched(cast)
    facts = {"on": day("2026-11-01"), "removed_on": day("2026-11-21"), "evidence": "封控"}
    event = actions.add_event(case, kind="obstacle", by=cast.prosecutor, **facts)
    assert due(row) == day("2026-12-21")  # 20 December is a Sunday

    actions.void_event(event, reason="没有封控", by=cast.head)

    assert due(row) == day("2026-11-30")


def test_after_taking_note_the_day_that_was_wrong_does_not_stay(cast):
    row = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    first = row.deadline.due_on
    inside = row.base_on.replace(year=row.base_on.year + 1) if row.base_on.day < 29 else ON
    event = actions.add_event(row.case, kind="demand", on=inside, evidence="催要", by=cast.prosecutor)
    row = Limitation.objects.get(pk=row.pk)
    if row.deadline.due_on < clock.today():
        actions.acknowledge(row, note="已释明", by=cast.prosecutor)

    actions.void_event(event, reason="登记错了", by=cast.prosecutor)

    assert due(row) == first


@pytest.mark.parametrize(
    ("who", "recorder", "reason", "sentence"),
    [
        ("assistant", "prosecutor", "登记错了", "已确认的事由由承办检察官或者部门负责人撤销"),
        ("clerk", "assistant", "登记错了", "由 .+ 登记，请由登记人"),
        ("prosecutor2", "assistant", "登记错了", "本案由"),
        ("prosecutor", "prosecutor", " ", "还没填撤销理由"),
    ],
)
def test_who_may_not_void_is_told_why_and_nothing_moves(cast, who, recorder, reason, sentence):
    case, _ = watched(cast)
    event = demand(case, getattr(cast, recorder))
    before = state()

    with refused(sentence):
        actions.void_event(event, reason=reason, by=getattr(cast, who))

    assert state() == before


def test_whoever_recorded_it_voids_it_while_it_waits_and_only_once(cast):
    case, row = watched(cast)
    event = demand(case, cast.assistant)

    actions.void_event(event, reason="登记错了", by=cast.assistant)

    for verb, more in ((actions.void_event, {"reason": "又一次"}), (actions.confirm_event, {})):
        with refused("已由 .+ 撤销"):
            verb(event, by=cast.prosecutor, **more)
    assert due(row) == day("2026-11-30")


def test_a_closed_case_keeps_its_events(cast):
    event = LimitationEventFactory(case=case_of_office(cast, closed=True))

    with refused("已办结"):
        actions.void_event(event, reason="登记错了", by=cast.prosecutor)


def test_the_database_lets_a_confirmed_event_be_voided_and_nothing_else(cast):
    case, _ = watched(cast)
    event = demand(case, cast.prosecutor)
    row = LimitationEvent.objects.filter(pk=event.pk)
    voided = {"voided_by": cast.head, "voided_at": clock.now(), "void_reason": "登记错了"}

    for facts in ({"evidence": "别的"}, {"evidence": "别的", **voided}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**facts)
    row.update(**voided)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(void_reason="改理由")


def test_a_hint_whose_event_was_voided_is_offered_again(cast):
    case, _ = watched(cast, review=True)
    one = occurrences.record(case, kind="inspection_told", on=ON, by=cast.clerk)
    key = {"source": f"occurrence-{one.pk}", "on": ON, "by": cast.prosecutor}
    event = actions.take_over(case, **key)

    actions.void_event(event, reason="先核对投诉回执", by=cast.prosecutor)

    assert key["source"] in {hint.source for hint in hints.hints_of(case)}
    actions.take_over(case, **key)
    assert LimitationEvent.objects.count() == 2


def test_the_page_strikes_it_through_with_who_and_why(cast):
    case, _ = watched(cast)
    event = demand(case, cast.prosecutor)
    browser = client_for(cast.prosecutor)
    address = url_of(case, "limitation_void", event.pk)
    assert address in browser.get(url_of(case)).text
    assert address not in client_for(cast.assistant).get(url_of(case)).text

    empty = browser.post(address, {"reason": ""})
    page = browser.post(address, {"reason": "催要的是另一笔欠款"}, follow=True).text

    assert empty.status_code == 422
    assert "<s>向义务人主张</s>" in page
    assert "撤销：催要的是另一笔欠款" in page
    assert address not in page


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_confirmed_and_voided_at_once_one_of_the_two_is_told(cast):
    case, row = watched(cast)
    event = demand(case, cast.assistant)

    results = race(
        lambda: actions.confirm_event(event, by=cast.prosecutor),
        lambda: actions.void_event(event, reason="登记错了", by=cast.assistant),
    )

    event.refresh_from_db()
    assert results.count("done") == 1
    assert (event.is_confirmed, bool(event.voided_at)) in {(True, False), (False, True)}
    assert due(row) == (day("2027-03-10") if event.is_confirmed else day("2026-11-30"))


# 届满后同意履行 (民法典192条2款)


@pytest.fixture
def lost(cast):
    return expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)


def test_a_promise_after_the_expiry_takes_the_defence_away_and_leaves_the_day(lost, cast):
    before = due(lost)
    assert "时效 " in str(risks(lost.case, [], clock.today()))

    event = actions.add_event(lost.case, by=cast.prosecutor, **PROMISE)

    lost.refresh_from_db()
    assert (lost.promised_on, lost.is_waived, due(lost)) == (clock.today(), True, before)
    tags = {risk.label: risk.tone for risk in risks(lost.case, [], clock.today())}
    assert tags[f"时效 {before} 届满，义务人已同意履行"] == "neutral"
    assert CaseEvent.objects.filter(note=f"时效事由：{event}（届满后）").exists()
    actions.void_event(event, reason="承诺书是伪造的", by=cast.prosecutor)
    lost.refresh_from_db()
    assert lost.promised_on is None


def test_an_unconfirmed_promise_waives_nothing(lost, cast):
    event = actions.add_event(lost.case, by=cast.assistant, **PROMISE)
    lost.refresh_from_db()
    assert lost.promised_on is None

    actions.confirm_event(event, by=cast.prosecutor)

    lost.refresh_from_db()
    assert lost.is_waived


def test_the_page_says_that_the_defence_is_gone_and_no_longer_alarms(lost, cast):
    actions.add_event(lost.case, by=cast.prosecutor, **PROMISE)

    page = client_for(cast.prosecutor).get(url_of(lost.case)).text

    for text in (
        "不能再以时效抗辩",
        "民法典192条",
        "同意履行（届满后）",
        str(due(lost)),
        'data-level="promised"',
    ):
        assert text in page
    assert "对方以此抗辩时可能败诉" not in page


def test_before_the_board_it_is_for_the_prosecutor_to_judge(cast):
    case, row = watched(cast, review=True)
    actions.state_base(row, base_on=day("2024-03-01"), base_note="离职", version=1, by=cast.prosecutor)

    actions.add_event(case, by=cast.prosecutor, **PROMISE)

    row.refresh_from_db()
    page = client_for(cast.prosecutor).get(url_of(case)).text
    assert (row.promised_on, row.is_waived) == (clock.today(), False)
    assert "待检察官判断" in page
    assert "对方以此抗辩时可能败诉" in page


def test_where_the_right_was_used_in_time_there_is_nothing_to_waive(cast):
    case, row = watched(cast, review=True)
    Limitation.objects.filter(pk=row.pk).update(base_on=day("2023-05-01"))
    deadline = row.deadline
    type(deadline).objects.filter(pk=deadline.pk).update(
        due_on=day("2024-05-06"), warn_on=day("2024-04-06"), met_on=day("2024-05-06"),
        met_at=clock.now(), met_by=cast.prosecutor,
    )  # fmt: skip

    actions.add_event(case, by=cast.prosecutor, **PROMISE)

    row.refresh_from_db()
    assert row.promised_on is None


# 3: what a lead and the application themselves interrupt


def test_a_lead_of_the_labour_inspection_and_the_application_are_offered_and_count_for_nothing(cast):
    case, row = watched(cast, review=True, source="labour_inspection")

    found = {hint.source: (hint.kind, hint.on) for hint in hints.hints_of(case)}

    assert found == {
        f"lead-{case.pk}": ("authority", case.received_on),
        f"application-{case.pk}": ("authority", case.received_on),
    }
    assert due(row) == day("2026-11-30")
    event = actions.take_over(case, source=f"lead-{case.pk}", on=case.received_on, by=cast.prosecutor)
    assert (due(row).year, hints.hints_of(case)) == (2027, [])  # same day and kind: the other adds nothing
    occurrences.record(case, kind="inspection_told", on=case.received_on, by=cast.clerk)
    assert (event.source, event.on) in hints.standing(case)


def test_an_application_is_offered_only_where_it_could_still_count(cast):
    late = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor).case
    own, _ = watched(cast, review=True, source="own")
    exempt = case_of_office(cast, reviewed=True, category="maintenance")

    assert [hints.hints_of(case) for case in (late, own, exempt)] == [[], [], []]


def test_take_over_of_an_unknown_lead_is_refused(cast):
    case, _ = watched(cast, review=True)

    with pytest.raises(Refused, match="已经处理过"):
        actions.take_over(case, source=f"lead-{case.pk}", on=case.received_on, by=cast.prosecutor)
