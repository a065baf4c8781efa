"""支持起诉的条件 (domain.md §3.2): each that is lacking is a sentence with its remedy and the page to do it on."""

from collections.abc import Iterator

from cases.decision.papers import Gap, paper_gaps
from cases.models import (
    ARBITRATION_FIRST,
    Arbitration,
    Case,
    Claimant,
    ClaimItem,
    Consent,
    Evidence,
    LegalTrack,
    Review,
)
from cases.review.checklist import QUESTIONS
from cases.workflow import Matter
from core.masking import group_title


def gaps_of(case: Case, matter: Matter) -> list[Gap]:
    """What stands between this case and a proposal on the matter: its paper, and of 支持起诉 all the rest."""
    return support_gaps(case) if matter == Matter.SUPPORT else list(paper_gaps(case, matter))


def support_gaps(case: Case) -> list[Gap]:
    """Everything that still stands between this case and a proposal of support, in the order of the work."""
    review = Review.objects.filter(case=case).first()
    if review is None:
        return [Gap("案件还没受理，没有开始审查。请先完成受理审查。", "cases:acceptance")]
    return [
        *_parties(case),
        *_track(case, review),
        *_limitation(review),
        *_checklist(review),
        *paper_gaps(case, Matter.SUPPORT),
    ]


def _parties(case: Case) -> Iterator[Gap]:
    if case.handler_id is None:
        yield Gap("案件还没有承办人。请部门负责人先分派。", "cases:assign")
    standing = list(case.claimants.standing().select_related("person"))
    if not standing:
        yield Gap("没有仍在申请的申请人，不能支持起诉。请改提终结审查。", "cases:decision")
    if silent := without_consent(case, standing):
        who = group_title(str(silent[0]), len(silent))
        yield Gap(f"{who}还没有登记自愿申请，或者已撤回同意。请逐人登记后再提交。", "cases:claims")
    if not case.respondents.filter(is_defendant=True).exists():
        yield Gap("还没有列为被告的被申请人。请至少把一名被申请人列为被告。", "cases:claims")


def without_consent(case: Case, standing: list[Claimant]) -> list[Claimant]:
    """Standing claimants whose latest word is not consent."""
    latest = Consent.objects.filter(claimant__case=case).order_by("claimant", "-given_on", "-pk")
    words = dict(latest.distinct("claimant").values_list("claimant", "kind"))
    return [one for one in standing if words.get(one.pk, Consent.Kind.REVOKED) == Consent.Kind.REVOKED]


def _track(case: Case, review: Review) -> Iterator[Gap]:
    if review.legal_track == LegalTrack.UNDECIDED:
        yield Gap(
            "还没认定法律关系。请认定是劳动关系、劳务关系还是其他关系，并写明理由。", "cases:review_track"
        )
    elif review.legal_track in ARBITRATION_FIRST and not _arbitrated(case):
        yield from _without_arbitration(case, review)


def _arbitrated(case: Case) -> bool:
    return case.arbitrations.filter(result__in=Arbitration.OPENS_COURT).exists()


def _without_arbitration(case: Case, review: Review) -> Iterator[Gap]:
    """工资欠条例外 (劳动争议司法解释（一）15条): the IOU must be in evidence, and nothing else be claimed."""
    if not review.iou_exception:
        track = review.get_legal_track_display()
        yield Gap(
            f"认定为{track}，要先经劳动仲裁。请登记仲裁裁决、不予受理或逾期未裁，或者勾选工资欠条例外。",
            "cases:review_arbitration",
        )
        return
    if not case.evidence.filter(kind=Evidence.Kind.IOU, removed_at=None).exists():
        yield Gap("适用工资欠条例外，但证据里没有欠条。请先登记工资欠条。", "cases:evidence")
    others = ClaimItem.objects.filter(claimant__case=case, claimant__withdrawn_on=None)
    if others.exclude(kind=ClaimItem.Kind.UNPAID_WAGE).exists():
        yield Gap("工资欠条例外只适用于欠付工资。请先就其他请求申请仲裁，或者从诉求里去掉。", "cases:claims")


def _limitation(review: Review) -> Iterator[Gap]:
    """Checked, not passed: an expired period is a risk note and never a bar (domain.md §3.3)."""
    if review.limitation_checked_at is None:
        yield Gap("还没审查诉讼时效。请填写起算日和审查意见。", "cases:review_limitation")


def _checklist(review: Review) -> Iterator[Gap]:
    missing = len(set(QUESTIONS) - set(review.checks.values_list("question", flat=True)))
    if missing:
        yield Gap(f"审查清单还有 {missing} 项没答。请逐项选择是、否或不适用。", "cases:review_checklist")
