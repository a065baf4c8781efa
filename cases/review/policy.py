from accounts.models import User
from accounts.permissions import Permission, Role
from cases.models import (
    ARBITRATION_FIRST,
    Arbitration,
    Case,
    ClaimItem,
    Consent,
    Evidence,
    LegalTrack,
    Review,
)
from cases.policy import why_not_at
from cases.review.checklist import QUESTIONS
from cases.workflow import EDITABLE, OPEN_STAGES, Stage

REVIEW = frozenset({Stage.REVIEW})
EVIDENCE_STAGES = frozenset(OPEN_STAGES)
OPINIONS = {
    "facts_found": "查明事实",
    "evidence_opinion": "证据分析",
    "legal_opinion": "法律分析",
    "necessity": "必要性与自愿性",
}


def why_not_review(case: Case, user: User) -> str:
    """审查: the office's handlers, while the case is in review and not suspended."""
    if reason := why_not_at(case, user, REVIEW, "修改审查内容"):
        return reason
    return "案件中止审查期间不能修改审查内容，请先恢复审查。" if case.is_suspended else ""


def why_not_decide_track(case: Case, user: User) -> str:
    """认定法律关系: a reviewed decision of the prosecutor or the head, not of an assistant (trap 1)."""
    if reason := why_not_review(case, user):
        return reason
    if user.role not in (Role.PROSECUTOR, Role.DEPARTMENT_HEAD):
        return "法律关系由承办检察官认定。"
    return ""


def why_not_add_evidence(case: Case, user: User) -> str:
    """登记证据: until the case has ended."""
    return why_not_at(case, user, EVIDENCE_STAGES, "登记证据")


def why_not_change_parties(case: Case, user: User) -> str:
    """修改当事人与诉求: before the decision goes up; not while it is being approved."""
    return why_not_at(case, user, EDITABLE, "修改当事人与诉求")


def why_not_withdraw_claimant(case: Case, user: User) -> str:
    """申请人撤回: at any time before the case has ended, but not while it is being approved."""
    if case.stage == Stage.APPROVAL:
        return "案件正在审批，请先撤回送审，再登记申请人撤回。"
    return why_not_at(case, user, frozenset(OPEN_STAGES), "登记申请人撤回")


def why_not_reveal(case: Case, user: User, *, bank: bool = False) -> str:
    """查看完整信息: permission; the bank account only for the handler and the clerk."""
    if not user.may(Permission.REVEAL):
        return "你没有查看完整个人信息的权限。"
    if bank and not user.may(Permission.BANK_SEE):
        return "银行卡号只有承办检察官和内勤可以查看。"
    return ""


def consent_bars(case: Case) -> list[str]:
    """Guard (a): the latest consent row of each standing claimant is not a revocation."""
    names = []
    for claimant in case.claimants.standing().select_related("person").prefetch_related("consents"):
        rows = list(claimant.consents.all())
        if not rows or rows[-1].kind == Consent.Kind.REVOKED:
            names.append(str(claimant))
    return [f"还没登记自愿申请：{'、'.join(names)}。请登记书面申请、口头笔录或捺指印。"] if names else []


def arbitration_bars(case: Case, review: Review) -> list[str]:
    """Guard (d): in 劳动 tracks the board has spoken or failed to, or the wage-IOU exception holds (解释一15条)."""
    if LegalTrack(review.legal_track) not in ARBITRATION_FIRST:
        return []
    if case.arbitrations.filter(result__in=Arbitration.OPENS_COURT).exists():
        return []
    if not review.iou_exception:
        return ["属于劳动关系，还没有仲裁结果。请登记仲裁裁决、不予受理或逾期，或者认定工资欠条例外。"]
    bars = []
    if not case.evidence.filter(kind=Evidence.Kind.IOU, removed_at=None).exists():
        bars.append("认定了工资欠条例外，证据里还没有工资欠条。请先登记欠条。")
    mixed = ClaimItem.objects.filter(claimant__case=case, claimant__withdrawn_on=None)
    if mixed.exclude(kind=ClaimItem.Kind.UNPAID_WAGE).exists():
        bars.append("诉求里有欠付工资以外的请求，不能适用工资欠条例外。请改诉求，或先申请仲裁。")
    return bars


def support_bars(case: Case) -> list[str]:
    """Guards of 支持起诉 that the review must fulfil (domain.md §3.2 a–d), each with its remedy."""
    review = Review.objects.filter(case=case).first()
    if review is None:
        return ["案件还没受理，不能提出支持起诉。"]
    bars = consent_bars(case)
    if review.legal_track == LegalTrack.UNDECIDED:
        bars.append("还没认定法律关系。请在“审查”里认定并写明理由。")
    if review.limitation_checked_at is None:
        bars.append("还没作时效审查。请在“审查”里填写起算日和意见。")
    bars += arbitration_bars(case, review)
    if not case.respondents.filter(is_defendant=True).exists():
        bars.append("还没有被告。请在“当事人”里登记被申请人并列为被告。")
    return bars + missing(case)


def missing(case: Case) -> list[str]:
    """What the review itself still lacks, whatever will be proposed."""
    review = Review.objects.filter(case=case).first()
    if review is None:
        return []
    bars = []
    if blank := [label for name, label in OPINIONS.items() if not getattr(review, name)]:
        bars.append(f"审查意见还缺：{'、'.join(blank)}。")
    answered = set(review.checks.values_list("question", flat=True))
    if left := len(set(QUESTIONS) - answered):
        bars.append(f"审查清单还有 {left} 项没答复。")
    return bars
