"""和解和付款的文书 (domain.md §5.3 D): agreed, with or without a mediator, and paid. Signed by the parties themselves.

The office settles nothing, takes no money and waives nothing for anybody (trap 3); sums stand per worker (trap 6).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.catalogue import OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, Respondents, Who, Workers, taken, typed
from cases.paperwork.rows_after import Debt, Payment, Share
from cases.workflow import Stage
from documents.wording.vocabulary import worded

PARTIES = (Copy("双方当事人", each=True), Copy("存档"))
PAID = frozenset(OPEN | {Stage.CLOSED, Stage.TERMINATED})


@dataclass(frozen=True, kw_only=True)
class Agreement(Head, Workers, Respondents):
    """What both kinds of agreement say. Before it is registered, the sums are filled in by hand."""

    dispute: str = taken("纠纷事实", "application_facts", required=True, is_long=True)
    shares: tuple[Share, ...] = taken("协议金额", "shares", ())
    performance: str = taken("履行方式", "agreed_performance")
    breach: str = taken("违约责任", "agreed_breach")

    @property
    @worded("协议合计")
    def total(self) -> Decimal:
        return sum((share.amount for share in self.shares), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Settlement(Agreement):
    """和解协议书: between the parties alone; no court can confirm it."""


declare(
    "settlement",
    "和解协议书",
    Settlement,
    group=Group.PARTNER,
    signed=Signed.PEOPLE,
    copies=PARTIES,
    stages=OPEN,
    version="2026-12",
    note="双方自行和解；每名申请人本人签名，不能申请司法确认。",
)


@dataclass(frozen=True, kw_only=True)
class MediationAgreement(Agreement):
    """人民调解协议书 (人民调解法29条): made by a mediation body, which seals it."""

    body: str = taken("调解组织", "mediation_body")
    mediator: str = taken("调解员", "mediator")
    responsibility: str = typed("争议事项和责任", is_long=True)


declare(
    "mediation_agreement",
    "人民调解协议书",
    MediationAgreement,
    group=Group.PARTNER,
    signed=Signed.PEOPLE,
    copies=(Copy("双方当事人", each=True), Copy("调解组织"), Copy("存档")),
    stages=OPEN,
    version="2026-12",
    note="调解组织主持，双方和调解员签名、调解组织盖章；三十日内可以共同申请司法确认。",
)


@dataclass(frozen=True, kw_only=True)
class PaymentSheet(Head, Who, Against):
    """工资发放确认表: what reached each worker, when and how; each signs for their own."""

    payments: tuple[Payment, ...] = taken("到账", "payments", ())
    debts: tuple[Debt, ...] = taken("劳动者", "debts", (), required=True)
    paid_on: date | None = typed("发放日期", None, hint="现场发放时填写")
    way: str = typed("发放方式", hint="银行转账、现金等")
    witness: str = typed("见证人", hint="姓名、单位")

    @property
    @worded("到账合计")
    def total(self) -> Decimal:
        return sum((each.amount for each in self.payments), Decimal(0))

    @property
    @worded("尚欠合计")
    def owed(self) -> Decimal:
        return sum((each.owed for each in self.debts), Decimal(0))


declare(
    "payment_sheet",
    "工资发放确认表",
    PaymentSheet,
    group=Group.PARTNER,
    signed=Signed.PEOPLE,
    copies=(Copy("存档"),),
    stages=PAID,
    version="2026-12",
    note="款项到手后由每名劳动者本人签名确认；已登记核对的到账自动列入。",
)
