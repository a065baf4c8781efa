"""The procedure as a table (domain.md §3.2). No queries here, and no imports from our own code.

`manage.py diagram` prints it to docs/workflow.md; CI fails when the file differs.
"""

from django.db import models


class Stage(models.TextChoices):
    """阶段. One writer: `cases.transitions.advance`."""

    REGISTERED = "registered", "申请登记"
    REVIEW = "review", "审查中"
    APPROVAL = "approval", "审批中"
    SUPPORTED = "supported", "已支持起诉"
    FILED = "filed", "法院已立案"
    TRIAL = "trial", "审理中"
    ENFORCEMENT = "enforcement", "履行与执行"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"
    REJECTED = "rejected", "不予受理"
    TRANSFERRED = "transferred", "移送他院"
    DECLINED = "declined", "不支持起诉"
    TERMINATED = "terminated", "终结审查"
    WITHDRAWN = "withdrawn", "撤回支持起诉"


class Move(models.TextChoices):
    """动作 that changes the stage."""

    ACCEPT = "accept", "受理"
    REJECT = "reject", "不予受理"
    TRANSFER = "transfer", "移送他院"
    SUBMIT = "submit", "提交审批"
    SEND_BACK = "send_back", "退回审查"
    SUPPORT = "support", "支持起诉"
    DECLINE = "decline", "不支持起诉"
    TERMINATE = "terminate", "终结审查"
    WITHDRAW_SUPPORT = "withdraw_support", "撤回支持起诉"
    FILE = "file", "登记法院立案"
    COURT_REFUSES = "court_refuses", "登记法院不予受理"
    END_AFTER_REFUSAL = "end_after_refusal", "法院不予受理后办结"
    OPEN_TRIAL = "open_trial", "登记开庭审理"
    TAKE_EFFECT = "take_effect", "登记裁判生效"
    END_IN_COURT = "end_in_court", "登记撤诉或驳回并办结"
    CLOSE = "close", "跟进办结"
    ARCHIVE = "archive", "归档"


class Act(models.TextChoices):
    """动作 that is written down but leaves the stage as it is."""

    REGISTER = "register", "申请登记"
    ASSIGN = "assign", "分派承办人"
    EXAMINE_APPLICATION = "examine_application", "受理审查"
    ASK_SUPPLEMENT = "ask_supplement", "通知补正"
    SUPPLEMENT = "supplement", "收到补正"
    CONSENT = "consent", "登记自愿申请"
    CLAIMANT_ADDED = "claimant_added", "增加申请人"
    CLAIMANT_WITHDRAWN = "claimant_withdrawn", "申请人撤回"
    CLAIM_CHANGED = "claim_changed", "修改诉求"
    RESPONDENT_CHANGED = "respondent_changed", "修改被申请人"
    EVIDENCE = "evidence", "登记证据"
    INQUIRY = "inquiry", "调查核实"
    REVIEWED = "reviewed", "保存审查意见"
    TRACK_DECIDED = "track_decided", "认定法律关系"
    PROPOSED = "proposed", "提出处理意见"
    STEP_AGREED = "step_agreed", "审批同意"
    ROUND_RETURNED = "round_returned", "审批退回"
    ROUND_CANCELLED = "round_cancelled", "撤回送审"
    STEP_REASSIGNED = "step_reassigned", "审批转办"
    COUNTERSIGN_ASKED = "countersign_asked", "提请加签"
    COUNTERSIGNED = "countersigned", "加签意见"
    PAPER_SUBMITTED = "paper_submitted", "文书送审"
    SUSPEND = "suspend", "中止审查"
    RESUME = "resume", "恢复审查"
    EXTEND = "extend", "延长审查期限"
    MEDIATION = "mediation", "诉前和解"
    DOCUMENT = "document", "文书"
    SERVED = "served", "送达"
    HEARING = "hearing", "登记开庭"
    JUDGED = "judged", "登记裁判"
    APPEALED = "appealed", "登记上诉"
    PERFORMANCE = "performance", "登记履行期限"
    ENFORCEMENT_APPLIED = "enforcement_applied", "申请执行"
    ENFORCEMENT_MEASURE = "enforcement_measure", "登记执行情况"
    RECOVERY_ENTERED = "recovery_entered", "登记到账"
    RECOVERY_VERIFIED = "recovery_verified", "核对到账"
    RECOVERY_RETURNED = "recovery_returned", "退回到账登记"
    RECOVERY_REVERSED = "recovery_reversed", "冲正到账"
    OCCURRED = "occurred", "登记程序事件"
    OCCURRENCE_REMOVED = "occurrence_removed", "撤销程序事件"
    CLOCK_MET = "clock_met", "办结期限"
    CLOCK_EXTENDED = "clock_extended", "登记期限延长"
    DATE_CORRECTED = "date_corrected", "更正日期"
    NOTE = "note", "办案笔记"


ENDS = frozenset(
    {Stage.CLOSED, Stage.REJECTED, Stage.TRANSFERRED, Stage.DECLINED, Stage.TERMINATED, Stage.WITHDRAWN}
)
IN_COURT = frozenset({Stage.SUPPORTED, Stage.FILED, Stage.TRIAL})
OPEN_STAGES = frozenset(set(Stage) - ENDS - {Stage.ARCHIVED})
EDITABLE = frozenset({Stage.REGISTERED, Stage.REVIEW})

FLOW: dict[Move, tuple[frozenset[Stage], Stage]] = {
    Move.ACCEPT: (frozenset({Stage.REGISTERED}), Stage.REVIEW),
    Move.REJECT: (frozenset({Stage.REGISTERED}), Stage.REJECTED),
    Move.TRANSFER: (frozenset({Stage.REGISTERED, Stage.APPROVAL}), Stage.TRANSFERRED),
    Move.SUBMIT: (frozenset({Stage.REVIEW}), Stage.APPROVAL),
    Move.SEND_BACK: (frozenset({Stage.APPROVAL}), Stage.REVIEW),
    Move.SUPPORT: (frozenset({Stage.APPROVAL}), Stage.SUPPORTED),
    Move.DECLINE: (frozenset({Stage.APPROVAL}), Stage.DECLINED),
    Move.TERMINATE: (frozenset({Stage.APPROVAL}), Stage.TERMINATED),
    Move.WITHDRAW_SUPPORT: (IN_COURT, Stage.WITHDRAWN),
    Move.FILE: (frozenset({Stage.SUPPORTED}), Stage.FILED),
    Move.COURT_REFUSES: (frozenset({Stage.SUPPORTED, Stage.FILED}), Stage.SUPPORTED),
    Move.END_AFTER_REFUSAL: (frozenset({Stage.SUPPORTED}), Stage.CLOSED),
    Move.OPEN_TRIAL: (frozenset({Stage.FILED}), Stage.TRIAL),
    Move.TAKE_EFFECT: (frozenset({Stage.FILED, Stage.TRIAL}), Stage.ENFORCEMENT),
    Move.END_IN_COURT: (frozenset({Stage.FILED, Stage.TRIAL}), Stage.CLOSED),
    Move.CLOSE: (frozenset({Stage.ENFORCEMENT}), Stage.CLOSED),
    Move.ARCHIVE: (ENDS, Stage.ARCHIVED),
}


class Matter(models.TextChoices):
    """报批事项: what goes up the approval chain."""

    SUPPORT = "support", "支持起诉"
    DECLINE = "decline", "不支持起诉"
    TERMINATE = "terminate", "终结审查"
    TRANSFER = "transfer", "移送他院"
    SUSPEND = "suspend", "中止审查"
    EXTEND = "extend", "延长审查期限"
    WITHDRAW_SUPPORT = "withdraw_support", "撤回支持起诉"


HEAD, CHIEF = "department_head", "chief"

# Who decides (decisions.md 10). An office's own 权力清单 overrides it in settings.APPROVAL_CHAINS.
CHAINS: dict[Matter, tuple[str, ...]] = {
    Matter.SUPPORT: (HEAD, CHIEF),
    Matter.DECLINE: (HEAD, CHIEF),
    Matter.TERMINATE: (HEAD, CHIEF),
    Matter.TRANSFER: (HEAD,),
    Matter.SUSPEND: (HEAD, CHIEF),
    Matter.EXTEND: (HEAD,),
    Matter.WITHDRAW_SUPPORT: (HEAD, CHIEF),
}

# Matters whose submission takes the case into 审批中; the others are decided beside the running review or suit.
STAGE_MATTERS = frozenset({Matter.SUPPORT, Matter.DECLINE, Matter.TERMINATE, Matter.TRANSFER})
MATTER_STAGES: dict[Matter, frozenset[Stage]] = {
    Matter.SUPPORT: frozenset({Stage.REVIEW}),
    Matter.DECLINE: frozenset({Stage.REVIEW}),
    Matter.TERMINATE: frozenset({Stage.REVIEW}),
    Matter.TRANSFER: frozenset({Stage.REVIEW}),
    Matter.SUSPEND: frozenset({Stage.REVIEW}),
    Matter.EXTEND: frozenset({Stage.REVIEW}),
    Matter.WITHDRAW_SUPPORT: IN_COURT,
}

# Who must act next, as data.
NEXT_ACTOR: dict[Stage, str] = {
    Stage.REGISTERED: "承办人完成受理审查，部门负责人决定受理",
    Stage.REVIEW: "承办人审查并提出处理意见",
    Stage.APPROVAL: "审批人审批",
    Stage.SUPPORTED: "承办人登记法院立案",
    Stage.FILED: "承办人登记开庭或裁判",
    Stage.TRIAL: "承办人登记裁判及生效",
    Stage.ENFORCEMENT: "承办人跟进履行、登记到账",
    Stage.CLOSED: "承办人归档",
    Stage.REJECTED: "承办人归档",
    Stage.TRANSFERRED: "承办人归档",
    Stage.DECLINED: "承办人归档",
    Stage.TERMINATED: "承办人跟进约定款项、归档",
    Stage.WITHDRAWN: "承办人归档",
    Stage.ARCHIVED: "无",
}

# Clocks (deadlines.Term codes) that a move starts and ends. What has no record of its own is an event of
# `cases.occurrences.kinds`, the second half of this table.
STARTS: dict[Move | Act, tuple[str, ...]] = {
    Act.REGISTER: ("P3",),
    Act.ASK_SUPPLEMENT: ("P3S",),
    Act.SUPPLEMENT: ("P3",),
    Move.ACCEPT: ("P4", "P6a", "P6b"),
    Move.SUPPORT: ("P7",),
    Move.DECLINE: ("P7",),
    Move.TERMINATE: ("P7",),
    Move.FILE: ("C2", "C5", "C6", "C7"),
    Act.HEARING: ("C4",),
    Act.JUDGED: ("C8", "C9"),
    Move.TAKE_EFFECT: ("C18", "P14"),
    Act.ENFORCEMENT_APPLIED: ("C19",),
    Act.ENFORCEMENT_MEASURE: ("P14N",),
}
ENDS_CLOCKS: dict[Move | Act, tuple[str, ...]] = {
    Act.SUPPLEMENT: ("P3S",),
    Move.ACCEPT: ("P3",),
    Move.REJECT: ("P3",),
    Move.TRANSFER: ("P3", "P3S", "P6a", "P6b"),
    Move.SUPPORT: ("P6a", "P6b"),
    Move.DECLINE: ("P6a", "P6b"),
    Move.TERMINATE: ("P6a", "P6b"),
    Act.SERVED: ("P4", "P7"),
    Move.FILE: ("C1", "C12", "A1", "A2", "A3", "L1", "L1E", "L1D", "L3", "L3N"),
    Move.COURT_REFUSES: ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C21"),
    Act.JUDGED: ("C2", "C3", "C4", "C5", "C6", "C7", "C10", "C10R", "C21"),
    Act.APPEALED: ("C8", "C9"),
    Move.TAKE_EFFECT: ("C8", "C9"),
    Move.END_IN_COURT: ("C8", "C9"),
    Act.ENFORCEMENT_APPLIED: ("C18",),
    Act.ENFORCEMENT_MEASURE: ("P14", "P14N"),
    Move.CLOSE: ("C18", "C19", "P14", "P14N"),
}

# Papers (documents.papers keys) that belong to a move.
PAPERS: dict[Move, tuple[str, ...]] = {
    Move.SUPPORT: ("support_letter",),
    Move.DECLINE: ("decline_decision",),
    Move.TERMINATE: ("terminate_decision",),
    Move.WITHDRAW_SUPPORT: ("withdraw_support_decision",),
}

# The paper of a matter: written before it is proposed, approved with it, issued with its decision.
# 移送 goes out with a letter of the office's own; 延长 has no paper.
PAPER_OF: dict[Matter, str] = {
    Matter.SUPPORT: "support_letter",
    Matter.DECLINE: "decline_decision",
    Matter.TERMINATE: "terminate_decision",
    Matter.SUSPEND: "suspend_decision",
    Matter.WITHDRAW_SUPPORT: "withdraw_support_decision",
}

# Required-by-stage: field of Case → the stage from which it must be filled.
REQUIRED_FROM: dict[str, Stage] = {
    "handler": Stage.REVIEW,
    "accepted_on": Stage.REVIEW,
    "official_number": Stage.REVIEW,
    "cause": Stage.APPROVAL,
    "intended_court": Stage.SUPPORTED,
}
