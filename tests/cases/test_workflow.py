"""The procedure table is whole: every move is in it, every stage can be reached, every end can be archived."""

import pytest

from cases.models import CaseEvent
from cases.transitions import advance
from cases.workflow import (
    CHAINS,
    ENDS,
    FLOW,
    MATTER_STAGES,
    NEXT_ACTOR,
    STAGE_MATTERS,
    Act,
    Matter,
    Move,
    Stage,
)
from core.refusals import Refused
from tests.cases.factories import CaseFactory, case_of_office


def test_every_move_is_in_the_table():
    assert set(FLOW) == set(Move)


def test_every_stage_can_be_reached_from_registration():
    reached, todo = {Stage.REGISTERED}, [Stage.REGISTERED]
    while todo:
        here = todo.pop()
        for sources, target in FLOW.values():
            if here in sources and target not in reached:
                reached.add(target)
                todo.append(target)
    assert reached == set(Stage)


def test_every_end_is_archived_and_nothing_leaves_the_archive():
    assert FLOW[Move.ARCHIVE] == (ENDS, Stage.ARCHIVED)
    assert not [move for move, (sources, _) in FLOW.items() if Stage.ARCHIVED in sources]


def test_every_stage_says_who_acts_next():
    assert set(NEXT_ACTOR) == set(Stage)


def test_every_matter_has_a_chain_and_stages():
    assert set(CHAINS) == set(MATTER_STAGES) == set(Matter)
    assert set(Matter) >= STAGE_MATTERS


def test_moves_and_acts_do_not_share_a_word():
    assert not set(Move.values) & set(Act.values)


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("stage", list(Stage))
def test_advance_follows_the_table_and_nothing_else(cast, stage, move):
    case = CaseFactory(handler=cast.prosecutor, accepted=True, stage=stage)
    sources, target = FLOW[move]

    if stage in sources:
        advance(case, move, by=cast.prosecutor)
        case.refresh_from_db()
        assert (case.stage, case.events.get().kind) == (target, move)
    else:
        with pytest.raises(Refused, match=f"不能{move.label}"):
            advance(case, move, by=cast.prosecutor)
        case.refresh_from_db()
        assert (case.stage, case.events.count()) == (stage, 0)


def test_an_event_tells_the_handler_after_commit_and_only_once(cast, django_capture_on_commit_callbacks):
    case = case_of_office(cast, review=True)
    with django_capture_on_commit_callbacks(execute=True):
        advance(case, Move.SUBMIT, by=cast.assistant)
        assert cast.prosecutor.notifications.count() == 0

    event = CaseEvent.objects.get()
    event.announcement.refresh_from_db()
    assert event.announcement.done_at is not None
    assert [n.title for n in cast.prosecutor.notifications.all()] == [f"{case}：提交审批"]
