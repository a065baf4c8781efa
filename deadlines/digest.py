"""每日汇总的内容: what of the clock is due, counted for many people in two statements."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, F, Q

from deadlines.models import Deadline, Holiday, Task
from notifications.digest import Counts, Provider

SOON_DAYS = 3


def is_working_day(day: date) -> bool:
    """No digest on a rest day; on a make-up working day there is one."""
    return Holiday.objects.calendar().is_working(day)


def counts(people: Sequence[int], today: date) -> dict[int, Counts]:
    """Person → (已超期, 今天, 3 日内): running deadlines they answer for and open to-dos of theirs."""
    reach = Q(due_on__lte=today + timedelta(days=SOON_DAYS))
    deadlines = Deadline.objects.running().filter(reach, responsible_id__in=people)
    tasks = Task.objects.open().filter(reach, assigned_to_id__in=people)
    sums: dict[int, Counter[str]] = {}
    for rows, owner in ((deadlines, "responsible_id"), (tasks, "assigned_to_id")):
        counted = (
            rows.order_by()
            .values(person=F(owner))
            .annotate(
                overdue=Count("pk", filter=Q(due_on__lt=today)),
                today=Count("pk", filter=Q(due_on=today)),
                soon=Count("pk", filter=Q(due_on__gt=today)),
            )
        )
        for row in counted:
            found = {"overdue": row["overdue"], "today": row["today"], "soon": row["soon"]}
            sums.setdefault(row["person"], Counter()).update(found)
    return {person: Counts(**found) for person, found in sums.items()}


PROVIDER = Provider(is_working_day=is_working_day, counts=counts)
