"""受理: every verb happens whole, refuses without a trace, and locks before it looks."""

from datetime import date, timedelta

import pytest

from cases import clocks
from cases.intake import actions
from cases.models import Acceptance, Case
from cases.workflow import Stage
from core import clock
from core.refusals import Conflict
from tests.cases.factories import (
    AcceptanceReviewFactory,
    CaseFactory,
    SupplementFactory,
    case_of_office,
)
from tests.cases.traces import locks_first, refused

ANSWERS = dict.fromkeys(
    (
        "in_scope",
        "right_holder",
        "clear_respondent",
        "jurisdiction",
        "voluntary",
        "weak_ability",
        "other_relief",
        "not_in_court",
    ),
    "yes",
) | {"proposal": "accept", "ground": "", "opinion": "符合条件。"}


def today():
    return clock.today()


@pytest.fixture
def case(cast):
    """An application that the handler has examined; its P3 clock runs."""
    case = case_of_office(cast)
    clocks.start(case, "P3", on=case.received_on, by=case.handler)
    return case


@pytest.fixture
def examined(case):
    AcceptanceReviewFactory(case=case)
    return case


def events(case):
    return [(event.kind, event.actor.username) for event in case.events.order_by("pk")]


def titles(user):
    return list(user.notifications.values_list("title", flat=True))


# --- 受理审查


def test_examining_is_on_record_and_the_head_hears_of_it_after_commit(
    case, head, prosecutor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        review = actions.examine(case, examined_on=today(), by=prosecutor, **ANSWERS)
        assert titles(head) == []

    assert (review.recorded_by, review.version) == (prosecutor, 1)
    assert events(case) == [("examine_application", "prosecutor")]
    assert titles(head) == [f"{case}：受理审查"]


def test_two_who_examine_at_once_are_shown_each_others_words(case, prosecutor, assistant):
    actions.examine(case, examined_on=today(), by=prosecutor, **ANSWERS)

    with pytest.raises(Conflict) as conflict:
        actions.examine(case, examined_on=today(), by=assistant, **ANSWERS | {"opinion": "不同。"})

    assert conflict.value.fields == {"opinion": ("不同。", "符合条件。")}


def test_an_examination_is_corrected_on_its_own_version(examined, prosecutor):
    actions.examine(examined, version=1, examined_on=today(), by=prosecutor, **ANSWERS | {"opinion": "改。"})

    examined.acceptance_review.refresh_from_db()
    assert (examined.acceptance_review.opinion, examined.acceptance_review.version) == ("改。", 2)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("prosecutor2", "由 李检察官 承办"), ("chief", "只有本院办案人员"), ("other", "只有本院")],
)
def test_only_the_handler_and_the_helpers_examine(cast, case, who, sentence):
    with refused(sentence):
        actions.examine(case, examined_on=today(), by=getattr(cast, who), **ANSWERS)


def test_nobody_examines_tomorrow(case, prosecutor):
    with refused("还没到"):
        actions.examine(case, examined_on=today() + timedelta(days=1), by=prosecutor, **ANSWERS)


# --- 受理


def test_accepting_gives_number_date_and_clocks_and_opens_the_review(
    examined, head, prosecutor, django_capture_on_commit_callbacks
):
    before = clocks.start(examined, "A5", on=today(), by=prosecutor)
    with django_capture_on_commit_callbacks(execute=True):
        acceptance = actions.accept(examined, decided_on=today(), by=head)
        assert titles(prosecutor) == []

    case = Case.objects.get(pk=examined.pk)
    assert (case.stage, case.accepted_on) == (Stage.REVIEW, today())
    assert case.official_number == f"集检民支〔{today().year}〕1号"
    assert (acceptance.examined_by, acceptance.recorded_by) == (prosecutor, head)
    assert case.review.version == 1
    assert {deadline.term.code for deadline in clocks.running(case)} == {"A5", "P4", "P6a", "P6b"}
    assert (before.title, {clock.title for clock in clocks.running(case)}) == (
        case.code,
        {case.official_number},
    )
    assert events(case) == [("accept", "head")]
    assert titles(prosecutor) == [f"{case}：受理"]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("prosecutor", "由部门负责人决定"), ("other_head", "由部门负责人决定"), ("clerk", "由部门负责人决定")],
)
def test_only_head_and_chief_of_the_office_accept(cast, examined, who, sentence):
    with refused(sentence):
        actions.accept(examined, decided_on=today(), by=getattr(cast, who))


def test_whoever_examined_does_not_decide(case, head):
    AcceptanceReviewFactory(case=case, recorded_by=head)

    with refused("受理审查是你作的"):
        actions.accept(case, decided_on=today(), by=head)


def _unexamined(case):
    case.acceptance_review.delete()


def _incomplete(case):
    SupplementFactory(case=case)


def _without_handler(case):
    Case.objects.filter(pk=case.pk).update(handler=None)


def _proposed_to_reject(case):
    review = case.acceptance_review
    review.proposal, review.ground = "reject", "able"
    review.save()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_unexamined, "还没有受理审查意见"),
        (_incomplete, "补正还没完成"),
        (_without_handler, "还没有承办人"),
        (_proposed_to_reject, "建议不予受理"),
    ],
)
def test_what_is_not_ready_is_not_accepted(examined, head, spoil, sentence):
    spoil(examined)

    with refused(sentence):
        actions.accept(examined, decided_on=today(), by=head)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(timedelta(days=1), "还没到"), (timedelta(days=-30), "早于收到日期")],
)
def test_the_day_of_acceptance_lies_between_receipt_and_today(examined, head, day, sentence):
    with refused(sentence):
        actions.accept(examined, decided_on=today() + day, by=head)


@pytest.mark.parametrize("stage", ["review", "supported", "closed"])
def test_an_accepted_case_is_not_accepted_again(cast, stage):
    case, head = case_of_office(cast, **{stage: True}), cast.head

    with refused("不能再决定是否受理"):
        actions.accept(case, decided_on=today(), by=head)


# --- 不予受理


def reject(case, by, **changes):
    facts = {"ground": "able", "advice": "可以申请法律援助。", "decided_on": today()}
    return actions.reject(case, by=by, **facts | changes)


def test_rejecting_names_ground_and_other_route_and_ends_the_clock(
    examined, head, prosecutor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        acceptance = reject(examined, head)

    examined.refresh_from_db()
    assert (examined.stage, acceptance.outcome) == (Stage.REJECTED, Acceptance.Outcome.REJECTED)
    assert (examined.official_number, clocks.running(examined)) == ("", [])
    assert events(examined) == [("reject", "head")]
    assert titles(prosecutor) == [f"{examined}：不予受理"]


def test_rejecting_is_refused_without_a_trace(cast, examined):
    with refused("由部门负责人决定"):
        reject(examined, cast.prosecutor)
    with refused("还没到"):
        reject(examined, cast.head, decided_on=today() + timedelta(days=1))


# --- 补正


def test_asking_for_a_supplement_stops_the_clock_and_completing_it_starts_it_anew(case, prosecutor):
    actions.ask_supplement(case, items="身份证", due_on=today(), by=prosecutor)
    assert [(d.term.code, d.due_on) for d in clocks.running(case)] == [("P3S", today())]

    supplement = actions.complete_supplement(case, completed_on=today(), by=prosecutor)

    assert supplement.completed_on == today()
    assert [(d.term.code, d.starts_on) for d in clocks.running(case)] == [("P3", today())]
    assert [kind for kind, _ in events(case)] == ["ask_supplement", "supplement"]


def test_a_supplement_is_asked_for_once_and_not_for_yesterday(case, prosecutor):
    with refused("已经过了"):
        actions.ask_supplement(case, items="身份证", due_on=date(2020, 1, 1), by=prosecutor)
    SupplementFactory(case=case)
    with refused("上一次补正还没完成"):
        actions.ask_supplement(case, items="身份证", due_on=today(), by=prosecutor)


def test_a_supplement_is_completed_when_one_is_pending_and_not_tomorrow(case, prosecutor, prosecutor2):
    with refused("没有待完成的补正"):
        actions.complete_supplement(case, completed_on=today(), by=prosecutor)
    SupplementFactory(case=case)
    with refused("还没到"):
        actions.complete_supplement(case, completed_on=today() + timedelta(days=1), by=prosecutor)
    with refused("由 李检察官 承办"):
        actions.complete_supplement(case, completed_on=today(), by=prosecutor2)


def test_completion_is_not_before_the_notice(case, prosecutor):
    SupplementFactory(case=case)

    with refused("早于通知补正"):
        actions.complete_supplement(case, completed_on=today() - timedelta(days=1), by=prosecutor)


# --- 分派、移送


def test_assigning_hands_over_the_running_clocks_and_tells_the_new_handler(
    case, head, prosecutor2, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.assign(case, handler=prosecutor2, by=head)

    case.refresh_from_db()
    assert case.handler == prosecutor2
    assert {deadline.responsible for deadline in clocks.running(case)} == {prosecutor2}
    assert titles(prosecutor2) == [f"{case}：分派承办人"]


def test_a_prosecutor_takes_a_free_case_but_gives_it_to_nobody_else(cast):
    case = CaseFactory(handler=None, created_by=cast.prosecutor, organisation=cast.office)

    with refused("由部门负责人办理"):
        actions.assign(case, handler=cast.prosecutor2, by=cast.prosecutor)
    assert actions.assign(case, handler=cast.prosecutor, by=cast.prosecutor).handler == cast.prosecutor


def test_assigning_is_refused_without_a_trace(cast, case):
    with refused("转办由部门负责人办理"):
        actions.assign(case, handler=cast.prosecutor2, by=cast.prosecutor)
    for stranger in (cast.other, cast.clerk, cast.chief):
        with refused("不能承办本院案件"):
            actions.assign(case, handler=stranger, by=cast.head)
    closed = case_of_office(cast, closed=True)
    with refused("不需要分派"):
        actions.assign(closed, handler=cast.prosecutor2, by=cast.head)


def test_transferring_ends_the_case_here(
    case, head, other_office, prosecutor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        record = actions.transfer(case, target=other_office, reason="被告住所地", sent_on=today(), by=head)

    case.refresh_from_db()
    assert (case.stage, record.target, clocks.running(case)) == (Stage.TRANSFERRED, other_office, [])
    assert titles(prosecutor) == [f"{case}：移送他院"]


def test_transferring_is_refused_without_a_trace(cast, case):
    facts = {"reason": "管辖", "sent_on": today()}
    with refused("由部门负责人决定"):
        actions.transfer(case, target=cast.other_office, by=cast.prosecutor, **facts)
    for target in (cast.office, cast.court):
        with refused("要选另一个检察院"):
            actions.transfer(case, target=target, by=cast.head, **facts)
    accepted = case_of_office(cast, review=True)
    with refused("在“处理意见”里提出"):
        actions.transfer(accepted, target=cast.other_office, by=cast.head, **facts)


# --- all of them


@pytest.mark.parametrize(
    "verb",
    [
        lambda cast, case: actions.examine(
            case, version=1, examined_on=today(), by=cast.prosecutor, **ANSWERS
        ),
        lambda cast, case: actions.accept(case, decided_on=today(), by=cast.head),
        lambda cast, case: reject(case, cast.head),
        lambda cast, case: actions.ask_supplement(case, items="证", due_on=today(), by=cast.prosecutor),
        lambda cast, case: actions.assign(case, handler=cast.prosecutor2, by=cast.head),
        lambda cast, case: actions.transfer(
            case, target=cast.other_office, reason="管辖", sent_on=today(), by=cast.head
        ),
    ],
    ids=["examine", "accept", "reject", "ask_supplement", "assign", "transfer"],
)
def test_every_verb_locks_the_case_before_it_looks(cast, examined, verb):
    assert cast.head
    assert cast.prosecutor2
    assert cast.other_office
    with locks_first():
        verb(cast, examined)


def test_completing_locks_the_case_before_it_looks(case, prosecutor):
    SupplementFactory(case=case)
    with locks_first():
        actions.complete_supplement(case, completed_on=today(), by=prosecutor)
