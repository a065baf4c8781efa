"""时效中断待确认: what is on record elsewhere is offered once, counts for nothing, and is confirmed or dismissed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.limitation import actions, hints
from cases.models import (
    CaseEvent,
    Enforcement,
    Filing,
    HintDismissal,
    Limitation,
    LimitationEvent,
    Occurrence,
    Recovery,
)
from cases.occurrences import actions as occurrences
from cases.review import actions as review
from core import clock
from core.refusals import Refused
from deadlines.recounts import counting
from deadlines.terms import actions as rules
from tests.cases.factories import OccurrenceFactory, case_of_office
from tests.cases.following import recover
from tests.cases.traces import locks_first
from tests.cases.watching import based_on, day, watched
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.racing import race

ON = day("2026-03-02")


def due(row):
    return Limitation.objects.get(pk=row.pk).deadline.due_on


def shown(case):
    """All but the application itself, which every watched case has."""
    found = [hint for hint in hints.hints_of(case) if not hint.source.startswith("application-")]
    return [(hint.kind, hint.on, hint.evidence) for hint in found]


@pytest.fixture
def told(cast):
    """A case in review, its watch, and the complaint to the labour inspection on record."""
    case, row = watched(cast, review=True)
    one = occurrences.record(case, kind="inspection_told", on=ON, by=cast.clerk)
    return case, row, one


def source(one):
    return f"occurrence-{one.pk}"


def test_a_complaint_on_record_is_offered_and_moves_no_day(told):
    case, row, _ = told

    assert shown(case) == [("authority", ON, "向劳动监察投诉")]
    assert (due(row), LimitationEvent.objects.count()) == (day("2026-11-30"), 0)


def test_one_click_of_the_prosecutor_confirms_it_with_day_and_evidence(told, cast):
    case, row, one = told

    with locks_first():
        event = actions.take_over(case, source=source(one), on=ON, by=cast.prosecutor)

    assert (event.kind, event.on, event.evidence, event.confirmed_by) == (
        "authority", ON, "向劳动监察投诉", cast.prosecutor,
    )  # fmt: skip
    assert (due(row), shown(case)) == (day("2027-03-02"), [])
    assert CaseEvent.objects.filter(case=case, note=f"时效事由：{event}").count() == 1


def test_what_an_assistant_takes_over_waits_for_the_prosecutor(told, cast):
    case, row, one = told

    event = actions.take_over(case, source=source(one), on=ON, by=cast.assistant)

    assert (event.is_confirmed, due(row), shown(case)) == (False, day("2026-11-30"), [])
    actions.confirm_event(event, by=cast.prosecutor)
    assert due(row) == day("2027-03-02")


def test_dismissed_with_a_reason_it_stays_away_and_counts_for_nothing(told, cast):
    case, row, one = told

    with locks_first():
        actions.dismiss(case, source=source(one), on=ON, reason="另一工程的欠薪", by=cast.prosecutor)

    kept = HintDismissal.objects.get()
    assert (kept.label, kept.reason) == ("向有关部门请求救济（向劳动监察投诉）", "另一工程的欠薪")
    assert (shown(case), due(row)) == ([], day("2026-11-30"))


@pytest.mark.parametrize(
    ("verb", "who", "facts", "sentence"),
    [
        ("take_over", "prosecutor2", {}, "本案由"),
        ("take_over", "prosecutor", {"on": day("2026-03-03")}, "已经处理过"),  # another day than was seen
        ("take_over", "prosecutor", {"source": "occurrence-0"}, "已经处理过"),
        ("dismiss", "assistant", {"reason": "不是"}, "承办检察官或者部门负责人决定"),
        ("dismiss", "prosecutor", {"reason": " "}, "还没填理由"),
        ("dismiss", "prosecutor", {"reason": "不是", "on": day("2026-03-03")}, "已经处理过"),
    ],
)
def test_refusals_leave_the_hint_where_it_is(told, cast, verb, who, facts, sentence):
    case, _, one = told
    before = CaseEvent.objects.count()

    with pytest.raises(Refused, match=sentence):
        getattr(actions, verb)(case, **{"source": source(one), "on": ON, "by": getattr(cast, who)} | facts)

    assert len(shown(case)) == 1
    assert (LimitationEvent.objects.count(), HintDismissal.objects.count()) == (0, 0)
    assert CaseEvent.objects.count() == before


def test_nothing_is_taken_over_twice(told, cast):
    case, _, one = told
    actions.take_over(case, source=source(one), on=ON, by=cast.prosecutor)

    for verb in (actions.take_over, lambda *a, **k: actions.dismiss(*a, **k, reason="不是")):
        with pytest.raises(Refused, match="已经处理过"):
            verb(case, source=source(one), on=ON, by=cast.prosecutor)

    assert LimitationEvent.objects.count() == 1


def test_a_withdrawn_entry_takes_its_hint_with_it_and_an_event_says_so(told, cast):
    case, _, one = told
    second = OccurrenceFactory(case=case, kind="labour_mediation_asked")
    assert len(shown(case)) == 2
    actions.take_over(case, source=source(one), on=ON, by=cast.prosecutor)

    for each in (one, second):
        occurrences.withdraw(case, occurrence=each, reason="登记错了", by=cast.clerk)

    assert shown(case) == []
    page = client_for(cast.prosecutor).get(reverse("cases:limitation", args=[case.code])).text
    assert "所依据的登记已撤销或更正，请核对" in page


def test_a_corrected_day_is_offered_anew_and_the_confirmed_event_stays(told, cast):
    case, _, one = told
    actions.take_over(case, source=source(one), on=ON, by=cast.prosecutor)
    Occurrence.objects.filter(pk=one.pk).update(on=day("2026-03-09"))

    assert [on for _, on, _ in shown(case)] == [day("2026-03-09")]
    assert LimitationEvent.objects.get().on == ON


def test_everything_that_interrupts_in_law_is_offered(cast):
    case = case_of_office(cast, enforcement=True)
    for kind in ("labour_mediation_asked", "order_accepted", "urgent_preservation", "inspection_opened"):
        OccurrenceFactory(case=case, kind=kind, on=day("2026-01-05"))
    Filing.objects.create(
        case=case, court="集宁区人民法院", court_number="（2026）内0902民初1号", filed_on=day("2026-01-09"),
        procedure="ordinary", recorded_by=cast.prosecutor,
    )  # fmt: skip
    recover(case, "100.00", verified_by=cast.clerk)
    Enforcement.objects.filter(case=case).delete()
    Enforcement.objects.create(
        case=case, applied_on=day("2026-02-01"), court="集宁区人民法院", recorded_by=cast.prosecutor
    )

    paid = Recovery.objects.get()
    assert sorted((kind.value, evidence) for kind, _, evidence in shown(case)) == [
        ("admission", f"到账登记，{paid.get_channel_display()}"),
        ("mediation", "申请劳动争议调解"),
        ("suit", "情况紧急申请保全"),
        ("suit", "法院受理支付令申请"),
        ("suit", "法院立案，（2026）内0902民初1号"),
        ("suit", "申请执行，集宁区人民法院"),
    ]


def test_the_suit_counts_from_the_day_it_was_handed_in(cast):
    case = case_of_office(cast, enforcement=True)
    OccurrenceFactory(case=case, kind="court_received", on=day("2026-01-05"))
    Filing.objects.create(
        case=case, court="集宁区人民法院", court_number="（2026）内0902民初1号", filed_on=day("2026-01-09"),
        procedure="ordinary", recorded_by=cast.prosecutor,
    )  # fmt: skip

    assert [(kind, on) for kind, on, _ in shown(case)] == [("suit", day("2026-01-05"))]


def test_an_application_to_the_board_is_offered_until_the_withdrawal_has_said_it(cast):
    case, _ = watched(cast, review=True)
    record = review.record_arbitration(
        case, board="集宁区劳动人事争议仲裁委员会", number="", applied_on=ON, result="pending",
        result_on=None, received_on=None, is_final=False, by=cast.prosecutor,
    )  # fmt: skip
    assert shown(case) == [("suit", ON, "申请仲裁，集宁区劳动人事争议仲裁委员会")]
    actions.take_over(case, source=f"arbitration-{record.pk}", on=ON, by=cast.prosecutor)

    record.result, record.result_on = "withdrawn", day("2026-03-20")
    actions.arbitrated(case, record, by=cast.prosecutor)

    assert list(LimitationEvent.objects.values_list("kind", "on")) == [
        ("suit", ON), ("suit", day("2026-03-20")),
    ]  # fmt: skip


def test_the_page_offers_one_click_to_the_prosecutor_and_registering_to_others(told, cast):
    case, row, one = told
    address = reverse("cases:limitation", args=[case.code])
    page = client_for(cast.prosecutor).get(address).text
    keys = [case.code, source(one)]
    assert "时效中断待确认" in page
    assert reverse("cases:limitation_hint_dismiss", args=keys) in page
    assert reverse("cases:limitation_hint_dismiss", args=keys) not in client_for(cast.clerk).get(address).text
    assert "时效中断待确认 2 项" in client_for(cast.clerk).get(case.get_absolute_url()).text
    assert_panel_is_part_of_page(client_for(cast.prosecutor), address)

    answer = client_for(cast.prosecutor).post(
        reverse("cases:limitation_hint", args=keys), {"on": ON.isoformat()}
    )
    again = client_for(cast.prosecutor).post(
        reverse("cases:limitation_hint", args=keys), {"on": ON.isoformat()}
    )

    assert (answer.status_code, answer["Location"], due(row)) == (302, address, day("2027-03-02"))
    assert again.status_code == 422
    assert "已经处理过" in again.text


def test_dismissing_has_a_page_of_its_own(told, cast):
    case, _, one = told
    address = reverse("cases:limitation_hint_dismiss", args=[case.code, source(one)])
    browser = client_for(cast.prosecutor)
    assert "向有关部门请求救济 2026-03-02，向劳动监察投诉" in browser.get(address).text

    empty = browser.post(address, {"on": ON.isoformat(), "reason": ""})
    done = browser.post(address, {"on": ON.isoformat(), "reason": "另一工程的欠薪"})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "另一工程的欠薪" in browser.get(done["Location"]).text
    assert "已经处理过" in browser.get(address).text


# 最长二十年 on the deadline itself


def test_the_deadline_never_goes_beyond_twenty_years_whatever_is_counted_again(cast):
    case = case_of_office(cast, reviewed=True)
    row = based_on(case, 19 * 365, by=cast.prosecutor)
    if row.kind != Limitation.Kind.CIVIL:
        case.limitations.update(kind=Limitation.Kind.CIVIL)
        row = based_on(case, 19 * 365, by=cast.prosecutor)
    first = row.base_on
    for years in range(2, 19, 2):
        on = first.replace(year=first.year + years)
        actions.add_event(case, kind="demand", on=on, evidence="催要", by=cast.prosecutor)
    end = first.replace(year=first.year + 20)
    assert due(row) == end
    assert "二十年" in row.__class__.objects.get(pk=row.pk).deadline.how_counted()

    row.refresh_from_db()
    later = first + timedelta(days=10)
    actions.state_base(row, base_on=later, base_note="合同", version=row.version, by=cast.prosecutor)

    assert due(row) == end + timedelta(days=10)
    assert clock.today() < end
    rules.change("L3", by=cast.sysadmin, reason="提前提醒", version=1, warn_days=200)
    deadline = Limitation.objects.get(pk=row.pk).deadline
    counting.recount(deadline, counting.basis("term", deadline.organisation))
    assert (deadline.rule["version"], deadline.due_on) == (2, end + timedelta(days=10))


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_hint_over_at_once_make_one_event(cast):
    case, _ = watched(cast, review=True)
    one = OccurrenceFactory(case=case, kind="inspection_told", on=ON)

    results = race(
        lambda: actions.take_over(case, source=source(one), on=ON, by=cast.prosecutor),
        lambda: actions.take_over(case, source=source(one), on=ON, by=cast.assistant),
        lambda: actions.dismiss(case, source=source(one), on=ON, reason="不是", by=cast.prosecutor),
    )

    assert results.count("done") == 1
    assert results.count(actions.GONE) == 2
    assert LimitationEvent.objects.count() + HintDismissal.objects.count() == 1
