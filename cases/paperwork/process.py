"""受理的文书 (domain.md §5.3 B): registration, materials, acceptance or refusal, rights, ways to reach people."""

from dataclasses import dataclass
from datetime import date

from cases.paperwork.catalogue import (
    ANY,
    BEFORE_DECISION,
    HEAD_ONLY,
    OPEN,
    Copy,
    Group,
    Signed,
    Volume,
    declare,
)
from cases.paperwork.parts import Accepted, Against, Contact, Head, Who, taken, typed
from cases.paperwork.process_parts import Dispute, MaybeAgainst, Numbered, Received, Total
from cases.paperwork.process_rows import Contacted, Material
from cases.workflow import Stage

TO_APPLICANT = (Copy("申请人", each=True), Copy("存档"))
REJECTED = frozenset({Stage.REJECTED})


@dataclass(frozen=True, kw_only=True)
class AcceptanceRecord(Head, Who, MaybeAgainst, Received, Total):
    """受理登记表: where the case came from, what it asks, what stood against acceptance, who decided."""

    case_number: str = taken("案号", "case_number")
    case_code: str = taken("内部编号", "case_code", required=True)
    cause: str = taken("案由", "cause")
    source: str = taken("案件来源", "source_words", required=True)
    source_unit: str = taken("来源单位", "source_unit")
    request: str = taken("申请事项", "request", is_long=True)
    facts: str = taken("事实与理由", "application_facts", required=True, is_long=True)
    proofs: tuple[str, ...] = taken("提交的材料", "proof_names", ())
    conditions: tuple[str, ...] = taken("受理条件", "conditions", (), required=True)
    opinion: str = taken("审查意见", "acceptance_opinion", required=True, is_long=True)
    handler: str = taken("承办检察官", "handler", required=True)
    outcome: str = taken("受理决定", "acceptance_words")
    decided_on: date | None = taken("决定日期", "acceptance_decided_on", None)


# 副卷: domain.md §5.3 lists it as internal, with the opinion on acceptance; 正卷 has the notice that came of it.
declare(
    "acceptance_record",
    "受理登记表",
    AcceptanceRecord,
    group=Group.PROCESS,
    signed=Signed.INSIDE,
    copies=(Copy("存档"),),
    stages=ANY,
    volume=Volume.INNER,
    version="2026-12",
    note="登记来源和申请，写明受理审查意见；含内部意见，入副卷。",
    counted=("facts", "opinion"),
)


@dataclass(frozen=True, kw_only=True)
class MaterialsList(Head, Who, Dispute):
    """材料接收清单: what the applicants handed in, in which form; both sides sign."""

    materials: tuple[Material, ...] = taken("材料", "materials", (), required=True)
    received_on: date | None = taken("接收日期", "received_on", None, required=True)
    receiver: str = typed("接收人")


declare(
    "materials_list",
    "材料接收清单",
    MaterialsList,
    group=Group.PROCESS,
    signed=Signed.PEOPLE,
    copies=(Copy("申请人"), Copy("存档")),
    stages=OPEN,
    version="2026-12",
    note="收到申请材料时逐件清点，提交人和接收人都签名，一式两份。",
)


@dataclass(frozen=True, kw_only=True)
class AcceptNotice(Head, Who, Against, Dispute, Accepted, Contact, Numbered):
    """受理通知书: conditions are met, since when the case is with whom."""


declare(
    "accept_notice",
    "受理通知书",
    AcceptNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=OPEN,
    series="accept",
    version="2026-12",
    note="决定受理后三日内送达申请人。",
)


@dataclass(frozen=True, kw_only=True)
class RejectNotice(Head, Who, MaybeAgainst, Dispute, Received, Contact):
    """不予受理通知书: on which ground, which other way is open, whom to ask."""

    rejected_on: date | None = taken("决定日期", "rejected_on", None, required=True)
    ground: str = taken("不予受理事由", "rejection_ground")
    reasons: str = typed("具体理由", required=True, is_long=True)
    advice: str = taken("其他途径", "rejection_advice", required=True, is_long=True)


declare(
    "reject_notice",
    "不予受理通知书",
    RejectNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=REJECTED,
    series="reject",
    version="2026-12",
    note="决定不予受理后送达申请人，说明理由和其他途径。",
    chain=HEAD_ONLY,
    counted=("reasons",),
)


@dataclass(frozen=True, kw_only=True)
class SupplementNotice(Head, Who, Against, Dispute, Received, Contact):
    """补正通知书: what is missing, by when."""

    lacking: tuple[str, ...] = taken("需补正的材料", "lacking", (), required=True)
    due_on: date | None = taken("补正期限", "supplement_due_on", None, required=True)
    way: str = typed("提交方式", "当面提交或者邮寄到本院")


declare(
    "supplement_notice",
    "补正通知书",
    SupplementNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=BEFORE_DECISION,
    series="supplement",
    version="2026-12",
    note="申请材料不齐时通知申请人，写明缺什么、哪天前补。",
)


@dataclass(frozen=True, kw_only=True)
class RightsNotice(Head, Who, Against, Dispute, Contact):
    """权利义务告知书 for the applicants: who works on the case, what they may and must do."""

    others: tuple[str, ...] = typed("其他办案人员", (), hint="检察官助理、书记员，一行一人")


declare(
    "rights_notice",
    "权利义务告知书",
    RightsNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=OPEN,
    series="rights",
    version="2026-12",
    note="和受理通知书一并送达申请人，本人签收。",
)


@dataclass(frozen=True, kw_only=True)
class RespondentRights(Head, Who, Against, Dispute, Contact):
    """权利义务告知书 for the respondents, when they are first heard (trap 7: both sides are)."""

    others: tuple[str, ...] = typed("其他办案人员", (), hint="检察官助理、书记员，一行一人")


declare(
    "respondent_rights",
    "权利义务告知书（被申请人）",
    RespondentRights,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=(Copy("被申请人", each=True), Copy("存档")),
    stages=OPEN,
    series="rights",
    version="2026-12",
    note="向被申请人了解情况时送达，本人签收。",
)


@dataclass(frozen=True, kw_only=True)
class ContactConfirmation(Head, Dispute):
    """联系方式确认书: one sheet for each applicant, with what the case knows; the applicant completes and signs."""

    people: tuple[Contacted, ...] = taken("申请人", "contacts", (), required=True)


declare(
    "contact_confirmation",
    "联系方式确认书",
    ContactConfirmation,
    group=Group.PROCESS,
    signed=Signed.WORKER,
    copies=(Copy("存档"),),
    stages=OPEN,
    version="2026-12",
    note="申请人确认送达地址和联系电话，每人一张，本人签名或者捺印。",
)
