"""调查核实和听证的文书 (domain.md §5.3 B). Inquiry has no coercive means (规则63条); two people at least (规则69条)."""

from dataclasses import dataclass
from datetime import date

from cases.paperwork.catalogue import HEAD_ONLY, OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Contact, Head, Who, taken, typed
from cases.paperwork.process_parts import Dispute, Numbered, Recorded

ANSWERS = "答：\n问：\n答："


@dataclass(frozen=True, kw_only=True)
class InterviewRecord(Head, Who, Against, Dispute, Numbered, Recorded):
    """询问笔录: who was heard by whom, told of their rights, what they said; signed page by page."""

    investigators: tuple[str, ...] = typed("询问人", (), required=True, hint="两人以上，一行一人")
    person: str = typed("被询问人", required=True)
    capacity: str = typed("与本案关系", required=True, hint="例如：申请人、被申请人的现场负责人、工友")
    answers: str = typed("问答", ANSWERS, required=True, is_long=True)


declare(
    "interview_record",
    "询问笔录",
    InterviewRecord,
    group=Group.PROCESS,
    signed=Signed.PEOPLE,
    copies=(Copy("存档"),),
    stages=OPEN,
    version="2026-12",
    note="两名以上办案人员询问，被询问人核对后逐页签名或者捺印。",
)


@dataclass(frozen=True, kw_only=True)
class FetchNotice(Head, Who, Against, Dispute, Numbered, Contact):
    """调取证据通知书: from whom, what, by when; 正本、存根、回执 under one number."""

    unit: str = typed("被调取单位", required=True)
    items: tuple[str, ...] = typed("调取的材料", (), required=True)
    due_on: date | None = typed("提供期限", None, required=True)
    investigators: tuple[str, ...] = typed("调取人", (), required=True, hint="两人以上，一行一人")


declare(
    "fetch_notice",
    "调取证据通知书",
    FetchNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=(Copy("被调取单位"), Copy("存根"), Copy("回执")),
    stages=OPEN,
    series="fetch",
    version="2026-12",
    note="向单位调取材料，两人以上持证办理；不得查封、扣押、冻结。",
    chain=HEAD_ONLY,
)


@dataclass(frozen=True, kw_only=True)
class PublicHearingNotice(Head, Who, Against, Dispute, Numbered, Contact):
    """听证通知书: when and where, who hears, what to bring; three days before at least (规则56条)."""

    addressee: str = typed("被通知人", required=True)
    matter: str = typed("听证事项", "申请人的请求是否有事实依据、是否有支持起诉的必要", required=True)
    held_at: str = typed("听证时间", required=True, hint="例如：2026年8月3日9时30分；至少提前三日通知")
    place: str = typed("听证地点", required=True)
    is_open: bool | None = typed("是否公开听证", None)
    host: str = taken("主持人", "handler", required=True)


declare(
    "public_hearing_notice",
    "听证通知书",
    PublicHearingNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=(Copy("被通知人"), Copy("存档")),
    stages=OPEN,
    series="hearing",
    version="2026-12",
    note="听证三日前送达各参加人，每人一份。",
    chain=HEAD_ONLY,
)


@dataclass(frozen=True, kw_only=True)
class PublicHearingRecord(Head, Who, Against, Dispute, Numbered, Recorded):
    """听证笔录: who took part, what each side said, what the listeners think; signed page by page."""

    host: str = taken("主持人", "handler", required=True)
    is_open: bool | None = typed("是否公开听证", None)
    attending: tuple[str, ...] = typed("听证参加人", (), required=True, hint="身份和姓名，一行一人")
    listeners: tuple[str, ...] = typed("听证员", (), hint="一行一人")
    applicant_said: str = typed("申请人陈述", required=True, is_long=True)
    respondent_said: str = typed("被申请人陈述", is_long=True)
    asked: str = typed("举证和提问", is_long=True)
    opinion: str = typed("听证员意见", is_long=True)
    closing: str = typed("最后陈述和主持人小结", required=True, is_long=True)


declare(
    "public_hearing_record",
    "听证笔录",
    PublicHearingRecord,
    group=Group.PROCESS,
    signed=Signed.PEOPLE,
    copies=(Copy("存档"),),
    stages=OPEN,
    version="2026-12",
    note="如实记录听证各环节，参加人核对后逐页签名。",
)
