"""将要发出: what the plans of running deadlines will have said in the coming days, and to whom it would go today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from deadlines.models import Deadline, Reminder
from deadlines.models.deadline import DeadlineQuerySet
from deadlines.reminders.recipients import Directory, Hearer
from deadlines.stages import spoken

DAYS = 7


@dataclass(frozen=True)
class Planned:
    """One deadline on one day: the stages that come up, and who would hear of them as things stand today."""

    deadline: Deadline
    stages: list[str]
    hearers: list[Hearer]


def days(today: date) -> list[date]:
    """Today and the seven days after it."""
    return [today + timedelta(days=ahead) for ahead in range(DAYS + 1)]


def coming(deadlines: DeadlineQuerySet, day: date, today: date) -> DeadlineQuerySet:
    """Running deadlines of which something is said that day; today's are all that the next scan takes."""
    return deadlines.running().filter(_speaks_on(day, today))


def counts(deadlines: DeadlineQuerySet, today: date) -> list[int]:
    """For each of `days` how many deadlines are spoken of, in one statement on the index of the next reminder."""
    coming_days = days(today)
    found = deadlines.running().filter(remind_on__lte=coming_days[-1]).order_by()
    return list(
        found.aggregate(
            **{f"in_{n}": Count("pk", filter=_speaks_on(day, today)) for n, day in enumerate(coming_days)}
        ).values()
    )


def planned(deadlines: Sequence[Deadline], day: date, today: date) -> list[Planned]:
    """What would be said of each, without what was said before the due day moved away and back."""
    said = set(Reminder.objects.filter(deadline__in=deadlines).values_list("deadline_id", "due_on", "stage"))
    directory = Directory(deadlines, today)
    rows = []
    for deadline in deadlines:
        entries = [
            entry
            for entry in deadline.plan
            if _falls(deadline, date.fromisoformat(entry["on"]), day, today)
            and (deadline.pk, deadline.due_on, entry["stage"]) not in said
        ]
        to = {rank for entry in entries for rank in entry["to"]}
        stages = [spoken(entry, deadline.due_on, deadline.whose) for entry in entries]
        rows.append(Planned(deadline, stages, directory.hearers(deadline, to) if entries else []))
    return rows


def _speaks_on(day: date, today: date) -> Q:
    """`remind_on` is the next planned day: what lies before it has been inserted, what lies after it has not."""
    if day == today:
        return Q(remind_on__lte=today)
    return Q(remind_on__lte=day, plan__contains=[{"on": day.isoformat()}])


def _falls(deadline: Deadline, on: date, day: date, today: date) -> bool:
    if day == today:
        return deadline.remind_on is not None and deadline.remind_on <= on <= today
    return on == day
