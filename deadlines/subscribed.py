"""What a subscribed calendar holds: whatever its owner has to do, for themselves or for a colleague who is away.

What is open stays however late it is. What is over, went to somebody else, or was done in a colleague's stead until
now, stays for a month as CANCELLED: a calendar that has it takes it away, which leaving it out would not make it do.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from icalendar import Event

from accounts.models import Absence, User
from core import clock
from deadlines import ics
from deadlines.ics import Standing
from deadlines.models import Deadline, DeadlineHandOver, Task, TaskHandOver
from deadlines.models.deadline import OPEN
from deadlines.policy import Matter, person_of

STRUCK = timedelta(days=30)  # how long a calendar may sleep and still hear that something is gone
DAY = timedelta(days=1)


class Seat(NamedTuple):
    """Whose matters are read: the owner's own, or under `cover` those of a colleague, from `since` until `until`."""

    person: int
    cover: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def events_of(user: User) -> Iterator[Event]:
    """The same few statements however much there is to do."""
    month_ago = clock.now() - STRUCK
    seats = [Seat(user.pk), *_covered(user, month_ago)]
    people = {seat.person for seat in seats}
    for deadline in _deadlines(user, people, month_ago):
        yield from (ics.of_deadline(deadline, standing) for standing in _standings(deadline, seats))
    for task in _tasks(user, people, month_ago):
        yield from (ics.of_task(task, standing) for standing in _standings(task, seats))


def _covered(user: User, month_ago: datetime) -> Iterator[Seat]:
    """Absences of colleagues that have begun and did not end too long ago."""
    begun = Absence.objects.filter(covered_by=user, user__organisation=user.organisation_id)
    for absence in begun.filter(starts_on__lte=clock.today(), ends_on__gte=month_ago - DAY).order_by("pk"):
        since, until = _midnight(absence.starts_on), _midnight(absence.ends_on + DAY)
        if absence.revoked_at:
            until = min(until, absence.revoked_at)
        if until > max(since, month_ago):
            yield Seat(absence.user_id, absence.pk, since, until if until <= clock.now() else None)


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI)


def _standings(matter: Matter, seats: Iterable[Seat]) -> Iterator[Standing]:
    """How one row stands in the calendar: once for its owner, once for each colleague whose it is or was."""
    handed: list[Any] = matter.handed  # type: ignore[union-attr]  # prefetched
    moments = [each.handed_at for each in handed]
    for seat in seats:
        gone = max((each.handed_at for each in handed if each.giver_id == seat.person), default=None)
        if person_of(matter).pk == seat.person:
            gone = seat.until
        elif gone is None:
            continue
        if seat.until and matter.created_at > seat.until:
            continue  # it was never there
        told = [moment for moment in (*moments, seat.since, gone) if moment]
        yield Standing(seat.cover, max(told, default=None), gone is not None, int(seat.until is not None))


def _deadlines(user: User, people: set[int], month_ago: datetime) -> QuerySet[Deadline]:
    over = Q(met_at__gte=month_ago) | Q(cancelled_at__gte=month_ago)
    mine = Q(responsible__in=people) & (OPEN | over)
    handed = DeadlineHandOver.objects.filter(handed_at__gte=month_ago)
    given = Q(pk__in=handed.filter(giver__in=people).values("deadline"))
    found = Deadline.objects.visible_to(user).filter(mine | given).select_related("responsible").by_clock()
    return found.prefetch_related(Prefetch("hand_overs", handed, to_attr="handed")).defer(
        "plan", "explanation"
    )


def _tasks(user: User, people: set[int], month_ago: datetime) -> QuerySet[Task]:
    """Of the own office; a calendar says of them no more than number and kind (`deadlines.occasions`)."""
    mine = Q(assigned_to__in=people) & (Q(done_at=None) | Q(done_at__gte=month_ago))
    handed = TaskHandOver.objects.filter(handed_at__gte=month_ago)
    given = Q(pk__in=handed.filter(giver__in=people).values("task"))
    found = Task.objects.filter(mine | given, organisation=user.organisation_id, due_on__isnull=False)
    of_case = Deadline.objects.filter(owner_url=OuterRef("owner_url")).exclude(owner_url="")
    found = found.annotate(of_case=Subquery(of_case.order_by("pk").values("title")[:1]))
    found = found.select_related("assigned_to").by_clock()
    return found.prefetch_related(Prefetch("hand_overs", handed, to_attr="handed"))
