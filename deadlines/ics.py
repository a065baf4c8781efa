"""日历文件 (RFC 5545): deadlines and to-dos as events. Told by number and rule alone; lines are folded by octets.

Nothing here asks the clock: the same rows give the same bytes, so a calendar sees no change where there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event, vDuration

from core import clock
from deadlines.models import Deadline, Task
from deadlines.occasions import hour_of, kind_of, number_of, official_number

CONTENT_TYPE = "text/calendar; charset=utf-8"
NAME = "支持起诉期限"
OFTEN = timedelta(hours=4)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How a matter stands in one person's calendar: as theirs, or 代办 under the absence `cover`.

    `gone`: it did, and does no more. `changed` is when that came about, `raised` how often it happened without a change
    of the row itself.
    """

    cover: int | None = None
    changed: datetime | None = None
    gone: bool = False
    raised: int = 0

    def uid(self, matter: str) -> str:
        return f"{matter}-cover-{self.cover}" if self.cover else matter

    def summary(self, number: str, name: str) -> str:
        said = f"{number} {name}".strip()
        return f"{said}（代办）" if self.cover else said

    def stamp(self, changed: datetime) -> datetime:
        return max(changed, self.changed) if self.changed else changed


OWN = Standing()


def calendar(events: Iterable[Event]) -> bytes:
    """A whole calendar to subscribe to or to store. Hours are told in UTC, so no zone table is needed."""
    whole = Calendar()
    whole.add("prodid", "-//zhichi//deadlines//ZH")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", NAME)
    whole.add("x-wr-timezone", clock.SHANGHAI.key)
    whole.add("refresh-interval", vDuration(OFTEN), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(OFTEN))
    for event in events:
        whole.add_component(event)
    return whole.to_ical()


def of_deadline(deadline: Deadline, standing: Standing = OWN) -> Event:
    """期限 on its due day, or at its hour. What is over is CANCELLED, what is paused TENTATIVE; neither rings."""
    is_over = bool(standing.gone or deadline.met_on or deadline.cancelled_at)
    number = official_number(deadline.title) or number_of(deadline.owner_url)
    status = "CANCELLED" if is_over else "TENTATIVE" if deadline.paused_on else "CONFIRMED"
    summary = standing.summary(number, deadline.rule["name"])
    uid = standing.uid(f"deadline-{deadline.pk}")
    event = _event(uid, summary, deadline.owner_url, standing.stamp(_changed(deadline)))
    _place(event, deadline.due_at or datetime.combine(deadline.due_on, time()), all_day=not deadline.due_at)
    event.add("sequence", deadline.sequence + standing.raised)
    event.add("status", status)
    event.add("description", _explained(deadline))
    if status == "CONFIRMED":
        event.add_component(_alarm(summary))
    return event


def of_task(task: Task, standing: Standing = OWN) -> Event:
    """待办、开庭 on its day, or at the hour of the hearing. What is done is CANCELLED and rings no more.

    `of_case`: the title of a clock of the same case, where whoever asked for the rows has looked.
    """
    assert task.due_on is not None  # only what has a day stands in a calendar
    hour = hour_of(task)
    is_over = bool(standing.gone or task.done_at)
    number = official_number(getattr(task, "of_case", None) or "") or number_of(task.owner_url)
    summary = standing.summary(number, kind_of(task))
    uid = standing.uid(f"task-{task.pk}")
    event = _event(uid, summary, task.get_absolute_url(), standing.stamp(task.changed_at))
    _place(event, hour or datetime.combine(task.due_on, time()), all_day=not hour)
    event.add("sequence", task.sequence + standing.raised)
    event.add("status", "CANCELLED" if is_over else "CONFIRMED")
    if not is_over:
        event.add_component(_alarm(summary))
    return event


def _event(uid: str, summary: str, path: str, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("summary", summary)
    event.add("url", f"{settings.SITE_URL}{path}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("class", "PRIVATE")
    return event


def _place(event: Event, moment: datetime, *, all_day: bool) -> None:
    """A due day takes nobody's time; an hour is an instant, and DTEND would have to be later than that."""
    if all_day:
        event.add("dtstart", moment.date())
        event.add("dtend", moment.date() + DAY)
    else:
        event.add("dtstart", moment.astimezone(UTC))
    event.add("transp", "TRANSPARENT" if all_day else "OPAQUE")


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -DAY)
    return alarm


def _changed(deadline: Deadline) -> datetime:
    """When the row last changed for a calendar, as far as it is on record."""
    days = [day for day in (deadline.due_set_on, deadline.paused_on) if day]
    midnights = [datetime.combine(day, time(), tzinfo=clock.SHANGHAI) for day in days]
    instants = [moment for moment in (deadline.met_at, deadline.cancelled_at) if moment]
    return max(deadline.created_at, *midnights, *instants)


def _explained(deadline: Deadline) -> str:
    """性质 and 依据, and what is unsure. Reasons and notes were typed by people and stay in the house."""
    said = [f"{deadline.get_kind_display()}期限", f"依据：{deadline.rule['basis']}"]
    if deadline.rule["unconfirmed"]:
        said.append("依据待本院确认")
    if deadline.paused_on:
        said.append("停止计算，到期日会顺延")
    if deadline.warning:
        said.append(deadline.warning)
    return "\n".join(said)
