"""群机器人: the shapes of 企业微信 and 钉钉, and one message of several lines to one group."""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from django.conf import settings

from core import clock
from notifications import bodies, outbound
from notifications.models import Channel, Notification

MOST_LINES = 20
MOST_BYTES = 3_800  # 企业微信 takes 4,096 bytes of markdown, and refuses the whole message beyond


class Parcel(NamedTuple):
    """A message ready to go: what is posted, and how many of the lines it holds."""

    payload: dict[str, Any]
    lines: int


def pack(channel: Channel, notifications: Sequence[Notification]) -> Parcel:
    """As many lines as one message takes, in order; the others wait for the next."""
    lines: list[str] = []
    for each in notifications[:MOST_LINES]:
        text = _line(channel, each)
        if lines and len("\n".join([*lines, text]).encode()) > MOST_BYTES:
            break
        lines.append(text)
    return Parcel(payload(channel, "\n".join(lines)), len(lines))


def _line(channel: Channel, notification: Notification) -> str:
    if channel.kind == Channel.Kind.DINGTALK:
        return bodies.line(notification)
    # no bracket of a title may become a link, and no sign of it markup
    title = re.sub(r"[\[\]()<>*_`#]", " ", bodies.subject(notification))
    return f"{title}。[打开]({bodies.link(notification)})"


def payload(channel: Channel, text: str) -> dict[str, Any]:
    """`msgtype` and its content, as each of the two documents it."""
    if channel.kind == Channel.Kind.WECOM:
        return {"msgtype": "markdown", "markdown": {"content": text}}
    return {"msgtype": "text", "text": {"content": text}}


def trial(channel: Channel) -> dict[str, Any]:
    """The message of 发送测试."""
    return payload(
        channel, f"{bodies.SENDER}这是一条测试消息，收到说明群机器人设置正确。打开：{settings.SITE_URL}/"
    )


def post(channel: Channel, body: dict[str, Any]) -> dict[str, Any]:
    """Send, and believe only the answer that says so: both answer 200 to what they refuse."""
    answer = outbound.post_json(_address(channel), body)
    code = answer.get("errcode")
    if code != 0 or isinstance(code, bool):
        raise outbound.NotSent(f"对方没有接收，错误码 {code if isinstance(code, int) else '未给出'}。")
    return answer


def _address(channel: Channel) -> str:
    """加签 (钉钉): milliseconds and HMAC-SHA256 over them, both in the address."""
    if channel.kind != Channel.Kind.DINGTALK or not channel.secret:
        return str(channel.address)
    stamp = str(int(clock.now().timestamp() * 1000))
    joint = "&" if "?" in channel.address else "?"
    return f"{channel.address}{joint}timestamp={stamp}&sign={signature(channel.secret, stamp)}"


def signature(secret: str, stamp: str) -> str:
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))
