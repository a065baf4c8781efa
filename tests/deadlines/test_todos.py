from datetime import date

import pytest

from core.refusals import Refused
from deadlines import todos
from deadlines.models import Task
from tests.deadlines.factories import TaskFactory


def test_a_to_do_is_given_finished_and_taken_back(prosecutor, clerk):
    task = todos.add(title=" 打印文书 ", assigned_to=clerk, by=prosecutor, due_on=date(2026, 8, 20))
    assert (task.title, task.organisation, task.created_by) == (
        "打印文书",
        prosecutor.organisation,
        prosecutor,
    )

    done = todos.finish(task, by=clerk)
    assert (done.done_by, [*Task.objects.open()]) == (clerk, [])

    assert [todos.reopen(task, by=clerk)] == [*Task.objects.open()]


def test_refusals(cast):
    with pytest.raises(Refused, match="还没填待办事项。"):
        todos.add(title=" ", assigned_to=cast.clerk, by=cast.clerk)
    with pytest.raises(Refused, match="待办只能交给本单位的人员"):
        todos.add(title="打印文书", assigned_to=cast.other, by=cast.clerk)

    task = todos.finish(TaskFactory(assigned_to=cast.clerk), by=cast.clerk)
    with pytest.raises(Refused, match="这项待办已经完成。"):
        todos.finish(task, by=cast.clerk)
    with pytest.raises(Refused, match="不是你完成的"):
        todos.reopen(task, by=cast.prosecutor)


def test_a_to_do_is_seen_by_its_two_people_only(cast):
    mine = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)

    for who, sees in {"clerk": [mine], "prosecutor": [mine], "head": [], "other": []}.items():
        assert [*Task.objects.visible_to(getattr(cast, who))] == sees


def test_by_clock_puts_what_has_no_day_last(clerk):
    never, late, soon = (
        TaskFactory(assigned_to=clerk, due_on=day) for day in (None, date(2026, 8, 20), date(2026, 8, 4))
    )

    assert [*Task.objects.by_clock()] == [soon, late, never]
    assert [*Task.objects.past_due(date(2026, 8, 10))] == [soon]
