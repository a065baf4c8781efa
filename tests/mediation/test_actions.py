"""Mediation's verbs: what happens, what is refused and leaves no trace, who is locked, who hears of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cases import clocks
from cases.models import Case, Proposal
from cases.workflow import Stage
from core import clock
from mediation import actions
from mediation.models import Agreement, AgreementShare, Mediation, Session
from mediation.notices import sweep
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused
from tests.dashboard.money import withdrawn
from tests.mediation.factories import MediatorFactory, running, shares_of

TODAY = clock.today()
BEFORE = timedelta(days=30)


@pytest.fixture(autouse=True)
def _approvers(cast):
    assert cast.head
    assert cast.chief


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def roster(cast):
    return MediatorFactory(organisation=cast.mediation_body, user=cast.mediator, name="马调解员")


def begin(case, by, **changes):
    facts = {"kind": "procuratorial", "mediator": None, "started_on": clock.today(), "willing": True}
    return actions.start(case, **facts | changes, by=by)


def hold(mediation, by, **changes):
    facts = {
        "held_on": clock.today(),
        "place": "第二调解室",
        "attended": "双方到场",
        "notes": "双方核对工资结算表。",
        "result": "约定再次调解",
    }
    return actions.add_session(mediation, **facts | changes, by=by)


def agree(mediation, by, **changes):
    facts = {
        "shares": changes.get("shares") or shares_of(mediation, Decimal("12000.00"), Decimal("7000.00")),
        "made_on": clock.today(),
        "effective_on": clock.today(),
        "performance": "一次付清",
        "signed": True,
    }
    return actions.agree(mediation, **facts | changes, by=by)


def fail(mediation, by, **changes):
    return actions.fail(mediation, **{"reason": "付款期限谈不拢", "ended_on": clock.today()} | changes, by=by)


def traces():
    return [model.objects.count() for model in (Mediation, Session, Agreement, AgreementShare)] + list(
        Mediation.objects.order_by("pk").values_list("status", "ended_on")
    )


# -- 启动


def test_a_mediation_starts_and_its_mediator_is_told_after_commit(
    cast, case, roster, prosecutor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        mediation = begin(case, prosecutor, kind="peoples", mediator=roster)
        assert cast.mediator.notifications.count() == 0

    assert (mediation.status, mediation.case.stage) == ("running", Stage.REVIEW)
    assert [(e.kind, e.note) for e in case.events.all()] == [("mediation", "启动人民调解")]
    told = [(n.title, n.url) for n in cast.mediator.notifications.all()]
    assert told == [("有一件人民调解交给你主持", f"/mediations/{mediation.pk}/")]
    assert sweep() == 0


def test_a_lost_nudge_is_made_good_by_the_sweep_once(cast, case, roster, prosecutor):
    begin(case, prosecutor, kind="peoples", mediator=roster)

    assert (sweep(), sweep()) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"willing": False}, "双方自愿"),
        ({"kind": "peoples"}, "请选择调解员"),
        ({"started_on": TODAY + timedelta(days=1)}, "还没到"),
        ({"started_on": TODAY - BEFORE}, "早于受理日期"),
    ],
)
def test_a_start_that_is_refused_leaves_no_trace(case, prosecutor, changes, sentence):
    with refused(sentence):
        begin(case, prosecutor, **changes)
    assert traces() == [0, 0, 0, 0]


def test_a_mediator_of_another_office_or_off_the_roster_is_refused(cast, case, prosecutor, roster):
    stranger = MediatorFactory()
    roster.is_active = False
    roster.save()

    for mediator in (stranger, roster):
        with refused("不在本院调解员名册里"):
            begin(case, prosecutor, kind="peoples", mediator=mediator)


@pytest.mark.parametrize(
    ("who", "sentence"), [("prosecutor2", "李检察官 承办"), ("chief", "办案人员"), ("other", "本院办案人员")]
)
def test_who_may_not_handle_the_case_may_not_start(cast, case, who, sentence):
    with refused(sentence):
        begin(case, getattr(cast, who))


@pytest.mark.parametrize("stage", [{}, {"approval": True}, {"supported": True}, {"closed": True}])
def test_mediation_starts_only_in_review(cast, prosecutor, stage):
    case = case_of_office(cast, **stage)
    with refused("不能启动诉前和解"):
        begin(case, prosecutor)


def test_one_mediation_runs_at_a_time(case, prosecutor):
    begin(case, prosecutor)
    with refused("不能再启动一次"):
        begin(case, prosecutor)


def test_starting_locks_first(case, prosecutor):
    with locks_first():
        begin(case, prosecutor)


def test_the_review_runs_on_unless_the_office_says_otherwise(case, prosecutor, settings):
    clocks.start(case, "P6a", on=case.accepted_on, by=prosecutor)
    begin(case, prosecutor)

    assert [d.paused_on for d in clocks.running(case)] == [None]


def test_where_the_office_says_so_the_review_stands_still_and_goes_on_after(case, prosecutor, settings):
    settings.MEDIATION_SUSPENDS = True
    clocks.start(case, "P6a", on=case.accepted_on, by=prosecutor)
    mediation = begin(case, prosecutor, started_on=clock.today() - timedelta(days=2))
    paused = [d.paused_on for d in clocks.running(case)]
    settings.MEDIATION_SUSPENDS = False  # switched off meanwhile: what stood still must still go on

    fail(mediation, prosecutor)

    (clock_now,) = clocks.running(case)
    assert paused == [clock.today() - timedelta(days=2)]
    assert clock_now.paused_on is None
    assert clock_now.paused_days == 2


# -- 调解会


@pytest.mark.parametrize("who", ["prosecutor", "clerk", "mediator"])
def test_a_session_is_recorded_by_the_handlers_or_the_mediator(cast, who):
    mediation = running(cast, by_body=True)

    session = hold(mediation, getattr(cast, who))

    assert (session.mediation, session.recorded_by) == (mediation, getattr(cast, who))
    assert mediation.case.events.get().note == f"调解会 {clock.today()}"


@pytest.mark.parametrize("who", ["mediator2", "chief", "other", "prosecutor2"])
def test_nobody_else_records_a_session(cast, who):
    mediation = running(cast, by_body=True)
    with refused("."):
        hold(mediation, getattr(cast, who))
    assert traces()[1] == 0


def test_a_session_lies_between_the_start_and_today(cast, prosecutor):
    mediation = running(cast)
    for day, sentence in [(1, "还没到"), (-1, "早于开始日期")]:
        with refused(sentence):
            hold(mediation, prosecutor, held_on=clock.today() + timedelta(days=day))


def test_an_ended_mediation_takes_no_session(cast, prosecutor):
    mediation = fail(running(cast), prosecutor)
    with refused("不能再登记调解会"):
        hold(mediation, prosecutor)


@pytest.mark.parametrize("stage", [Stage.TERMINATED, Stage.ARCHIVED])
def test_a_case_that_is_over_takes_no_session_even_of_its_mediator(cast, stage):
    mediation = running(cast, by_body=True)
    Case.objects.filter(pk=mediation.case_id).update(stage=stage)
    with refused("案件已办结，不能再登记调解会。"):
        hold(mediation, cast.mediator)


def test_recording_a_session_locks_first(cast, prosecutor):
    mediation = Mediation.objects.get(pk=running(cast).pk)
    with locks_first():
        hold(mediation, prosecutor)


# -- 协议


@pytest.mark.parametrize(("is_paid", "ground"), [(False, "settled"), (True, "performed")])
def test_an_agreement_proposes_to_terminate_and_ends_nothing(cast, prosecutor, is_paid, ground):
    mediation = running(cast)

    agreement = agree(mediation, prosecutor, is_paid=is_paid)

    case = agreement.mediation.case
    proposal = Proposal.objects.get(case=case)
    case.refresh_from_db()
    assert (agreement.total, agreement.mediation.status) == (Decimal("19000.00"), "agreed")
    assert (proposal.matter, proposal.ground, proposal.round) == ("terminate", ground, agreement.round)
    assert "2 人共 19,000.00 元" in proposal.reasons
    assert (case.stage, hasattr(case, "decision")) == (Stage.APPROVAL, False)


def test_once_approved_the_case_is_terminated_on_the_ground_of_the_agreement(cast, prosecutor):
    agreement = agree(running(cast), prosecutor)

    case = agree_all(cast, agreement.round.proposal)

    assert (case.stage, case.decision.ground) == (Stage.TERMINATED, "settled")


def test_an_agreement_before_a_mediation_body_starts_thirty_days_for_the_court(cast, prosecutor):
    agreement = agree(running(cast, by_body=True), prosecutor)

    (link,) = agreement.mediation.mediation_deadlines.filter(deadline__term__code="C14")
    assert link.deadline.due_on >= clock.today() + timedelta(days=30)
    assert running(cast).mediation_deadlines.count() == 0


def test_an_agreement_starts_one_clock_for_each_day_on_which_something_is_due(cast, prosecutor):
    mediation = running(cast)
    first, second = shares = shares_of(mediation, Decimal(1), Decimal(1))
    later = clock.today() + timedelta(days=40)
    shares = {first: shares[first], second: (shares[second][0], later)}

    agreement = agree(mediation, prosecutor, shares=shares)

    links = agreement.mediation.mediation_deadlines.order_by("pk")
    days = sorted({due_on for _, due_on in shares.values()})
    assert [(link.deadline.rule["code"], link.deadline.due_on) for link in links] == [("M1", d) for d in days]
    assert {link.deadline.title for link in links} == {f"{mediation.case} 约定付款"}


def test_money_paid_at_once_starts_no_clock(cast, prosecutor):
    agreement = agree(running(cast, by_body=True), prosecutor, is_paid=True)

    assert not agreement.mediation.mediation_deadlines.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed": False}, "每名申请人签字"),
        ({"made_on": TODAY + timedelta(days=1)}, "早于签订日期|还没到"),
        ({"made_on": TODAY - BEFORE}, "早于开始日期"),
        ({"effective_on": TODAY - timedelta(days=1)}, "生效日期早于签订日期"),
    ],
)
def test_an_agreement_that_is_refused_leaves_no_trace(cast, prosecutor, changes, sentence):
    mediation = running(cast)
    before = traces()
    with refused(sentence):
        agree(mediation, prosecutor, **changes)
    assert traces() == before


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [(("12000.01", "1.00"), "超过欠付"), (("0.00", "1.00"), "要大于 0"), (("-5.00", "1.00"), "要大于 0")],
)
def test_every_share_is_more_than_nothing_and_not_more_than_is_owed(cast, prosecutor, amounts, sentence):
    mediation = running(cast)
    with refused(sentence):
        agree(mediation, prosecutor, shares=shares_of(mediation, *map(Decimal, amounts)))


def test_every_standing_claimant_has_a_share_and_nobody_else(cast, prosecutor):
    mediation = running(cast)
    shares = shares_of(mediation, Decimal(1), Decimal(1))
    first, second = shares
    with refused(f"还没填协议金额：{second}"):
        agree(mediation, prosecutor, shares={first: shares[first]})
    withdrawn(second)
    with refused("不是本案现在的申请人"):
        agree(mediation, prosecutor, shares=shares)

    assert agree(mediation, prosecutor, shares={first: shares[first]}).total == 1


def test_an_agreement_waits_while_another_proposal_is_up(cast, prosecutor):
    mediation = running(cast)
    submitted(cast, case=mediation.case)
    with refused("不能登记和解协议"):
        agree(mediation, prosecutor)


@pytest.mark.parametrize("act", [agree, fail])
@pytest.mark.parametrize("who", ["mediator", "chief", "other", "prosecutor2"])
def test_only_the_handlers_end_a_mediation(cast, act, who):
    mediation = running(cast, by_body=True)
    with refused("."):
        act(mediation, getattr(cast, who))
    assert Mediation.objects.get().status == "running"


@pytest.mark.parametrize("act", [agree, fail])
def test_ending_locks_first(cast, prosecutor, act):
    mediation = Mediation.objects.get(pk=running(cast).pk)
    shares = shares_of(mediation, Decimal(1), Decimal(1))
    mediation = Mediation.objects.get(pk=mediation.pk)
    with locks_first():
        agree(mediation, prosecutor, shares=shares) if act is agree else fail(mediation, prosecutor)


@pytest.mark.parametrize("act", [agree, fail])
def test_a_mediation_ends_once(cast, prosecutor, act):
    mediation = fail(running(cast), prosecutor)
    with refused("和解未达成，不能再登记结果"):
        act(mediation, prosecutor)


def test_who_was_paid_on_the_spot_needs_no_court(cast, prosecutor):
    agreement = agree(running(cast, by_body=True), prosecutor, is_paid=True)

    assert not agreement.mediation.waiting_confirmation().exists()


@pytest.mark.parametrize(
    ("applied", "met", "note"), [(True, True, "双方已申请"), (False, False, "双方不申请")]
)
def test_the_thirty_days_end_when_the_parties_applied_or_will_not(cast, prosecutor, applied, met, note):
    mediation = agree(running(cast, by_body=True), prosecutor).mediation

    with locks_first():
        actions.end_confirmation(
            Mediation.objects.get(pk=mediation.pk), applied=applied, on=clock.today(), by=prosecutor
        )

    deadline = mediation.mediation_deadlines.get(deadline__term__code="C14").deadline
    assert (deadline.met_on is not None, deadline.cancelled_at is not None) == (met, not met)
    assert note in mediation.case.events.order_by("-pk").first().note
    with refused("没有进行中的司法确认期限"):
        actions.end_confirmation(mediation, applied=applied, on=clock.today(), by=prosecutor)


@pytest.mark.parametrize(
    ("who", "day", "sentence"), [("mediator", 0, "本院办案人员"), ("prosecutor", 1, "还没到")]
)
def test_a_confirmation_that_is_refused_leaves_no_trace(cast, prosecutor, who, day, sentence):
    mediation = agree(running(cast, by_body=True), prosecutor).mediation
    with refused(sentence):
        actions.end_confirmation(
            mediation, applied=True, on=clock.today() + timedelta(days=day), by=getattr(cast, who)
        )


# -- 未达成


def test_a_failure_changes_nothing_but_the_record(cast, prosecutor):
    mediation = fail(running(cast), prosecutor)

    mediation.case.refresh_from_db()
    assert (mediation.status, mediation.failure_reason) == ("failed", "付款期限谈不拢")
    assert mediation.case.stage == Stage.REVIEW
    assert mediation.case.events.get().note == "和解未达成，继续审查"
    assert begin(mediation.case, prosecutor).status == "running"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "还没填未达成的原因"),
        ({"ended_on": TODAY + timedelta(days=1)}, "还没到"),
        ({"ended_on": TODAY - BEFORE}, "早于开始日期"),
    ],
)
def test_a_failure_that_is_refused_leaves_no_trace(cast, prosecutor, changes, sentence):
    mediation = running(cast)
    with refused(sentence):
        fail(mediation, prosecutor, **changes)
    assert Mediation.objects.get().status == "running"


def test_a_mediation_can_fail_after_the_case_went_on(cast, prosecutor):
    assert fail(running(cast, supported=True), prosecutor).status == "failed"
