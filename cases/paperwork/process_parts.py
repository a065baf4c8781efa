"""Parts that the office's own papers share (受理、审查、决定文书的共同要素)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.parts import Counted, taken, typed
from cases.paperwork.process_rows import Applicant, Opponent
from documents.wording.vocabulary import worded


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """纠纷 between the parties, as 追索劳动报酬纠纷."""

    dispute: str = taken("纠纷", "dispute", required=True)


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """案号, where the text says it."""

    case_number: str = taken("案号", "case_number", required=True)


@dataclass(frozen=True, kw_only=True)
class MaybeAgainst:
    """被申请人 by name alone, where the application may be refused for naming none."""

    against: str = taken("被申请人简称", "respondents_short")


@dataclass(frozen=True, kw_only=True)
class Received:
    """申请日期 alone."""

    received_on: date | None = taken("申请日期", "received_on", None, required=True)


@dataclass(frozen=True, kw_only=True)
class Total:
    """申请人数 and 欠薪合计 (yuan) without any person."""

    headcount: str = taken("申请人数", "headcount", required=True)
    owed: Decimal | None = taken("欠薪合计", "owed_total", None)


@dataclass(frozen=True, kw_only=True)
class Applicants(Counted):
    """申请人 as decisions name them; a large group goes into the annexed list."""

    workers: tuple[Applicant, ...] = taken("申请人", "applicants", (), required=True)

    @property
    @worded("首位申请人")
    def first(self) -> Applicant | None:
        return self.workers[0] if self.workers else None


@dataclass(frozen=True, kw_only=True)
class Opponents:
    """被申请人 as decisions name them."""

    opponents: tuple[Opponent, ...] = taken("被申请人", "opponents", (), required=True)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """笔录的抬头: when, where, by whom."""

    began_at: str = typed("开始时间", required=True, hint="例如：2026年8月3日9时30分")
    ended_at: str = typed("结束时间", hint="例如：2026年8月3日11时00分")
    place: str = typed("地点", required=True)
    recorder: str = typed("记录人", required=True)
