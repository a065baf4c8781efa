"""对外发送: the only module that speaks HTTP. It says one JSON to one allowed host and reads a short answer.

OUTBOUND_HOSTS lists who may be spoken to; empty means nobody. A bare host name is reached by https on port 443 and
must lie on the public internet; an address of a closed network is written with its scheme (`http://10.1.2.3:8080`).
No redirects, no proxies of the environment; the address that was checked is the address that is dialled, so a name
that points elsewhere a moment later leads nowhere (security.md T29, decisions.md 19).
"""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from contextlib import closing, suppress
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

STEP_SECONDS = 5.0  # connecting, and each wait for the next bytes
WHOLE_SECONDS = 10.0  # the whole talk, however slowly the other side drips
LONGEST_ANSWER = 64 * 1024
PORTS = {"https": 443, "http": 80}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSent(Exception):
    """What went wrong, as a short sentence without the address, which carries a key."""


class Allowed(NamedTuple):
    """One entry of OUTBOUND_HOSTS; `inside` when it was written with its scheme."""

    scheme: str
    host: str
    port: int
    inside: bool


def allowed() -> list[Allowed]:
    return [_entry(text.strip()) for text in settings.OUTBOUND_HOSTS if text.strip()]


def _entry(text: str) -> Allowed:
    inside = "://" in text
    parts = urlsplit(text if inside else f"https://{text}")
    return Allowed(parts.scheme, (parts.hostname or "").lower(), _port(parts), inside)


def _port(parts: SplitResult) -> int:
    """The port of an address; 0, which nobody allows, when it is none."""
    try:
        return parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return 0


def why_not_on() -> str:
    """The reason why nothing is sent to any host; empty when some may be spoken to."""
    if settings.OUTBOUND_HOSTS:
        return ""
    return "对外发送没有开启，不能新增或测试群机器人。请先在服务器设置 OUTBOUND_HOSTS，写明允许发送的主机。"


def why_not(address: str) -> str:
    """The reason why this address is never written to; empty when it is. Asks nobody."""
    return why_not_on() or (
        "" if _match(address) else "地址不在允许发送的主机名单里，请核对地址，或在服务器设置 OUTBOUND_HOSTS。"
    )


def _match(address: str) -> Allowed | None:
    if not address.isascii() or not address.isprintable() or set(address) & set(" \\\t"):
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.username is not None or parts.password is not None or parts.fragment:
        return None
    wanted = (parts.scheme, host, _port(parts))
    return next((each for each in allowed() if each[:3] == wanted), None)


def post_json(address: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Post one JSON and return the JSON object of the answer; `NotSent` otherwise."""
    entry = _match(address)
    if not entry:
        raise NotSent(why_not(address))
    try:
        status, body = _talk(entry, urlsplit(address), json.dumps(payload, ensure_ascii=False).encode())
    except TimeoutError as error:
        raise NotSent("对方没有在限定时间内回答。") from error
    except ssl.SSLError as error:
        raise NotSent("与对方的加密连接没有建立，请检查证书。") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotSent("连不上对方，或对方的回答不完整。") from error
    if 300 <= status < 400:
        raise NotSent("对方要求转到别的地址，没有照办。")
    if status != 200:
        raise NotSent(f"对方回答 HTTP {status}。")
    return _read(body)


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > LONGEST_ANSWER:
        raise NotSent("对方的回答过长，没有接收。")
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise NotSent("对方的回答不是 JSON。") from error
    if not isinstance(answer, dict):
        raise NotSent("对方的回答不是 JSON 对象。")
    return answer


def _talk(entry: Allowed, parts: SplitResult, body: bytes) -> tuple[int, bytes]:
    """One request to the checked address. A timer hangs up on whoever drips a byte a second."""
    connection = _Connection(entry, _dial(entry))
    hung_up = threading.Event()

    def hang_up() -> None:
        hung_up.set()
        with suppress(OSError):
            connection.line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE_SECONDS, hang_up)
    timer.daemon = True
    timer.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        with closing(connection.getresponse()) as answer:
            return answer.status, answer.read(LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as error:
        if hung_up.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()
        connection.line.close()


class _Connection(http.client.HTTPConnection):
    """HTTP over a line that is dialled already; the host's name is spoken and, with TLS, proved."""

    def __init__(self, entry: Allowed, line: socket.socket) -> None:
        super().__init__(entry.host, entry.port, timeout=STEP_SECONDS)
        self.entry, self.line = entry, line
        self.default_port = PORTS[entry.scheme]

    def connect(self) -> None:
        if self.entry.scheme == "https":
            context = ssl.create_default_context()
            self.line = context.wrap_socket(
                self.line, server_hostname=self.entry.host, do_handshake_on_connect=False
            )
            self.line.do_handshake()
        self.sock = self.line


def _dial(entry: Allowed) -> socket.socket:
    found = socket.getaddrinfo(entry.host, entry.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not all(_may_be_dialled(ipaddress.ip_address(each), entry) for each in addresses):
        raise NotSent("对方的网络地址不在允许范围内，没有发送。")
    return socket.create_connection((addresses[0], entry.port), timeout=STEP_SECONDS)


def _may_be_dialled(address: Address, entry: Allowed) -> bool:
    """A public host has public addresses only; inside, everything but what is no host (169.254.169.254, 0.0.0.0)."""
    real = getattr(address, "ipv4_mapped", None) or address
    if not entry.inside:
        return bool(real.is_global and not real.is_multicast)
    return not (real.is_link_local or real.is_multicast or real.is_unspecified)
