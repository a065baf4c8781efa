"""部门概况: who has how much. Every number leads to the very rows that it counts: rows and numbers come from the same
vocabulary (`late`, `near`) and the same scope (`visible_to`)."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import OFFICE_ROLES
from cases.models import Case
from core import clock
from dashboard.scope import SOON_DAYS
from deadlines.models import Deadline, Task

MANY = 99


def people(user: User) -> QuerySet[User]:
    """Everybody who works on cases of the office and is there: 在办, 临期 and 超期 of each, the worst first.

    Counts no further than MANY of each sort: more than that is `99+`. Who was given something and left the office
    stands here until somebody takes it over.
    """
    today = clock.today()
    deadlines = Deadline.objects.running().visible_to(user).filter(responsible=OuterRef("pk"))
    tasks = Task.objects.open().visible_to(user).filter(assigned_to=OuterRef("pk"))
    cases = Case.objects.visible_to(user).open().filter(handler=OuterRef("pk"))
    at_work = Q(is_active=True, organisation=user.organisation_id, role__in=OFFICE_ROLES)
    return (
        User.objects.visible_to(user)
        .filter(at_work | Exists(deadlines) | Exists(tasks) | Exists(cases))
        .annotate(
            open_cases=_many(cases, "handler"),
            soon=_some(deadlines.near(SOON_DAYS, today)) + _some(tasks.near(SOON_DAYS, today)),
            late=_some(deadlines.late(today)) + _some(tasks.past_due(today)),
        )
        .order_by(F("late").desc(), F("soon").desc(), "pk")
    )


def _some(rows: QuerySet[Any]) -> Combinable:
    """How many rows, but never more than MANY + 1 are looked at."""
    found = ArraySubquery(rows.order_by("due_on").values("pk")[: MANY + 1])
    return Func(found, function="CARDINALITY", output_field=IntegerField())


def _many(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
