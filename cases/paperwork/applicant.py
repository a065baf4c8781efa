"""申请人向本院的文书 (domain.md §5.3 A): the office may help to draft them; the worker signs (trap 3)."""

from dataclasses import dataclass

from cases.paperwork.catalogue import BEFORE_DECISION, OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, Respondents, Who, Workers, taken, typed
from cases.paperwork.process_parts import Dispute

TO_OFFICE = (Copy("本院"),)


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
    counted=("facts", "inability"),
)


@dataclass(frozen=True, kw_only=True)
class ApplicantList(Head, Workers, Against):
    """申请人名单及金额表: who applies, and what is due, paid and owed to each."""


declare(
    "applicant_list",
    "申请人名单及金额表",
    ApplicantList,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_OFFICE,
    stages=OPEN,
    version="2026-12",
    note="多人申请时附在申请书后，每人核对自己的金额后签名捺印。",
)


@dataclass(frozen=True, kw_only=True)
class Pledge(Head, Workers, Against, Dispute):
    """自愿申请及真实性承诺书: voluntary, true, told what support is and is not; consents to sharing, or does not."""

    partners: tuple[str, ...] = typed(
        "共享对象",
        ("人民法院", "法律援助机构", "劳动保障监察机构", "调解组织"),
        required=True,
        hint="只写本案确实需要的单位，一行一个",
    )


declare(
    "pledge",
    "自愿申请及真实性承诺书",
    Pledge,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_OFFICE,
    stages=BEFORE_DECISION,
    version="2026-12",
    note="每名申请人本人选择是否同意共享信息并签名捺印；随时可以撤回。",
)


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Head, Who, Against, Dispute):
    """撤回申请书: the whole application, or of the workers named; the others' stands (trap 4)."""

    is_whole: bool | None = typed("是否全部申请人撤回", None)
    names: tuple[str, ...] = typed("撤回人", (), required=True, hint="一行一人")
    reason: str = typed("撤回原因", required=True, is_long=True)


declare(
    "withdrawal",
    "撤回申请书",
    Withdrawal,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_OFFICE,
    stages=OPEN,
    version="2026-12",
    note="申请人撤回自己的申请；一人撤回不影响其他人。",
)
