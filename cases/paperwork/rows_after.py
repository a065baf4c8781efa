"""Rows of papers (文书里的金额、案卷): what is owed, agreed, awarded and paid to each, and what lies in the file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.rows import said
from documents.wording.vocabulary import worded


@dataclass(frozen=True, kw_only=True)
class Debt:
    """尚欠 of one worker by name alone, in yuan: for papers that need no more of them."""

    name: str = said("姓名")
    owed: Decimal = said("尚欠", Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Reachable(Debt):
    """尚欠 of one worker, and how to reach them."""

    phone: str = said("联系电话", secret="phone")


@dataclass(frozen=True, kw_only=True)
class Share:
    """和解协议 for one worker: how much by which day, in yuan."""

    name: str = said("姓名")
    amount: Decimal = said("金额", Decimal(0))
    due_on: date | None = said("付款日期", None)


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """和解、调解协议 as it was registered."""

    shares: tuple[Share, ...]
    made_on: date
    performance: str
    breach: str
    body: str
    mediator: str


@dataclass(frozen=True, kw_only=True)
class Payment:
    """到账 of one worker from one payment, in yuan."""

    name: str = said("姓名")
    paid_on: date | None = said("到账日期", None)
    channel: str = said("渠道")
    payer: str = said("付款人")
    amount: Decimal = said("金额", Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Awarded:
    """裁判确认 for one worker, what has come since and what is left, in yuan, and the account for it."""

    name: str = said("姓名")
    awarded: Decimal = said("确认金额", Decimal(0))
    received: Decimal = said("已付", Decimal(0))
    bank: str = said("开户行")
    account: str = said("银行账号", secret="card")

    @property
    @worded("未付")
    def left(self) -> Decimal:
        return self.awarded - self.received


@dataclass(frozen=True, kw_only=True)
class Filed:
    """卷内目录 of one paper."""

    author: str = said("责任者")
    number: str = said("材料文号")
    title: str = said("题名")
    made_on: date | None = said("日期", None)
    page: str = said("页号")  # known once the file has been made as one PDF (`cases.bundles`)

    @property
    def name(self) -> str:
        return self.title
