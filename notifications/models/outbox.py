"""发件箱: which channels a notification leaves by. Rows are written here, `notifications.sending` carries them out."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from core import clock
from notifications.audience import Verdict
from notifications.models.channel import Channel
from notifications.models.delivery import Delivery
from notifications.models.preference import Preference
from notifications.models.topic import Topic

if TYPE_CHECKING:
    from notifications.models.notification import Notification

_nudges: list[Callable[[], None]] = []


def mail_is_on() -> bool:
    return bool(settings.EMAIL_HOST)


def sms_is_on() -> bool:
    return bool(settings.SMS_DROP_DIR)


def on_waiting(call: Callable[[], None]) -> None:
    """Have `call` made when something is to be sent; it waits for the commit itself.

    A nudge may get lost: the sweep finds the rows.
    """
    _nudges.append(call)


def write(notifications: Sequence["Notification"], verdict: Verdict) -> int:
    """Deliveries of new notifications, in three statements however many there are; returns how many."""
    people = {notification.recipient_id for notification in notifications}
    units = {notification.recipient.organisation_id for notification in notifications}
    choices = {each.user_id: each for each in Preference.objects.filter(user_id__in=people)}
    bots: dict[int, list[Channel]] = {}
    for channel in Channel.objects.filter(organisation_id__in=units, is_active=True):
        bots.setdefault(channel.organisation_id, []).append(channel)
    rows: list[Delivery] = []
    for each in notifications:
        if not verdict.keeps_in(each):
            rows += _personal(each, choices.get(each.recipient_id, Preference()))
        rows += _to_groups(each, bots.get(each.recipient.organisation_id, ()))
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        nudge()
    return len(rows)


def nudge() -> None:
    """Have the worker look after this commit."""
    for each in _nudges:
        each()


def _personal(notification: "Notification", preference: Preference) -> list[Delivery]:
    """Mail and text message, as this person wants them; a digest is collected by `notifications.digest`."""
    kinds = []
    if mail_is_on() and notification.recipient.email and preference.mail(notification.topic) == "now":
        kinds.append(Delivery.Kind.MAIL)
    if sms_is_on() and preference.mobile and preference.sms(notification.topic) == "now":
        kinds.append(Delivery.Kind.SMS)
    now = clock.now()
    when = now if notification.urgent else preference.after_quiet(now)
    return [
        Delivery(notification=notification, kind=kind, key=notification.key, not_before=when)
        for kind in kinds
    ]


def _to_groups(notification: "Notification", channels: Iterable[Channel]) -> list[Delivery]:
    """One line for each group that wants the topic; a second recipient of the same occasion changes nothing."""
    now = clock.now()
    return [
        Delivery(
            notification=notification,
            kind=Delivery.Kind.BOT,
            channel=channel,
            key=notification.key,
            not_before=now if notification.urgent else channel.after_quiet(now),
        )
        for channel in channels
        if notification.topic in channel.topics
        and notification.topic != Topic.DIGEST  # a digest is one person's
    ]
