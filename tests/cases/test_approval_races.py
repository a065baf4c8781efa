"""Two people at once (T42): exactly one wins, the other is told who was first."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from cases.approval import actions as approval
from cases.decision import actions as deciding
from cases.models import Case, Decision, Proposal
from cases.paperwork import drafting
from cases.workflow import Matter
from core.refusals import Refused
from documents.models import Document, Issue
from tests.accounts.factories import DeputyFactory
from tests.cases.deciding import submitted, supportable
from tests.cases.factories import CaseFactory, ClaimantFactory, RespondentFactory, case_of_office

RACES = 100  # of each kind
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pool():
    """Two threads that keep their connection over all races."""
    with ThreadPoolExecutor(2) as pool:
        yield pool
        gate = Barrier(2)
        list(pool.map(lambda _: (gate.wait(), connection.close()), range(2)))


def race(pool, *acts):
    """Run two acts at the same moment; returns what each got: "done" or the sentence of the refusal."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        return "done"

    return sorted(pool.map(run, acts))


def proposals(cast, number):
    """Light cases on their way up, submitted by the handler."""
    assert cast.head
    assert cast.chief
    for _ in range(number):
        case = CaseFactory(handler=cast.prosecutor, reviewed=True)
        ClaimantFactory(case=case)
        RespondentFactory(case=case)
        yield submitted(cast, case=case)


def test_two_approvers_of_one_step_are_one_agreement(cast, pool):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)
    losers = {f"已由 {name} 同意，不用再处理。" for name in ("赵主任", "张检察官")}

    for proposal in proposals(cast, RACES):
        agree = partial(approval.approve, proposal.case, step=proposal.round.current_step.pk, read=True)
        results = race(pool, partial(agree, by=cast.head), partial(agree, by=cast.prosecutor2))

        assert results.count("done") == 1
        assert set(results) - {"done"} <= losers
        assert [s.acted_at is not None for s in proposal.round.steps.all()] == [True, False]
        assert proposal.case.events.filter(kind="step_agreed").count() == 1


def test_agreeing_against_sending_back_ends_in_one_of_the_two(cast, pool, settings):
    settings.APPROVAL_CHAINS = {"decline": ("chief",)}
    DeputyFactory(absent=cast.chief, substitute=cast.prosecutor2)

    for proposal in proposals(cast, RACES):
        results = race(
            pool,
            partial(approval.approve, proposal.case, by=cast.chief, read=True),
            partial(approval.send_back, proposal.case, opinion="补充。", by=cast.prosecutor2),
        )

        assert results.count("done") == 1
        stage = Case.objects.get(pk=proposal.case_id).stage
        decided = Decision.objects.filter(case=proposal.case_id).exists()
        assert (stage, decided) in {("declined", True), ("review", False)}
        winner = "孙副检察长 同意" if decided else "张检察官 退回修改"
        assert f"已由 {winner}，不用再处理。" in results


def test_twenty_agreements_to_support_are_one_decision_and_one_letter(cast):
    case = supportable(cast)
    proposal = submitted(cast, "support", case)
    approval.approve(case, by=cast.head, read=True)
    gate = Barrier(20)

    def agree(_):
        gate.wait()
        try:
            approval.approve(proposal.case, by=cast.chief, read=True)
        except Refused:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(20) as twenty:
        assert sum(twenty.map(agree, range(20))) == 1
    assert (Decision.objects.count(), Issue.objects.count(), Document.objects.count()) == (1, 1, 1)


def test_two_tabs_that_submit_at_once_are_one_round(cast, pool):
    people = [cast.prosecutor, cast.head, cast.chief]
    for _ in range(20):
        case = case_of_office(cast, reviewed=True)
        terms = {"matter": Matter.DECLINE, "ground": "facts", "reasons": "理由。", "by": people[0]}
        begin = partial(deciding.begin, case, **terms)
        assert race(pool, begin, begin) == ["done", "不支持起诉决定书已经起草，请打开修改。"]
        assert Document.objects.filter(case_link__case=case).count() == 1

        submit = partial(deciding.propose, case, matter=Matter.DECLINE, by=people[0])
        results = race(pool, submit, submit)

        assert results == ["done", "案件处于“审批中”阶段，不能提出不支持起诉。"]
        assert Proposal.objects.filter(case=case).count() == 1


def test_a_paper_changed_while_it_is_submitted_goes_up_with_what_was_saved_or_waits(cast, pool):
    """Saving against submitting: either the new words are approved, or they are refused; never a third text."""
    _approvers = cast.head, cast.chief
    for _ in range(20):
        case = case_of_office(cast, reviewed=True)
        paper = deciding.begin(case, matter="decline", ground="facts", reasons="理由。", by=cast.prosecutor)
        revise = partial(drafting.revise, case, paper, by=cast.assistant, expected_n=1, reasons="新的理由。")
        submit = partial(deciding.propose, case, matter=Matter.DECLINE, by=cast.prosecutor, expected_n=1)
        results = race(pool, revise, submit)

        proposal = Proposal.objects.filter(case=case).first()
        if proposal is None:
            assert results == ["done", "王助理刚把不支持起诉决定书改成第 2 稿，请核对后再提交。"]
        else:
            assert results == ["done", "不支持起诉决定书审批中，不能修改。"]
            assert (proposal.reasons, paper.versions.count()) == ("理由。", 1)
