"""申请人向法院申请的文书 (domain.md §5.3 A): interim measures, fees, payment order, confirmation, enforcement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.catalogue import OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, People, Respondents, taken, typed
from cases.paperwork.parts_court import Clues, InCourt, Instrument, ProofNames, Suit, ToCourt, Told
from cases.paperwork.process_parts import Dispute
from cases.paperwork.rows import Worker
from cases.paperwork.rows_after import Awarded, Share
from cases.workflow import IN_COURT, Stage
from documents.wording.vocabulary import worded

TO_COURT = (Copy("人民法院"), Copy("申请人"))
BEFORE_JUDGMENT = frozenset({Stage.REVIEW, Stage.APPROVAL, *IN_COURT})
AFTER_JUDGMENT = frozenset({Stage.FILED, Stage.TRIAL, Stage.ENFORCEMENT})


@dataclass(frozen=True, kw_only=True)
class Preservation(Suit, InCourt, Clues, Dispute):
    """财产保全申请书: the worker asks the court, the office only helps to write."""

    is_before_suit: bool | None = typed("是否诉前保全", None)
    amount: Decimal | None = typed("保全金额", None, required=True, hint="不超过请求的金额")
    reason: str = typed("保全理由", required=True, is_long=True, hint="不保全将怎样难以执行")
    security: str = typed("担保", hint="担保的方式、财产；请求免予担保的留空")


declare(
    "preservation",
    "财产保全申请书",
    Preservation,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=BEFORE_JUDGMENT,
    version="2026-12",
    note="申请法院保全对方财产；诉前保全后三十日内要起诉或者申请仲裁。",
)


@dataclass(frozen=True, kw_only=True)
class AdvanceEnforcement(Suit, InCourt, Told, Dispute):
    """先予执行申请书: wages before the judgment, where life would be hard without (民诉法109、110条)."""

    amount: Decimal | None = typed("先予执行金额", None, required=True)
    hardship: str = typed("生活困难情况", required=True, is_long=True)
    ability: str = typed("对方履行能力", required=True, is_long=True)


declare(
    "advance_enforcement",
    "先予执行申请书",
    AdvanceEnforcement,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=IN_COURT,
    version="2026-12",
    note="追索劳动报酬可以申请先予执行，起诉后向受理法院提出。",
)


@dataclass(frozen=True, kw_only=True)
class FeeRelief(Suit, InCourt, Against, Dispute):
    """缓减免交诉讼费申请书 (诉讼费用交纳办法44–48条)."""

    defers: bool | None = typed("缓交", None)
    reduces: bool | None = typed("减交", None)
    waives: bool | None = typed("免交", None)
    has_aid: bool | None = typed("已获得法律援助", None)
    hardship: str = typed("经济困难情况", required=True, is_long=True)
    enclosures: tuple[str, ...] = typed("附项", ("申请人身份证复印件", "经济困难的证明材料"))


declare(
    "fee_relief",
    "缓减免交诉讼费申请书",
    FeeRelief,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=BEFORE_JUDGMENT,
    version="2026-12",
    note="经济困难的申请缓交、减交、免交；追索劳动报酬可以不预交受理费。",
)


@dataclass(frozen=True, kw_only=True)
class PaymentOrder(Suit, Told, ProofNames):
    """支付令申请书: the debt is clear and due, nothing is owed in return, it can be served (民诉法225条)."""

    due_since: date | None = typed("约定付款日", None, required=True)
    has_counter_debt: bool | None = typed("双方有无其他债务纠纷", None)
    basis: str = typed(
        "请求依据",
        "《中华人民共和国民事诉讼法》第二百二十五条",
        required=True,
        hint="劳动关系可以加写《中华人民共和国劳动合同法》第三十条",
    )
    service: str = typed("能够送达的地址", required=True, hint="对方现在可以收到文书的地址")


declare(
    "payment_order",
    "支付令申请书",
    PaymentOrder,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=BEFORE_JUDGMENT,
    version="2026-12",
    note="债务明确、已到期、能送达时向基层法院申请；对方异议后要改走仲裁或者诉讼。",
    counted=("facts",),
)


@dataclass(frozen=True, kw_only=True)
class Confirmation(ToCourt, People, Respondents, Dispute):
    """司法确认申请书: both sides together, within thirty days of the agreement (民诉法205条)."""

    shares: tuple[Share, ...] = taken("协议金额", "shares", (), required=True)
    agreed_on: date | None = taken("协议日期", "agreed_on", None, required=True)
    body: str = taken("调解组织", "mediation_body", required=True)
    performance: str = taken("履行方式", "agreed_performance")

    @property
    @worded("协议合计")
    def total(self) -> Decimal:
        return sum((share.amount for share in self.shares), Decimal(0))


declare(
    "confirmation",
    "司法确认申请书",
    Confirmation,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("人民法院"), Copy("双方当事人", each=True)),
    stages=OPEN,
    version="2026-12",
    note="调解协议生效之日起三十日内，双方共同申请；没有调解组织的和解协议不能确认。",
)


@dataclass(frozen=True, kw_only=True)
class EnforcementRequest(Head, People, Respondents, Instrument, Clues):
    """强制执行申请书: what the judgment gave each worker, what is still to come, and to which account."""

    court: str = taken("执行法院", "enforcing_court", required=True)
    workers: tuple[Worker, ...] = taken("申请人", "unpaid_workers", (), required=True)
    awards: tuple[Awarded, ...] = taken("确认金额", "unpaid_awards", (), required=True)
    performance_due_on: date | None = taken("履行期限届满日", "performance_due_on", None, required=True)
    interest: str = typed("一般利息", hint="裁判确定的利息、违约金，没有的留空")
    fee: Decimal | None = typed("垫付的诉讼费用", None, hint="裁判由对方负担、申请人已经垫付的")

    @property
    @worded("确认合计")
    def awarded(self) -> Decimal:
        return sum((each.awarded for each in self.awards), Decimal(0))

    @property
    @worded("已付合计")
    def received(self) -> Decimal:
        return sum((each.received for each in self.awards), Decimal(0))

    @property
    @worded("未付合计")
    def left(self) -> Decimal:
        return sum((each.left for each in self.awards), Decimal(0))


declare(
    "enforcement_request",
    "强制执行申请书",
    EnforcementRequest,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=AFTER_JUDGMENT,
    version="2026-12",
    note="裁判生效后对方逾期不履行的，在履行期满后二年内申请。",
)
