"""To-dos of the last days: what the desk shows beside the periods of the cases."""

from datetime import timedelta

from accounts.models import User
from core import clock
from deadlines import doing, todos


def hand_out(people: dict[str, User]) -> None:
    """The head gave two, the prosecutor one; one was moved, one is late and was urged, one is done."""
    today = clock.today()
    prosecutor, head = people["prosecutor"], people["head"]
    with clock.travel(today - timedelta(days=6)):
        late = todos.give(
            title="补录三季度走访记录",
            assigned_to=prosecutor,
            by=head,
            due_on=today - timedelta(days=1),
            cc=[people["chief"]],
        )
        moved = todos.give(
            title="核对台账与到账凭证", assigned_to=people["clerk"], by=prosecutor, due_on=today
        )
        done = todos.give(title="整理根治欠薪专项材料", assigned_to=prosecutor, by=head, due_on=today)
    with clock.travel(today - timedelta(days=1)):
        doing.reschedule(moved, on=today + timedelta(days=2), by=people["clerk"], reason="等银行回单")
        doing.finish(done, by=prosecutor, note="已报送")
    doing.urge(late, by=head)
    todos.give(title="电话回访申请人", assigned_to=prosecutor, by=prosecutor, due_on=today)
