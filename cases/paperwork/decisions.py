"""决定文书 (domain.md §5.3 C): written before the decision is proposed, approved with it and issued when it is made.

Their day is that of the decision: it comes with the seal, when the last approver agrees.
"""

from dataclasses import dataclass
from datetime import date

from cases.models import DeclineGround, SupportWithdrawal, TerminationGround
from cases.paperwork.catalogue import ANY, HEAD_AND_CHIEF, Copy, Group, Signed, declare
from cases.paperwork.grounds import in_a_sentence, labels_of, read_grounds
from cases.paperwork.parts import Accepted, Head, Who, chosen, taken, typed
from cases.paperwork.process import TO_APPLICANT
from cases.paperwork.process_parts import Applicants, Dispute, Opponents
from cases.workflow import IN_COURT, Stage
from documents.wording.vocabulary import worded

DECLINING, TERMINATING = labels_of(DeclineGround), labels_of(TerminationGround)
WITHDRAWING = labels_of(SupportWithdrawal.Ground)

OTHER_WAYS = (
    "可以自行向有管辖权的人民法院提起诉讼；依法应当先行劳动争议仲裁的，先向劳动争议仲裁委员会申请仲裁。\n"
    "可以向法律援助机构申请法律援助（咨询电话12348），也可以向劳动保障监察机构投诉（咨询电话12333）。"
)
OTHER_WAYS_AFTER = "终结审查不影响申请人依法另行向人民法院起诉、申请仲裁或者寻求其他救济。"


@dataclass(frozen=True, kw_only=True)
class DeclineDecision(Head, Applicants, Opponents, Dispute, Accepted):
    """不支持起诉决定书: what was found, why the suit is not supported, which ways stay open."""

    facts_found: str = taken("查明的事实", "facts_found", required=True, is_long=True)
    ground: str = chosen("事由", "decline_ground", DECLINING)
    reasons: str = taken("不支持的理由", "decline_reasons", required=True, is_long=True)
    advice: str = typed("其他途径", OTHER_WAYS, required=True, is_long=True)

    @property
    @worded("不支持事由")
    def ground_said(self) -> str:
        return in_a_sentence(self.ground)


declare(
    "decline_decision",
    "不支持起诉决定书",
    DeclineDecision,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=frozenset({Stage.REVIEW, Stage.DECLINED}),
    series="case",
    version="2026-12-2",
    note="随“不支持起诉”送审，同意时签发；送达申请人，并当面释法说理。",
    older=read_grounds(DECLINING),
    counted=("facts_found", "reasons"),
)


@dataclass(frozen=True, kw_only=True)
class TerminateDecision(Head, Applicants, Opponents, Dispute, Accepted):
    """终结审查决定书: on which ground the review ends without support or refusal."""

    ground: str = chosen("事由", "termination_ground", TERMINATING)
    reasons: str = taken("终结的理由", "termination_reasons", required=True, is_long=True)
    advice: str = typed("其他途径", OTHER_WAYS_AFTER, is_long=True)

    @property
    @worded("终结事由")
    def ground_said(self) -> str:
        return in_a_sentence(self.ground)


declare(
    "terminate_decision",
    "终结审查决定书",
    TerminateDecision,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("申请人", each=True), Copy("被申请人（已告知的）", each=True), Copy("存档")),
    stages=frozenset({Stage.REVIEW, Stage.TERMINATED}),
    series="case",
    version="2026-12-2",
    note="随“终结审查”送审，同意时签发；送达申请人和告知过的被申请人。",
    older=read_grounds(TERMINATING),
    counted=("reasons",),
)


@dataclass(frozen=True, kw_only=True)
class WithdrawSupportDecision(Head, Applicants, Opponents, Dispute):
    """撤回支持起诉决定书: which letter is withdrawn, on which ground; court and applicants are told."""

    court: str = taken("致送法院", "court", required=True)
    court_number: str = taken("法院案号", "court_number")
    support_number: str = taken("支持起诉书文号", "support_number", required=True)
    supported_on: date | None = taken("支持起诉书日期", "supported_on", None, required=True)
    ground: str = chosen("事由", "support_withdrawal_ground", WITHDRAWING)
    reasons: str = taken("撤回的理由", "support_withdrawal_reasons", required=True, is_long=True)

    @property
    @worded("撤回事由")
    def ground_said(self) -> str:
        return in_a_sentence(self.ground)


declare(
    "withdraw_support_decision",
    "撤回支持起诉决定书",
    WithdrawSupportDecision,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("人民法院"), Copy("申请人", each=True), Copy("存档")),
    stages=IN_COURT | {Stage.WITHDRAWN},
    series="case",
    version="2026-12-2",
    note="随“撤回支持起诉”送审，同意时签发；送交法院、送达申请人。",
    older=read_grounds(WITHDRAWING),
    counted=("reasons",),
)


@dataclass(frozen=True, kw_only=True)
class CorrectionDecision(Head, Who, Dispute):
    """补正决定书: what an issued paper says wrongly and what it says from now on (参照规则129条)."""

    paper: str = typed(
        "被补正的文书", required=True, hint="名称和文号，例如：《支持起诉书》（集检民支〔2026〕1号）"
    )
    issued_on: date | None = typed("文书日期", None, required=True)
    old: str = typed("原文", required=True, is_long=True)
    new: str = typed("补正为", required=True, is_long=True)


declare(
    "correction_decision",
    "补正决定书",
    CorrectionDecision,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("原文书的受送达人", each=True), Copy("存档")),
    stages=ANY,
    series="correction",
    version="2026-12",
    note="签发的文书有笔误时用；实质内容有错的，不能用补正。",
    chain=HEAD_AND_CHIEF,
)
