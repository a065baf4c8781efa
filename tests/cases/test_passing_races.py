"""转办 and 加签 against a decision at the same moment (T42), on a real database: one of the two, never both."""

from functools import partial

import pytest

from approvals.models import HandOver, Reading
from cases.approval import actions as approval
from cases.approval import passing
from tests.accounts.factories import DeputyFactory, UserFactory
from tests.cases.deciding import submitted
from tests.racing import race

ROUNDS = 15
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(cast):
    assert cast.head  # the first head is the one who is asked
    return UserFactory(name="钱副主任", department_head=True, organisation=cast.office)


def submissions(cast):
    """(proposal, the acts on its first step as partials of the shown step)."""
    for _ in range(ROUNDS):
        proposal = submitted(cast)
        case, shown = proposal.case, {"step": proposal.round.current_step.pk}
        agree = partial(approval.approve, case, read=True, **shown)
        hand_over = partial(passing.reassign, case, round=proposal.round, reason="外出。", **shown)
        ask = partial(passing.countersign, case, round=proposal.round, question="看。", **shown)
        yield proposal.round, shown["step"], agree, hand_over, ask


def test_handed_over_while_agreeing_is_one_of_the_two(cast, second):
    for round, step, agree, hand_over, _ in submissions(cast):
        answers = race(partial(agree, by=cast.head), partial(hand_over, to=second, by=cast.head))

        assert answers.count("done") == 1
        first = round.steps.get(pk=step)
        handed = HandOver.objects.filter(step=first).exists()
        assert (first.acted_at is None, first.assigned_to == second) == (handed, handed)
        sentence = "这一步已转办给 钱副主任，不用再处理。" if handed else "已由 赵主任 同意，不用再处理。"
        assert sentence in answers


def test_two_people_who_hand_over_at_once_do_it_once(cast, second):
    third = UserFactory(department_head=True, organisation=cast.office)
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)
    for _, step, _, hand_over, _ in submissions(cast):
        answers = race(
            partial(hand_over, to=second, by=cast.head), partial(hand_over, to=third, by=cast.prosecutor2)
        )

        assert answers.count("done") == 1
        assert HandOver.objects.filter(step=step).count() == 1


def test_asked_for_an_opinion_while_somebody_agrees_is_one_of_the_two(cast):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)
    for round, step, agree, _, ask in submissions(cast):
        answers = race(partial(agree, by=cast.prosecutor2), partial(ask, of=cast.assistant, by=cast.head))

        assert answers.count("done") == 1
        asked = round.steps.filter(capacity="countersigner").exists()
        assert (round.steps.get(pk=step).acted_at is None) == asked
        assert sorted(round.steps.values_list("order", flat=True)) == list(range(1, 4 if asked else 3))


def test_the_end_of_the_text_seen_in_two_windows_is_one_reading(cast):
    proposal = submitted(cast)
    round = proposal.round
    step, seen = round.current_step.pk, round.content_hash

    def read():
        passing.note_reading(proposal.case, round=round, seen=seen, now=seen, step=step, by=cast.head)

    assert race(read, read, read) == ["done"] * 3
    assert Reading.objects.count() == 1
