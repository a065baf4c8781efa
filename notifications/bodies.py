"""What leaves the house, word for word: a code, what it is about, how long, and where to look. Nobody's name."""

import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from notifications import digest
from notifications.models import Delivery, Notification, Topic

SENDER = "【支持起诉】"
FOOT = "这封邮件由系统发出，不用回复。在“我的账户—通知偏好”里可以改成汇总或不发。"
LONGEST_DIGEST = 20


def line(notification: Notification) -> str:
    """`【支持起诉】150902-2026-0016 审查期限剩 2 天（11-25 到期）。打开：https://…`."""
    return f"{SENDER}{_flat(notification.title).rstrip('。')}。打开：{link(notification)}"


def link(notification: Notification) -> str:
    return f"{settings.SITE_URL}{notification.url}"


def subject(notification: Notification) -> str:
    return f"{SENDER}{_flat(notification.title)}"


def mail(delivery: Delivery) -> EmailMessage:
    """纯文本邮件. The Message-ID depends on the row alone, so a letter sent twice is one letter to a mail program."""
    notification = delivery.notification
    parts = [line(notification), *_collected(notification), "", FOOT]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject(notification),
        "\n".join(parts),
        to=[notification.recipient.email],
        headers={"Message-ID": f"<delivery-{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _collected(notification: Notification) -> Sequence[str]:
    """What a digest gathers: the newest lines of which its reader wanted no letter of their own."""
    if notification.topic != Topic.DIGEST:
        return []
    person = notification.recipient_id
    # a moment earlier, because the digest itself is no part of what it gathers
    until = notification.created_at - timedelta(microseconds=1)
    found = digest.collected([person], until).get(person, [])
    return ["", *(f"- {_flat(each.title)} {link(each)}" for each in found[:LONGEST_DIGEST])] if found else []


def _flat(text: str) -> str:
    """On one line: a line break in a subject would begin a new header."""
    return re.sub(r"\s+", " ", text).strip()
