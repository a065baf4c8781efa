"""投递: carry out what `Delivery` rows say. At least once, and a second time is recognisable as the same.

A row is claimed in a short transaction (SKIP LOCKED, a lease), spoken about with the network outside any
transaction, and finished under the claim's own lease. Whoever dies in between leaves a lease that runs out.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q

from core import clock
from notifications import alarm, audience, bodies, bots, sms
from notifications.models import Channel, Delivery, Preference
from notifications.models.outbox import mail_is_on, sms_is_on
from notifications.outbound import NotSent

LEASE = timedelta(seconds=45)
BATCH = 50
STINT = 20.0  # seconds that one call works; the lease must outlive it and the slowest single message
AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
GAP = timedelta(seconds=3)  # between two messages to one group, which also keeps 20 a minute
EXPIRED = "过期：等了七天没有发出。"
BROKEN_OFF = "发送多次中断。"

Kind, Status = Delivery.Kind, Delivery.Status
logger = logging.getLogger(__name__)


def sweep() -> int:
    """Send what is ready; returns how many went out. Two at once share the rows, none is sent by both."""
    end = time.monotonic() + STINT
    _give_up()
    sent = sum(_send_personal(kind, end) for kind in (Kind.MAIL, Kind.SMS))
    return sent + sum(_send_to_group(pk) for pk in _groups() if time.monotonic() < end)


def _give_up() -> None:
    """What nobody needs any more, and what broke off every time, fails with a sentence."""
    now = clock.now()
    worn_out = Delivery.objects.ready(now).filter(attempts__gt=len(AGAIN_AFTER))
    for rows, error in ((Delivery.objects.stale(now), EXPIRED), (worn_out, BROKEN_OFF)):
        failed = list(rows.select_related("notification__recipient__organisation", "channel")[:BATCH])
        for delivery in failed:
            _finish(delivery, status=Status.FAILED, error=error)
        alarm.ring(failed)


@transaction.atomic
def claim(kind: str, *, channel: Channel | None = None, limit: int = BATCH) -> list[Delivery]:
    """Take rows that nobody holds. An attempt counts when it begins, so a killed one counts too."""
    now = clock.now()
    rows = Delivery.objects.ready(now).filter(kind=kind, channel=channel, attempts__lte=len(AGAIN_AFTER))
    rows = rows.select_related("notification__recipient__organisation", "channel")
    found = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("not_before", "pk")[:limit])
    if channel:
        found = _hold_back_from(channel, found, now)
        found = found[: bots.pack(channel, [each.notification for each in found]).lines]
    else:
        found = _hold_back(_withdraw_unheard(found), now)
    for delivery in found:
        delivery.lease_until = now + LEASE
        delivery.attempts += 1
    Delivery.objects.bulk_update(found, ["lease_until", "attempts"])
    return found


def _withdraw_unheard(rows: Sequence[Delivery]) -> list[Delivery]:
    """Whose reader has left, may no longer see what it is about, or muted it while it waited."""
    verdict = audience.judge([each.notification for each in rows])
    gone = {
        each.pk
        for each in rows
        if not each.notification.recipient.is_active or verdict.keeps_in(each.notification)
    }
    Delivery.objects.filter(pk__in=gone).update(status=Status.WITHDRAWN)
    return [each for each in rows if each.pk not in gone]


def _hold_back(rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """免打扰: what comes late, because nobody was at work or a try failed, still waits for the end of quiet hours."""
    people = {each.notification.recipient_id for each in rows}
    choices = {each.user_id: each for each in Preference.objects.filter(user_id__in=people)}
    kept, held = [], []
    for each in rows:
        preference = choices.get(each.notification.recipient_id) or Preference()
        quiet_ends = preference.after_quiet(now)
        if each.notification.urgent or quiet_ends == now:
            kept.append(each)
        else:
            each.not_before = quiet_ends
            held.append(each)
    Delivery.objects.bulk_update(held, ["not_before"])
    return kept


def _hold_back_from(channel: Channel, rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """The quiet hours of a group: what was tried before them, or waits since others were set, is held as well."""
    quiet_ends = channel.after_quiet(now)
    if quiet_ends == now:
        return list(rows)
    held = [each for each in rows if not each.notification.urgent]
    for each in held:
        each.not_before = quiet_ends
    Delivery.objects.bulk_update(held, ["not_before"])
    return [each for each in rows if each.notification.urgent]


def _send_personal(kind: str, end: float) -> int:
    """Batches of one kind until nothing is ready or the stint is over."""
    sent = 0
    while time.monotonic() < end and (batch := claim(kind)):
        if kind == Kind.MAIL:
            post = _Post()
            sent += _carry(batch, post.send, end)
            post.close()
        else:
            sent += _carry(batch, _drop, end)
    return sent


def _carry(batch: Iterable[Delivery], send: Callable[[Delivery], Any], end: float) -> int:
    """One after the other. What the stint has no time for goes back; what was withdrawn meanwhile is left alone."""
    sent, failed = 0, []
    for delivery in batch:
        if time.monotonic() >= end:
            _put_back(delivery)
        elif Delivery.objects.waiting().filter(pk=delivery.pk, lease_until=delivery.lease_until).exists():
            if error := _try(send, delivery):
                failed += [delivery] if _again_or_failed(delivery, error) else []
            else:
                sent += _finish(delivery, status=Status.SENT)
    alarm.ring(failed)
    return sent


def _try(send: Callable[[Delivery], Any], delivery: Delivery) -> str:
    """Empty when it went out, else a sentence without the address."""
    try:
        send(delivery)
    except NotSent as error:
        return str(error)
    except (OSError, ValueError) as error:  # smtplib's own errors are OSError
        logger.warning("投递 %s 没有发出（%s）", delivery.pk, type(error).__name__)
        return SENTENCES.get(type(error).__name__, UNSAID[Kind(delivery.kind)])
    return ""


SENTENCES = {
    "SMTPAuthenticationError": "邮件账号或密码不对，请检查服务器设置。",
    "SMTPRecipientsRefused": "邮件服务器不接收这个收件地址。",
    "SMTPSenderRefused": "邮件服务器不接收发件地址，请检查服务器设置。",
    "SMTPDataError": "邮件服务器没有接收这封邮件。",
    "ConnectionRefusedError": "连不上邮件服务器。",
    "TimeoutError": "邮件服务器没有在限定时间内回答。",
    "NotADirectoryError": "短信文件夹不存在，请检查服务器设置。",
    "FileNotFoundError": "短信文件夹不存在，请检查服务器设置。",
    "PermissionError": "短信文件夹写不进去，请检查权限。",
}
UNSAID = {
    Kind.MAIL: "邮件没有发出，请检查邮件服务器设置。",
    Kind.SMS: "短信文件没有写成，请检查磁盘空间和权限。",
    Kind.BOT: "群机器人没有收到。",
}


class _Post:
    """Several letters over one connection to the mail server; after a failure the next letter dials again."""

    def __init__(self) -> None:
        self.line: BaseEmailBackend | None = None

    def send(self, delivery: Delivery) -> None:
        if not mail_is_on() or not delivery.notification.recipient.email:
            raise NotSent("没有设置邮件服务器，或收件人没有邮箱。")
        if self.line is None:
            self.line = get_connection(fail_silently=False)
        try:
            self.line.open()
            self.line.send_messages([bodies.mail(delivery)])
        except (OSError, ValueError):
            self.close()
            raise

    def close(self) -> None:
        line, self.line = self.line, None
        if line:
            try:
                line.close()
            except OSError:
                logger.info("邮件服务器先断开了连接")


def _drop(delivery: Delivery) -> None:
    preference = Preference.objects.filter(user_id=delivery.notification.recipient_id).first()
    if not sms_is_on() or not preference or not preference.mobile:
        raise NotSent("没有设置短信文件夹，或收件人没有填手机号。")
    sms.drop(delivery, preference.mobile)


def _groups() -> list[Any]:
    """Groups that something waits for."""
    ready = Delivery.objects.ready(clock.now()).filter(kind=Kind.BOT)
    return list(ready.order_by("channel_id").values_list("channel_id", flat=True).distinct())


def _send_to_group(channel_id: Any) -> int:
    """One message with what waits for this group, unless it was spoken to a moment ago or is switched off."""
    with transaction.atomic():
        channel = take_turn(channel_id)
        batch = claim(Kind.BOT, channel=channel, limit=bots.MOST_LINES) if channel else []
    if not channel or not batch:
        return 0
    parcel = bots.pack(channel, [each.notification for each in batch])
    alive = _still_wanted(batch)
    if len(alive) < len(batch):
        parcel = bots.pack(channel, [each.notification for each in alive])
    error = _try(lambda _: bots.post(channel, parcel.payload), alive[0]) if alive else ""
    if not error:
        return sum(_finish(each, status=Status.SENT) for each in alive)
    alarm.ring([each for each in alive if _again_or_failed(each, error)])
    return 0


def take_turn(channel_id: Any) -> Channel | None:
    """The right to speak to a group now; two workers ask under the lock of its row, one of them gets it."""
    now = clock.now()
    rested = Q(last_sent_at=None) | Q(last_sent_at__lte=now - GAP)
    rows = Channel.objects.filter(rested, pk=channel_id, is_active=True)
    channel = rows.select_for_update(skip_locked=True).first()
    if channel:
        channel.last_sent_at = now
        channel.save(update_fields=["last_sent_at"])
    return channel


def _still_wanted(batch: Sequence[Delivery]) -> list[Delivery]:
    waiting = set(
        Delivery.objects.waiting().filter(pk__in=[each.pk for each in batch]).values_list("pk", flat=True)
    )
    return [each for each in batch if each.pk in waiting]


def _again_or_failed(delivery: Delivery, error: str) -> bool:
    """True when that was the last try."""
    if delivery.attempts > len(AGAIN_AFTER):
        _finish(delivery, status=Status.FAILED, error=error)
        return True
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, lease_until=delivery.lease_until)
    later = clock.now() + AGAIN_AFTER[delivery.attempts - 1]
    mine.update(not_before=later, lease_until=None, error=error)
    return False


def _finish(delivery: Delivery, *, status: str, error: str = "") -> int:
    """Only under the claim's own lease, so that whoever took over after us is not contradicted."""
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, lease_until=delivery.lease_until)
    sent_at = clock.now() if status == Status.SENT else None
    return mine.update(status=status, error=error, sent_at=sent_at, lease_until=None)


def _put_back(delivery: Delivery) -> None:
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, lease_until=delivery.lease_until)
    mine.update(lease_until=None, attempts=F("attempts") - 1)
