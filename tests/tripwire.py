"""The tripwire: personal data where it must not be.

`CANARY` is a person who exists nowhere else; put them into your objects, walk your flows, and ask:

    assert trips(response) == []                    # body, address, headers and cookies of an answer
    with tripwire(caplog) as tripped: …             # logs and task arguments while something runs
    assert tripped() == []

Identity numbers, mobile numbers and card numbers trip it whoever they belong to.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from celery.app.task import Task
from django.http import HttpResponse

from core.identity import check_digit

EDGE, END = r"(?<![0-9A-Za-z*])", r"(?![0-9A-Za-z*])"
NUMBERS = {
    "身份证号": re.compile(rf"{EDGE}[1-8]\d{{16}}[\dXx]{END}"),
    "手机号": re.compile(rf"{EDGE}1[3-9]\d{{9}}{END}"),
    "银行卡号": re.compile(rf"{EDGE}(?:62|4|5)\d{{14,17}}{END}"),
}
READABLE = ("text/", "application/json", "application/xml")


@dataclass(frozen=True)
class Canary:
    """A person by whom a leak is recognised."""

    name: str = "苗可见"
    id_number: str = "15090219900101001" + check_digit("15090219900101001")
    phone: str = "13947401234"
    bank_card: str = "6217003860001234567"
    address: str = "集宁区泉山街道金丝雀路 7 号"

    @property
    def secrets(self) -> dict[str, str]:
        """What never stands in a log, an address, a task or a page without a reveal."""
        return {
            "身份证号": self.id_number,
            "手机号": self.phone,
            "银行卡号": self.bank_card,
            "住址": self.address,
        }


CANARY = Canary()


def personal(text: str) -> list[str]:
    """The kinds of personal data in the text, each once, without the data."""
    by_shape = {kind for kind, shape in NUMBERS.items() if shape.search(text)}
    by_value = {kind for kind, value in CANARY.secrets.items() if value in text}
    return sorted(by_shape | by_value)


def trips(response: HttpResponse, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """Where an answer carries personal data: "body: 手机号" … `allowed` kinds may stand in the body."""
    found = [f"body: {kind}" for kind in personal(_body(response)) if kind not in allowed]
    for name, value in response.headers.items():
        found += [f"header {name}: {kind}" for kind in personal(str(value))]
    for name, morsel in response.cookies.items():
        found += [f"cookie {name}: {kind}" for kind in personal(morsel.value)]
    path = getattr(response, "request", {})
    address = f"{path.get('PATH_INFO', '')}?{path.get('QUERY_STRING', '')}"
    return found + [f"address: {kind}" for kind in personal(address)]


@contextmanager
def tripwire(caplog: Any) -> Iterator[Callable[[], list[str]]]:
    """Watch logs and task arguments; the value is a function that tells what tripped so far."""
    sent: list[str] = []
    genuine = Task.apply_async

    def watched(task: Task, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        sent.append(f"{task.name} {args!r} {kwargs!r}")
        return genuine(task, args, kwargs, **options)

    def tripped() -> list[str]:
        logged = [f"log {r.name}: {kind}" for r in caplog.records for kind in _spoken(r)]
        return logged + [f"task {text.split()[0]}: {kind}" for text in sent for kind in personal(text)]

    with caplog.at_level("DEBUG"), mock.patch.object(Task, "apply_async", watched):
        yield tripped


def _spoken(record: Any) -> list[str]:
    """A record says its message; names are no secret in the office, but not in a log either."""
    text = f"{record.getMessage()} {record.exc_text or ''}"
    return personal(text) + (["姓名"] if CANARY.name in text else [])


def _body(response: HttpResponse) -> str:
    if response.streaming or not response.headers.get("Content-Type", "").startswith(READABLE):
        return ""
    return response.content.decode(errors="replace")
