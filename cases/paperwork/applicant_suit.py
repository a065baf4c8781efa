"""申请人起诉的文书 (domain.md §5.3 A): complaint, evidence, who acts for whom. Signed by the worker, never by us."""

from dataclasses import dataclass
from decimal import Decimal

from cases.paperwork.catalogue import OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, Who, Workers, taken, typed
from cases.paperwork.parts_court import Agent, Claims, Complaint, PerKind, ProofNames, ToCourt, Told
from cases.paperwork.process_parts import Dispute
from cases.paperwork.rows import Proof
from documents.wording.vocabulary import worded
from documents.wording.writing import OPEN as UNTICKED
from documents.wording.writing import TICKED

TO_COURT = (Copy("人民法院"), Copy("被告", each=True), Copy("原告"))


@dataclass(frozen=True, kw_only=True)
class Demand:
    """要素式诉讼请求的一项: whether it is raised, for how much, in yuan."""

    name: str
    amount: Decimal | None

    @property
    @worded("请求项目")
    def item(self) -> str:
        return self.name

    @property
    @worded("是否主张")
    def raised(self) -> str:
        yes, no = (UNTICKED, TICKED) if self.amount is None else (TICKED, UNTICKED)
        return f"{yes}是　{no}否"

    @property
    @worded("主张金额")
    def sum(self) -> Decimal | None:
        return self.amount


@dataclass(frozen=True, kw_only=True)
class LabourComplaint(Complaint, Claims, Agent, Told, ProofNames):
    """民事起诉状（劳动争议，要素式）: the elements as a form; the sums by kind come from the claim items."""

    place: str = taken("务工项目", "project")
    service_address: str = typed("送达地址", required=True, hint="收件人、电话、地址")
    takes_e_service: bool | None = typed("是否接受电子送达", None)
    e_service: str = typed("电子送达方式", hint="手机号码、微信或者电子邮箱")
    has_contract: bool | None = typed("是否签订劳动合同", None)
    contract: str = typed("合同签订情况", hint="签订主体、时间、期限、合同名称", is_long=True)
    hours: str = typed("工作时间", hint="每天、每周工作时间，休息安排")
    is_insured: bool | None = typed("是否参加社会保险", None)
    end: str = typed("劳动关系解除或者终止", hint="时间、由谁提出、原因", is_long=True)
    has_injury: bool | None = typed("是否认定工伤", None)
    arbitration: str = taken("劳动仲裁情况", "arbitration_words")
    asks_for_fee: bool | None = typed("是否主张诉讼费用", True)
    is_preserved: bool | None = typed("是否已申请诉前保全", None)
    other: str = typed("其他情况", is_long=True)
    basis: str = typed(
        "请求依据",
        "《中华人民共和国劳动法》第五十条，《中华人民共和国劳动合同法》第三十条，《保障农民工工资支付条例》第三条",
        required=True,
        is_long=True,
    )

    @property
    @worded("请求项目表")
    def demands(self) -> tuple[Demand, ...]:
        """Lines 1 to 8 of the form; 9 and 10 are no sums. What has no line of its own is 其他请求."""
        lines = (
            ("支付工资", "欠付工资", "最低工资差额"),
            ("未签订书面劳动合同双倍工资", "双倍工资差额"),
            ("加班费", "加班费"),
            ("未休年休假工资", "未休年休假工资"),
            ("未依法缴纳社会保险费造成的损失", "社会保险损失"),
            ("解除或者终止劳动关系经济补偿", "经济补偿"),
            ("违法解除劳动合同赔偿金", "违法解除赔偿金"),
            ("其他（加付赔偿金、利息等）", "加付赔偿金", "逾期利息", "其他请求"),
        )
        return tuple(Demand(name=name, amount=self.of_kinds(*kinds)) for name, *kinds in lines)


declare(
    "complaint_labour",
    "民事起诉状（劳动争议）",
    LabourComplaint,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=OPEN,
    version="2026-12",
    note="劳动关系用：要素式。先经仲裁，或者有工资欠条、仲裁不予受理等例外。",
    counted=("facts", "contract", "end", "other"),
)


@dataclass(frozen=True, kw_only=True)
class ServiceComplaint(Complaint, PerKind, Told, ProofNames):
    """民事起诉状（劳务合同）: the classic complaint, straight to court."""

    wage_word = "劳务报酬"

    liability: str = typed("责任承担", hint="例如：被告甲与被告乙承担连带责任；没有的留空", is_long=True)
    basis: str = typed(
        "请求依据", "《中华人民共和国民法典》第五百零九条、第五百七十九条", required=True, is_long=True
    )


declare(
    "complaint_service",
    "民事起诉状（劳务合同）",
    ServiceComplaint,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=OPEN,
    version="2026-12",
    note="劳务关系用：不经仲裁，直接向法院起诉。",
    counted=("facts", "liability"),
)


@dataclass(frozen=True, kw_only=True)
class EvidenceList(ToCourt, Who, Against):
    """证据目录: each item with its form, source and what it proves."""

    proofs: tuple[Proof, ...] = taken("证据", "proofs", (), required=True)


declare(
    "evidence_list",
    "证据目录",
    EvidenceList,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=TO_COURT,
    stages=OPEN,
    version="2026-12",
    note="起诉时与起诉状一并提交，取自证据一栏。",
)


@dataclass(frozen=True, kw_only=True)
class PowerOfAttorney(ToCourt, Workers, Against, Dispute):
    """授权委托书: who acts, in which limits; special powers are named one by one (民诉法62条)."""

    agent: str = typed("受委托人", required=True, hint="姓名。本院人员不能担任")
    agent_unit: str = typed("受委托人单位", hint="律师事务所、法律援助机构，或者与委托人的关系")
    agent_phone: str = typed("受委托人电话")
    stage: str = typed("委托阶段", "一审", required=True, hint="例如：仲裁、一审、执行")
    is_general: bool | None = typed("一般授权", None)
    may_change: bool | None = typed("承认放弃变更请求", None)
    may_settle: bool | None = typed("和解和调解", None)
    may_appeal: bool | None = typed("反诉和上诉", None)
    may_enforce: bool | None = typed("申请执行", None)
    may_receive: bool | None = typed("代收款项", None)


declare(
    "power_of_attorney",
    "授权委托书",
    PowerOfAttorney,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("人民法院"), Copy("受委托人"), Copy("委托人")),
    stages=OPEN,
    version="2026-12",
    note="委托律师、亲属等代理；特别授权逐项写明，委托人签名捺印。",
)


@dataclass(frozen=True, kw_only=True)
class Representatives(Head, Workers, Against, Dispute):
    """代表人推选书: who stands for all; giving up, admitting and settling need the others' consent (民诉法56条)."""

    chosen: tuple[str, ...] = taken("诉讼代表人", "representative_names", (), required=True)


declare(
    "representatives",
    "代表人推选书",
    Representatives,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("人民法院"), Copy("本院"), Copy("代表人", each=True)),
    stages=OPEN,
    version="2026-12",
    note="十人以上可以推选二至五名代表人，全体签名捺印。",
)
