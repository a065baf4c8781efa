"""告知对象 of changed deadlines: the same people who hear of reminders, in person or standing in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from deadlines.models import DeadlineRecount, RecountHearer, Watcher
from deadlines.reminders.recipients import Directory
from deadlines.stages import Rank


def hearers(lines: Sequence[DeadlineRecount], today: date) -> list[RecountHearer]:
    """Whoever answers or stands in, and the watchers; the head as well where a day came nearer or has passed."""
    if not lines:
        return []
    directory = Directory([line.deadline for line in lines], today)
    watching = _watching(lines)
    found = []
    for line in lines:
        nearer = line.new_due < line.old_due or line.new_due < today
        called = directory.hearers(line.deadline, [Rank.HEAD] if nearer else [])
        people = {hearer.person.pk for hearer in called} | watching[line.deadline_id]
        found += [RecountHearer(line=line, user_id=person) for person in sorted(people)]
    return found


def _watching(lines: Sequence[DeadlineRecount]) -> dict[int, set[int]]:
    rows = Watcher.objects.filter(deadline__in=[line.deadline_id for line in lines])
    watching: dict[int, set[int]] = defaultdict(set)
    for deadline, user in rows.values_list("deadline", "user"):
        watching[deadline or 0].add(user)
    return watching
