"""Parts that many papers share (文书的共同要素). A paper's facts class takes what it prints and nothing more."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.paperwork.rows import Party, Worker
from documents.facts import fact
from documents.wording.vocabulary import worded

FEW = 3  # more workers than this go into the annexed list
SEVERAL = re.compile(r"、|等\d+人$")


def taken(
    label: str, source: str, default: Any = "", *, required: bool = False, is_long: bool = False
) -> Any:
    """A fact that the case knows: `source` is a property of `cases.paperwork.known.Known`."""
    return field(default=default, metadata=fact(label, required=required, source=source, is_long=is_long))


def typed(
    label: str, default: Any = "", *, required: bool = False, hint: str = "", is_long: bool = False
) -> Any:
    """A fact that only the writer knows."""
    return field(default=default, metadata=fact(label, required=required, hint=hint, is_long=is_long))


def chosen(label: str, source: str, choices: tuple[str, ...]) -> Any:
    """A fact that is one of a few; the case knows it once it is decided."""
    return field(default="", metadata=fact(label, source=source, choices=choices))


@dataclass(frozen=True, kw_only=True)
class Head:
    """机关: on every paper of the office."""

    office: str = taken("检察院", "office")


@dataclass(frozen=True, kw_only=True)
class Who:
    """申请人 by name alone: 王建国; 王建国等15人."""

    who: str = taken("申请人简称", "applicants_short", required=True)

    @property
    @worded("称呼")
    def you(self) -> str:
        """你; 你们 to several."""
        return "你们" if SEVERAL.search(self.who) else "你"


@dataclass(frozen=True, kw_only=True)
class Against:
    """被申请人 by name alone."""

    against: str = taken("被申请人简称", "respondents_short", required=True)


class Counted:
    """人数 of whoever a paper lists as 申请人, whichever data of them it prints."""

    workers: tuple[Any, ...]

    @property
    @worded("人数")
    def heads(self) -> int:
        return len(self.workers)

    @property
    @worded("人数较多")
    def is_large(self) -> bool:
        return len(self.workers) > FEW


@dataclass(frozen=True, kw_only=True)
class People(Counted):
    """申请人 with their data. Only for papers that print them: nothing is kept that is not needed."""

    workers: tuple[Worker, ...] = taken("申请人", "workers", (), required=True)

    @property
    @worded("首位申请人")
    def first(self) -> Worker | None:
        return self.workers[0] if self.workers else None


@dataclass(frozen=True, kw_only=True)
class Workers(People):
    """申请人 with their sums, in yuan, of all that they claim."""

    @property
    @worded("应付合计")
    def due(self) -> Decimal:
        return sum((worker.due for worker in self.workers), Decimal(0))

    @property
    @worded("已付合计")
    def paid(self) -> Decimal:
        return sum((worker.paid for worker in self.workers), Decimal(0))

    @property
    @worded("欠薪合计")
    def owed(self) -> Decimal:
        return sum((worker.owed for worker in self.workers), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Respondents:
    """被申请人 with their data."""

    respondents: tuple[Party, ...] = taken("被申请人", "respondents", (), required=True)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """承办人和联系电话, on what the office sends to people."""

    handler: str = taken("承办检察官", "handler", required=True)
    office_phone: str = taken("联系电话", "office_phone")


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """申请与受理日期."""

    received_on: date | None = taken("申请日期", "received_on", None, required=True)
    accepted_on: date | None = taken("受理日期", "accepted_on", None, required=True)
