"""每日汇总: at 08:30 of a working day, once for each person who has something, however often the sweep runs."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.navigation import url_or_blank
from core import clock
from notifications import audience
from notifications.models import Message, Notification, Preference, Topic

HOUR = time(8, 30)
PUNCTUAL = timedelta(minutes=15)  # later than that it is called 补发
BATCH = 500
REACH = timedelta(days=14)  # how far back a first digest gathers; the long holidays fit in
DONE = "notifications.digest.done"


class Counts(NamedTuple):
    """What one person has to do: 已超期, 今天, 3 日内."""

    overdue: int = 0
    today: int = 0
    soon: int = 0

    def words(self) -> str:
        named = (("已超期", self.overdue), ("今天", self.today), ("3 日内", self.soon))
        return "，".join(f"{name} {count} 项" for name, count in named if count)


class Provider(NamedTuple):
    """Whoever knows the calendar and the work: the apps above register themselves, this one knows neither."""

    is_working_day: Callable[[date], bool]
    counts: Callable[[Sequence[int], date], dict[int, Counts]]


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Call this at start-up."""
    _providers.append(provider)


def run() -> int:
    """Tell everybody who has something and was not told today; returns how many were told."""
    moment = clock.now()
    today = moment.date()
    working = all(each.is_working_day(today) for each in _providers)
    # The cache only saves work: the key of each notice is what keeps a second scheduler quiet.
    if moment.time() < HOUR or not working or cache.get(DONE) == str(today):
        return 0
    told, last = 0, 0
    while people := list(_readers(today).filter(pk__gt=last).order_by("pk")[:BATCH]):
        told += _tell(people, moment)
        last = people[-1].pk
    cache.set(DONE, str(today), timeout=24 * 3600)
    return told


def key_of(day: date) -> str:
    return f"digest-{day}"


def _readers(today: date) -> QuerySet[User]:
    done = Notification.objects.filter(key=key_of(today)).values("recipient_id")
    refused = Preference.objects.filter(digest=False).values("user_id")
    return User.objects.active().exclude(pk__in=done).exclude(pk__in=refused)


def _tell(people: Sequence[User], moment: datetime) -> int:
    """One batch: the same number of statements for one person and for five hundred."""
    numbers = [person.pk for person in people]
    work = _counts(numbers, moment.date())
    lines = collected(numbers, moment)
    messages = [
        Message(
            recipients=(person,),
            key=key_of(moment.date()),
            title=_title(work.get(person.pk, Counts()), len(lines.get(person.pk, ())), moment),
            url=_where(person),
            topic=Topic.DIGEST,
            source=f"digest:{person.pk}",
        )
        for person in people
        if any(work.get(person.pk, ())) or lines.get(person.pk)
    ]
    return sum(Notification.objects.deliver_many(messages).values())


def _counts(numbers: Sequence[int], today: date) -> dict[int, Counts]:
    sums: dict[int, Counts] = {}
    for provider in _providers:
        for person, found in provider.counts(numbers, today).items():
            before = sums.get(person, Counts())
            sums[person] = Counts(*(a + b for a, b in zip(before, found, strict=True)))
    return sums


def _title(work: Counts, lines: int, moment: datetime) -> str:
    late = datetime.combine(moment.date(), HOUR, tzinfo=clock.SHANGHAI) + PUNCTUAL < moment
    parts = [work.words()] if any(work) else []
    parts += [f"通知 {lines} 条"] if lines else []
    return f"今日待办：{'；'.join(parts)}{'（补发）' if late else ''}"


def _where(person: User) -> str:
    desk = url_or_blank("dashboard:desk") if person.is_office_staff else ""
    return desk or reverse("notifications:list")


def collected(people: Iterable[int], until: datetime) -> dict[int, list[Notification]]:
    """What each person wanted with the digest and has not read: since the digest before `until`, newest first."""
    people = list(people)
    choices = {each.user_id: each for each in Preference.objects.filter(user_id__in=people)}
    recent = Notification.objects.filter(recipient_id__in=people, created_at__range=(until - REACH, until))
    digests = recent.filter(topic=Topic.DIGEST).order_by()
    before = dict(digests.values_list("recipient_id").annotate(last=Max("created_at")))
    unread = list(recent.unread().exclude(topic=Topic.DIGEST).select_related("recipient"))
    verdict = audience.judge(unread)
    found: dict[int, list[Notification]] = {}
    for each in unread:
        preference = choices.get(each.recipient_id) or Preference()
        since = before.get(each.recipient_id)
        wanted = preference.mail(each.topic) == "digest" and not verdict.keeps_in(each)
        if wanted and (since is None or each.created_at > since):
            found.setdefault(each.recipient_id, []).append(each)
    return found
