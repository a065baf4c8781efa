"""The desk and what one does on it: deadlines, to-dos, 催办."""

from datetime import date

from deadlines.models import Watcher
from tests.access.matrix import ALL_OFFICES, OFFICE, REST, Row
from tests.deadlines.factories import DeadlineFactory, TaskFactory

SEES = [(200, ALL_OFFICES), (403, REST)]
OF_OFFICE = [(200, OFFICE), (404, ALL_OFFICES), (403, REST)]
ITS_PEOPLE = ("prosecutor", "clerk", "assistant")  # who does it, who gave it, 抄送
OF_TASK = [(200, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)]
REFUSED = [(422, OFFICE), (404, ALL_OFFICES), (403, REST)]
TO_DESK = [(302, OFFICE), (404, ALL_OFFICES), (403, REST)]
NO_TASK = [(422, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)]


def a_deadline(cast):
    deadline = DeadlineFactory(
        responsible=cast.prosecutor, organisation=cast.office, code="P8", starts_on=date(2026, 8, 3)
    )
    return {"pk": deadline.pk}


def a_task(cast):
    task = TaskFactory(assigned_to=cast.clerk, created_by=cast.prosecutor)
    Watcher.objects.create(task=task, user=cast.assistant, added_by=cast.prosecutor)
    return {"pk": task.pk}


ROWS = [
    *(Row("dashboard:desk", get=SEES, query=f"tab={tab}") for tab in ("done", "started", "cc")),
    Row("dashboard:urge_many", post=[(302, ALL_OFFICES), (403, REST)]),
    Row("dashboard:deadline_row", a_deadline, get=TO_DESK),
    Row("dashboard:deadline_undo", a_deadline, post=TO_DESK),
    *(
        Row(f"dashboard:deadline_{deed}", a_deadline, get=OF_OFFICE, post=REFUSED)
        for deed in ("done", "known", "day", "taker")
    ),
    # nothing has to be filled in to remind somebody
    Row(
        "dashboard:deadline_urge",
        a_deadline,
        get=OF_OFFICE,
        post=[(302, ("head", "chief")), (422, OFFICE), (404, ALL_OFFICES), (403, REST)],
    ),
    Row("dashboard:task_new", get=SEES, post=[(422, ALL_OFFICES), (403, REST)]),
    Row("dashboard:task", a_task, get=OF_TASK),
    Row("dashboard:task_row", a_task, get=[(302, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)]),
    Row("dashboard:task_undo", a_task, post=[(302, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)]),
    Row("dashboard:task_edit", a_task, get=OF_TASK, post=NO_TASK),
    Row("dashboard:task_day", a_task, get=OF_TASK, post=NO_TASK),
    Row("dashboard:task_taker", a_task, get=OF_TASK, post=NO_TASK),
    # whoever does it needs to fill in nothing
    Row(
        "dashboard:task_done",
        a_task,
        get=OF_TASK,
        post=[(302, "clerk"), (422, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)],
    ),
    Row(
        "dashboard:task_urge",
        a_task,
        get=OF_TASK,
        post=[(302, "prosecutor"), (422, ITS_PEOPLE), (404, ALL_OFFICES), (403, REST)],
    ),
]
