"""出庭和送达的文书 (domain.md §5.3 C). The office appears by way of exception, reads and does not debate."""

from dataclasses import dataclass

from cases.paperwork.catalogue import ANY, HEAD_AND_CHIEF, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Contact, Head, Who, taken, typed
from cases.paperwork.process_parts import Dispute, Total
from cases.workflow import Stage

IN_COURT = frozenset({Stage.FILED, Stage.TRIAL})


@dataclass(frozen=True, kw_only=True)
class AppearNotice(Head, Who, Against, Dispute, Contact):
    """派员出庭通知书: who appears for the office, in which case of the court, when."""

    court: str = taken("人民法院", "court", required=True)
    court_number: str = taken("法院案号", "court_number", required=True)
    support_number: str = taken("支持起诉书文号", "support_number", required=True)
    hearing_at: str = taken("开庭时间", "hearing_at", required=True)
    hearing_place: str = taken("开庭地点", "hearing_place", required=True)
    attending: tuple[str, ...] = typed("出庭人员", (), required=True, hint="姓名和职务，一行一人")


declare(
    "appear_notice",
    "派员出庭通知书",
    AppearNotice,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("人民法院"), Copy("存档")),
    stages=IN_COURT,
    series="appear",
    version="2026-12",
    note="重大或者有社会影响的案件，和法院沟通后派员出庭时用。",
    chain=HEAD_AND_CHIEF,
)


@dataclass(frozen=True, kw_only=True)
class CourtOpinion(Head, Who, Against, Dispute, Total):
    """出庭意见书: facts, law and social meaning, read in court; no sum that the court should award."""

    court: str = taken("人民法院", "court", required=True)
    court_number: str = taken("法院案号", "court_number", required=True)
    support_number: str = taken("支持起诉书文号", "support_number", required=True)
    attending: tuple[str, ...] = typed("出庭人员", (), required=True, hint="姓名和职务，一行一人")
    facts_found: str = taken("查明的事实", "facts_found", required=True, is_long=True)
    evidence_opinion: str = taken("证据分析", "evidence_opinion", is_long=True)
    legal_opinion: str = taken("法律分析", "legal_opinion", required=True, is_long=True)
    meaning: str = typed("社会意义", required=True, is_long=True)


declare(
    "court_opinion",
    "出庭意见书",
    CourtOpinion,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("人民法院"), Copy("存档")),
    stages=IN_COURT,
    series="court_opinion",
    version="2026-12",
    note="出庭宣读，不参加辩论，不提出法院应判的金额。",
    chain=HEAD_AND_CHIEF,
    counted=("facts_found", "evidence_opinion", "legal_opinion"),
)


@dataclass(frozen=True, kw_only=True)
class ServiceReceipt(Head, Who, Dispute):
    """送达回证: which papers were handed to whom, where, how; the day of signing is the day of service (民诉法87条)."""

    case_number: str = taken("案号", "case_number")
    papers: tuple[str, ...] = taken("送达的文书", "issued_papers", (), required=True, is_long=True)
    addressee: str = typed("受送达人", required=True)
    place: str = typed("送达地点")
    means: str = typed("送达方式", hint="不填时印出全部方式，由送达人勾选")
    servers: tuple[str, ...] = typed("送达人", (), hint="一行一人")


declare(
    "service_receipt",
    "送达回证",
    ServiceReceipt,
    group=Group.DECISION,
    signed=Signed.PEOPLE,
    copies=(Copy("存档"),),
    stages=ANY,
    version="2026-12",
    note="每名受送达人一份，本人签收的日期就是送达日期。",
)
