"""A case whose limitation is watched, as several test files need it."""

from datetime import date, timedelta

from cases.limitation import watching
from cases.models import Limitation, LimitationEvent
from core import clock
from tests.cases.factories import case_of_office


def watched(cast, **traits):
    """A case of the office and its one watched period (claims end 2025-11-30)."""
    case = case_of_office(cast, **traits)
    watching.watch(case, by=cast.prosecutor)
    return case, case.limitations.get()


def based_on(case, days_ago: int, *, by) -> Limitation:
    """The case's watch with a stated base day so many days ago."""
    watching.watch(case, by=by)
    row = watching.principal(case)
    row.base_on, row.base_note = clock.today() - timedelta(days=days_ago), "约定付款日"
    row.is_provisional, row.confirmed_by, row.confirmed_at = False, by, clock.now()
    row.save()
    watching.settle(row, by=by, reason="约定付款日")
    return Limitation.objects.select_related("case", "deadline").get(pk=row.pk)


def expired(case, *, by) -> Limitation:
    return based_on(case, 4 * 366, by=by)


def state():
    """All that the verbs of limitation write, besides what `tests.cases.traces` counts."""
    rows = Limitation.objects.order_by("pk").values_list("pk", "base_on", "kind", "deadline", "version")
    events = LimitationEvent.objects.order_by("pk").values_list(
        "pk", "confirmed_at", "removed_on", "voided_at"
    )
    return list(rows), list(events)


def day(text: str) -> date:
    return date.fromisoformat(text)
