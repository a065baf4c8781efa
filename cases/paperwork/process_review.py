"""审查的文书 (domain.md §5.3 B): suspension, resumption, and the internal report and approval form (副卷, trap 18)."""

from dataclasses import dataclass, replace
from datetime import date

from cases.models import LegalTrack, Respondent, Suspension
from cases.paperwork.catalogue import ANY, OPEN, Copy, Group, Signed, Volume, declare
from cases.paperwork.grounds import in_a_sentence, labels_of, read_grounds
from cases.paperwork.parts import (
    Accepted,
    Against,
    Contact,
    Head,
    Respondents,
    Who,
    Workers,
    chosen,
    taken,
    typed,
)
from cases.paperwork.process import TO_APPLICANT
from cases.paperwork.process_parts import Applicants, Dispute, Numbered, Opponents, Received, Total
from cases.paperwork.process_rows import Inquired, Step
from cases.paperwork.rows import Party
from cases.workflow import Stage
from documents.wording.vocabulary import worded

SUSPENDING = labels_of(Suspension.Ground)
EMPLOYER = Respondent.Position.EMPLOYER.label
INSTEAD_OF_EMPLOYER = {
    LegalTrack.SERVICE.label: "接受劳务一方",
    LegalTrack.CONTRACT_WORK.label: "定作人",  # 民法典770条
}

IN_REVIEW = frozenset({Stage.REVIEW})
FROM_REVIEW = ANY - {Stage.REGISTERED, Stage.REJECTED}


@dataclass(frozen=True, kw_only=True)
class SuspendDecision(Head, Applicants, Opponents, Dispute, Received):
    """中止审查决定书: since when, on which ground, with which effect."""

    suspended_on: date | None = taken("中止日期", "suspending_on", None, required=True)
    ground: str = chosen("事由", "suspending_ground", SUSPENDING)
    reasons: str = taken("具体情况", "suspending_reasons", required=True, is_long=True)

    @property
    @worded("中止事由")
    def ground_said(self) -> str:
        return in_a_sentence(self.ground)


declare(
    "suspend_decision",
    "中止审查决定书",
    SuspendDecision,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=IN_REVIEW,
    series="case",
    version="2026-12-2",
    note="随“中止审查”送审，同意时签发，送达申请人。",
    older=read_grounds(SUSPENDING),
    counted=("reasons",),
)


@dataclass(frozen=True, kw_only=True)
class ResumeNotice(Head, Who, Against, Dispute, Numbered, Contact):
    """恢复审查通知书: the cause of suspension is gone, since when the review goes on."""

    suspended_on: date | None = taken("中止日期", "suspended_on", None, required=True)
    resumed_on: date | None = taken("恢复日期", "resumed_on", None, required=True)
    note: str = taken("恢复说明", "resume_note")


declare(
    "resume_notice",
    "恢复审查通知书",
    ResumeNotice,
    group=Group.PROCESS,
    signed=Signed.SEAL,
    copies=TO_APPLICANT,
    stages=OPEN,
    series="resume",
    version="2026-12",
    note="中止的原因消除、恢复审查后送达申请人。",
)


@dataclass(frozen=True, kw_only=True)
class ReviewReport(Head, Who, Against, Workers, Respondents, Dispute, Accepted, Numbered):
    """审查终结报告: everything that the decision rests on, from the source of the case to the proposal."""

    source: str = taken("案件来源", "source_words", required=True)
    source_unit: str = taken("来源单位", "source_unit")
    request: str = taken("申请事项", "request", is_long=True)
    application_facts: str = taken("申请的事实与理由", "application_facts", required=True, is_long=True)
    answer: str = typed("被申请人的意见", required=True, is_long=True)
    inquiries: tuple[Inquired, ...] = taken("调查核实", "inquiries", ())
    facts_found: str = taken("查明的事实", "facts_found", required=True, is_long=True)
    proofs: tuple[str, ...] = taken("证据名称", "proof_names", (), required=True)
    evidence_opinion: str = taken("证据分析", "evidence_opinion", required=True, is_long=True)
    legal_track: str = taken("法律关系", "decided_track", required=True)
    track_reasons: str = taken("认定理由", "track_reasons", required=True, is_long=True)
    legal_opinion: str = taken("法律分析", "legal_opinion", required=True, is_long=True)
    limitation: str = taken("时效审查意见", "limitation_note", required=True, is_long=True)
    arbitration: str = taken("仲裁情况", "arbitration_words")
    court: str = taken("拟诉法院", "court", required=True)
    necessity: str = taken("必要性与自愿性", "necessity", required=True, is_long=True)
    mediation: str = typed("和解和调解情况", required=True, is_long=True)
    risks: str = taken("风险提示", "risks", is_long=True)
    matter: str = taken("拟处理事项", "concluding_matter", required=True)
    ground: str = taken("拟处理事由", "concluding_ground")
    proposal: str = taken("处理意见", "concluding_reasons", required=True, is_long=True)
    handler: str = taken("承办检察官", "handler", required=True)

    @property
    @worded("对方当事人")
    def opponents(self) -> tuple[Party, ...]:
        """被申请人 by what they are in this very relation: 用人单位 is one of 劳动关系 alone."""
        instead = INSTEAD_OF_EMPLOYER.get(self.legal_track, EMPLOYER)
        return tuple(
            replace(each, position=instead) if each.position == EMPLOYER else each
            for each in self.respondents
        )


declare(
    "review_report",
    "审查终结报告",
    ReviewReport,
    group=Group.PROCESS,
    signed=Signed.INSIDE,
    copies=(Copy("存档"),),
    stages=FROM_REVIEW,
    volume=Volume.INNER,
    version="2026-12-2",
    note="审查终结、报批前制作，内部文书，入副卷，不对外提供。",
    counted=("facts_found", "evidence_opinion", "track_reasons", "legal_opinion", "necessity", "proposal"),
)


@dataclass(frozen=True, kw_only=True)
class ApprovalForm(Head, Who, Against, Total, Numbered):
    """审批表: what was proposed, and each step of each round with its opinion."""

    cause: str = taken("案由", "cause")
    handler: str = taken("承办检察官", "handler", required=True)
    matter: str = taken("报批事项", "proposed_matter", required=True)
    ground: str = taken("报批事由", "proposed_ground")
    reasons: str = taken("处理意见", "proposed_reasons", required=True, is_long=True)
    proposed_by: str = taken("提交人", "proposed_by", required=True)
    proposed_on: date | None = taken("提交日期", "proposed_on", None, required=True)
    steps: tuple[Step, ...] = taken("审批步骤", "approval_steps", (), required=True)
    status: str = taken("审批结果", "approval_status", required=True)


declare(
    "approval_form",
    "审批表",
    ApprovalForm,
    group=Group.PROCESS,
    signed=Signed.INSIDE,
    copies=(Copy("存档"),),
    stages=FROM_REVIEW,
    volume=Volume.INNER,
    version="2026-12",
    note="审批结束后打印各步骤的意见，内部文书，入副卷，不对外提供。",
)
