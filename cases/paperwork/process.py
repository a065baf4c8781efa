"""受理和审查的文书 (domain.md §5.3 B)."""

from dataclasses import dataclass
from datetime import date

from cases.paperwork.catalogue import BEFORE_DECISION, OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Accepted, Against, Contact, Head, Who, taken, typed

TO_APPLICANT = (Copy("申请人", each=True), Copy("存档"))


@dataclass(frozen=True, kw_only=True)
class AcceptNotice(Head, Who, Against, Accepted, Contact):
    """受理通知书: conditions are met, since when the case is with whom."""

    case_number: str = taken("案号", "case_number", required=True)


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
class SupplementNotice(Head, Who, Against, Contact):
    """补正通知书: what is missing, by when."""

    received_on: date | None = taken("申请日期", "received_on", None, required=True)
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
