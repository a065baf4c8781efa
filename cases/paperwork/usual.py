"""现在常用的文书: of all that may be drafted, what the stage of the case usually asks for and it does not have yet."""

from collections.abc import Iterable, Sequence

from cases.models import ARBITRATION_FIRST, Case, LegalTrack, Review
from cases.paperwork.catalogue import CasePaper
from cases.workflow import Stage
from documents.models import Document

MOST = 8
CLOSING = ("feedback_letter", "file_cover", "file_index", "inner_index", "file_note")
USUAL: dict[Stage, tuple[str, ...]] = {
    Stage.REGISTERED: (
        "materials_list",
        "application",
        "applicant_list",
        "pledge",
        "supplement_notice",
        "aid_letter",
    ),
    Stage.REVIEW: (
        "accept_notice",
        "rights_notice",
        "interview_record",
        "complaint",
        "evidence_list",
        "power_of_attorney",
        "review_report",
        "support_letter",
    ),
    Stage.APPROVAL: ("approval_form", "review_report"),
    Stage.SUPPORTED: ("aid_letter", "appear_notice", "court_opinion", "preservation", "feedback_letter"),
    Stage.FILED: ("appear_notice", "court_opinion", "preservation"),
    Stage.TRIAL: ("court_opinion", "appear_notice", "settlement"),
    Stage.ENFORCEMENT: ("enforcement_request", "payment_sheet", "suggestion_letter", "feedback_letter"),
    Stage.REJECTED: ("reject_notice", *CLOSING),
    Stage.DECLINED: ("decline_decision", *CLOSING),
    Stage.TERMINATED: ("terminate_decision", *CLOSING),
    Stage.WITHDRAWN: ("withdraw_support_decision", *CLOSING),
}


def usual(case: Case, offered: Sequence[CasePaper], documents: Iterable[Document]) -> list[CasePaper]:
    """The usual ones in the order of the work; void papers do not count as had."""
    had = {each.kind for each in documents if each.status != Document.Status.VOID}
    by_key = {each.key: each for each in offered}
    keys = [_complaint(case) if key == "complaint" else key for key in USUAL.get(Stage(case.stage), CLOSING)]
    return [by_key[key] for key in keys if key in by_key and key not in had][:MOST]


def _complaint(case: Case) -> str:
    """要素式 for 劳动争议, the classic form for 劳务 and whatever is not found yet."""
    review = Review.objects.filter(case=case).only("legal_track").first()
    is_labour = review is not None and LegalTrack(review.legal_track) in ARBITRATION_FIRST
    return "complaint_labour" if is_labour else "complaint_service"
