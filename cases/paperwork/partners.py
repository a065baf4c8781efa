"""对外联系的文书 (domain.md §5.3 D): letters to partners, the suggestion and its delivery, joint meetings.

What goes to a partner tells facts and results, never review or approval (trap 18).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.catalogue import ANY, HEAD_AND_CHIEF, HEAD_ONLY, OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Contact, Head, Who, Workers, taken, typed
from cases.paperwork.process_parts import Dispute
from cases.paperwork.rows_after import Reachable
from documents.wording.vocabulary import worded

FEW = 3
WITH_FILE = (Copy("受文单位"), Copy("存档"))


@dataclass(frozen=True, kw_only=True)
class TransferLetter(Head, Against, Contact):
    """线索移送函: who is owed how much by whom, what was done, which materials go with it."""

    addressee: str = typed("受文单位", required=True)
    matter: str = typed("移送事项", "拖欠劳动报酬线索", required=True)
    basis: str = typed("移送理由", required=True, is_long=True, hint="为什么由受文单位处理，依据什么规定")
    people: tuple[Reachable, ...] = taken("劳动者", "reachable", (), required=True)
    project: str = taken("务工项目", "project")
    place: str = taken("项目地点", "place")
    facts: str = taken("基本情况", "application_facts", required=True, is_long=True)
    done: str = typed("已经开展的工作", is_long=True)
    materials: tuple[str, ...] = typed("移送材料", (), required=True)

    @property
    @worded("人数")
    def heads(self) -> int:
        return len(self.people)

    @property
    @worded("人数较多")
    def is_large(self) -> bool:
        return len(self.people) > FEW

    @property
    @worded("尚欠合计")
    def owed(self) -> Decimal:
        return sum((each.owed for each in self.people), Decimal(0))


declare(
    "transfer_letter",
    "线索移送函",
    TransferLetter,
    group=Group.PARTNER,
    signed=Signed.SEAL,
    copies=WITH_FILE,
    stages=ANY,
    series="transfer_letter",
    version="2026-12",
    note="把线索移送劳动监察、公安等单位；只写事实，先征得劳动者同意。",
    chain=HEAD_ONLY,
    counted=("facts", "basis"),
)


@dataclass(frozen=True, kw_only=True)
class FeedbackLetter(Head, Who, Against, Contact, Dispute):
    """线索办理情况反馈函: which letter, and the result alone."""

    sender: str = taken("来源单位", "source_unit", required=True)
    sender_number: str = taken("来文编号", "source_number")
    received_on: date | None = taken("收到日期", "received_on", None, required=True)
    result: str = taken("办理结果", "result_words", required=True)
    court_number: str = taken("法院案号", "court_number")


declare(
    "feedback_letter",
    "线索办理情况反馈函",
    FeedbackLetter,
    group=Group.PARTNER,
    signed=Signed.SEAL,
    copies=(Copy("移送单位"), Copy("存档")),
    stages=ANY,
    series="feedback_letter",
    version="2026-12",
    note="受理或者办结后告知移送单位结果，不写审查意见。",
    chain=HEAD_ONLY,
)


@dataclass(frozen=True, kw_only=True)
class AidLetter(Head, Who, Workers, Against, Contact, Dispute):
    """法律援助公函: who needs a lawyer in which matter."""

    aid_centre: str = typed("法律援助机构", required=True)
    stage: str = typed("申请援助的阶段", "一审", hint="例如：仲裁、一审、执行")
    urgency: str = typed("紧急情形", hint="时效将满、需要保全等；没有的留空")


declare(
    "aid_letter",
    "法律援助公函",
    AidLetter,
    group=Group.PARTNER,
    signed=Signed.SEAL,
    copies=(Copy("法律援助机构"), Copy("存档")),
    stages=OPEN,
    series="aid_letter",
    version="2026-12",
    note="商请法律援助机构为申请人提供援助，附名单。",
    chain=HEAD_ONLY,
)


@dataclass(frozen=True, kw_only=True)
class SuggestionLetter(Head):
    """社会治理检察建议书: how the problem was found, facts, risk, suggestions, objection, reply (trap 22)."""

    addressee: str = taken("被建议单位", "addressed_unit", required=True, is_long=True)
    found: str = taken("问题来源", "problem_source", required=True, is_long=True)
    facts: str = taken("事实和证据", "problem_facts", required=True, is_long=True)
    risk: str = typed("违法情形或者隐患", required=True, is_long=True)
    suggestions: tuple[str, ...] = typed(
        "建议内容", (), required=True, hint="一行一条，写明做什么、依据什么规定"
    )
    objection: str = typed("异议期限", required=True, hint="例如：十日；由本院确定")
    reply: str = typed("回复期限", "两个月", required=True)
    other: str = typed("其他事项", is_long=True)
    handler: str = taken("承办检察官", "handler", required=True)
    office_phone: str = taken("联系电话", "office_phone")
    copied_to: str = typed("抄送", hint="经批准抄送的单位；没有的留空")


declare(
    "suggestion_letter",
    "检察建议书",
    SuggestionLetter,
    group=Group.PARTNER,
    signed=Signed.SEAL,
    copies=(Copy("被建议单位"), Copy("上级院备案"), Copy("存档")),
    stages=ANY,
    series="suggestion",
    version="2026-12",
    note="向有职责、有问题的单位提出；回复期限从收到之日起算。",
    chain=HEAD_AND_CHIEF,
)


@dataclass(frozen=True, kw_only=True)
class DeliveryRecord(Head):
    """宣告送达笔录: the suggestion read out before the unit, with its consent; its answer, its receipt."""

    number: str = typed("检察建议书文号", required=True)
    unit: str = typed("被建议单位", required=True)
    at: str = typed("时间", required=True, hint="年月日时分至时分")
    place: str = typed("地点", required=True)
    host: str = taken("主持人", "handler", required=True)
    recorder: str = typed("记录人", required=True)
    head: str = typed("单位参加人", required=True, hint="姓名、职务")
    guests: str = typed("邀请人员", hint="人大代表、政协委员、人民监督员等的姓名、身份")
    consent: bool | None = typed("单位同意宣告送达", None)
    explained: str = typed("释法说理", required=True, is_long=True, hint="出示的证据、说明的法律和职责")
    answer: str = typed("单位意见", required=True, is_long=True)


declare(
    "delivery_record",
    "宣告送达笔录",
    DeliveryRecord,
    group=Group.PARTNER,
    signed=Signed.PEOPLE,
    copies=(Copy("存档"),),
    stages=ANY,
    version="2026-12",
    note="经单位同意，当面宣读检察建议书并签收，参加人逐页签名。",
)


@dataclass(frozen=True, kw_only=True)
class JointMinutes(Head):
    """联席会议纪要: who met when on what, and what was agreed, with owner and day."""

    at: str = typed("时间", required=True)
    place: str = typed("地点", required=True)
    host: str = typed("主持人", required=True)
    present: tuple[str, ...] = taken("参加单位和人员", "meeting_units", (), required=True, is_long=True)
    topics: tuple[str, ...] = taken("议题", "meeting_topics", (), required=True, is_long=True)
    discussion: str = typed("讨论情况", is_long=True)
    agreed: tuple[str, ...] = typed("议定事项", (), required=True, hint="一行一项：事项，责任单位，完成日期")
    recorder: str = typed("记录人", required=True)


declare(
    "joint_minutes",
    "联席会议纪要",
    JointMinutes,
    group=Group.PARTNER,
    signed=Signed.PEOPLE,
    copies=(Copy("成员单位", each=True), Copy("存档")),
    stages=ANY,
    series="minutes",
    version="2026-12",
    note="与法院、司法局等会商后印发，写明事项、责任单位和期限。",
)
