"""What happens when the last approver agrees: stage, record, event, clocks, notice after commit."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cases import clocks
from cases.approval import actions as approval
from cases.models import Extension, SupportWithdrawal, Suspension
from cases.workflow import Matter, Stage
from core import clock
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import case_of_office


@pytest.fixture
def case(cast):
    case = case_of_office(cast, reviewed=True)
    for code in ("P4", "P6a", "P6b"):
        clocks.start(case, code, on=case.accepted_on, by=cast.prosecutor)
    return case


def through(cast, case, matter, **fields):
    """Propose as the handler, agree as head and (where the chain asks for it) chief."""
    proposal = submitted(cast, matter, case, **fields)
    agree_all(cast, proposal)
    case.refresh_from_db()
    return proposal


def open_codes(case):
    return sorted(deadline.term.code for deadline in clocks.running(case))


def test_decline_decides_the_case_freezes_the_sums_and_turns_the_clocks(cast, case):
    through(cast, case, Matter.DECLINE, ground="facts")

    decision = case.decision
    assert (case.stage, case.decided_on) == (Stage.DECLINED, clock.today())
    assert (decision.outcome, decision.ground, decision.decided_on) == ("decline", "facts", clock.today())
    assert (decision.claimed_amount, decision.claimant_count) == (Decimal("20000.00"), 2)
    assert (decision.drafted_by, decision.recorded_by) == (cast.prosecutor, cast.chief)
    assert open_codes(case) == ["P4", "P7"]


def test_terminate_decides_the_case_with_its_ground(cast, case):
    through(cast, case, Matter.TERMINATE, ground="settled")

    assert (case.stage, case.decision.outcome, case.decision.ground) == ("terminated", "terminate", "settled")
    assert open_codes(case) == ["P4", "P7"]


def test_the_sums_of_a_decision_leave_out_who_withdrew(cast, case):
    leaver = case.claimants.first()
    leaver.withdrawn_on, leaver.withdrawn_by, leaver.withdrawal_reason = (
        clock.today(),
        cast.clerk,
        "已领到工资",
    )
    leaver.save()

    through(cast, case, Matter.DECLINE, ground="facts")

    assert (case.decision.claimed_amount, case.decision.claimant_count) == (Decimal("8000.00"), 1)


def test_transfer_records_the_target_and_drops_every_clock(cast, case):
    through(cast, case, Matter.TRANSFER, target=cast.other_office)

    assert (case.stage, case.transfer.target, case.decided_on) == ("transferred", cast.other_office, None)
    assert open_codes(case) == []


def test_suspend_stops_the_review_clock_from_the_stated_day_and_keeps_the_stage(cast, case):
    day = clock.today() - timedelta(days=1)
    through(cast, case, Matter.SUSPEND, ground="other_case", starts_on=day)

    suspension = Suspension.objects.get(case=case)
    assert (case.stage, case.is_suspended, suspension.starts_on) == (Stage.REVIEW, True, day)
    paused = {d.term.code: d.paused_on for d in clocks.running(case)}
    assert paused == {"P4": None, "P6a": day, "P6b": day}


def test_extend_moves_the_target_and_leaves_the_ceiling(cast, case):
    before = {d.term.code: d.due_on for d in clocks.running(case)}

    through(cast, case, Matter.EXTEND, days=10)

    after = {d.term.code: d.due_on for d in clocks.running(case)}
    assert after["P6a"] > before["P6a"]  # ten days, before the end is rolled over a weekend
    assert after["P6b"] == before["P6b"]
    assert Extension.objects.get(case=case).days == 10
    assert case.stage == Stage.REVIEW


@pytest.mark.parametrize("stage", ["supported", "filed", "trial"])
def test_withdraw_support_ends_the_case_from_each_stage_in_court(cast, stage):
    case = case_of_office(cast, **{stage: True})
    clocks.start(case, "P7", on=clock.today(), by=cast.prosecutor)

    through(cast, case, Matter.WITHDRAW_SUPPORT, ground="fraud")

    record = SupportWithdrawal.objects.get(case=case)
    assert (case.stage, record.ground, record.decided_on) == (Stage.WITHDRAWN, "fraud", clock.today())
    assert open_codes(case) == []


@pytest.mark.parametrize(
    ("matter", "fields", "event"),
    [
        (Matter.DECLINE, {"ground": "facts"}, "decline"),
        (Matter.TERMINATE, {"ground": "performed"}, "terminate"),
        (Matter.SUSPEND, {"ground": "other", "starts_on": clock.today()}, "suspend"),
        (Matter.EXTEND, {"days": 5}, "extend"),
    ],
)
def test_the_journal_tells_who_proposed_who_agreed_and_what_came_of_it(cast, case, matter, fields, event):
    proposal = through(cast, case, matter, **fields)

    told = [(e.kind, e.actor) for e in case.events.all() if e.kind != "document"]
    written = [(e.note, e.actor) for e in case.events.all() if e.kind == "document"]
    first = "submit" if case.stage != Stage.REVIEW else "proposed"
    expected = [(first, cast.prosecutor), ("step_agreed", cast.head), (event, cast.chief)]
    assert told == (expected if proposal.round.steps.count() == 2 else [expected[0], (event, cast.head)])
    if paper := proposal.document:
        issued = f"签发{paper} {case.official_number}"
        assert written == [(f"起草{paper}", cast.prosecutor), (issued, cast.chief)]
    else:
        assert written == []


def test_a_decision_is_told_to_the_handler_after_commit(cast, case, django_capture_on_commit_callbacks):
    submitted(cast, Matter.DECLINE, case)
    approval.approve(case, opinion="同意。", by=cast.head, read=True)

    with django_capture_on_commit_callbacks(execute=True):
        approval.approve(case, opinion="同意。", by=cast.chief, read=True)
        assert cast.prosecutor.notifications.count() == 0

    assert [n.title for n in cast.prosecutor.notifications.all()] == [f"{case}：不支持起诉"]
