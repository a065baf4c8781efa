"""申请人的文书 (domain.md §5.3 A): the office may help to draft them; the worker signs."""

from dataclasses import dataclass

from cases.paperwork.catalogue import BEFORE_DECISION, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, Respondents, Workers, taken, typed


@dataclass(frozen=True, kw_only=True)
class Application(Head, Workers, Respondents, Against):
    """支持起诉申请书: asks the office to support a suit against whom for how much, on which facts."""

    facts: str = taken("事实与理由", "application_facts", required=True, is_long=True)
    inability: str = typed("诉讼能力不足的情况", "申请人自行收集证据、参加诉讼确有困难。", is_long=True)
    enclosures: tuple[str, ...] = typed("附项", ("申请人身份证复印件", "证据材料"))


declare(
    "application",
    "支持起诉申请书",
    Application,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("本院"), Copy("被申请人", each=True)),
    stages=BEFORE_DECISION,
    version="2026-12",
    note="申请人向本院申请支持起诉，本人签名或者捺印。",
)
