from cases.models.acceptance import Acceptance, AcceptanceReview, Answer, Supplement
from cases.models.bundle import Bundle, BundleFile, BundlePart
from cases.models.case import Case, Source
from cases.models.claim import ClaimItem
from cases.models.decision import (
    CaseTransfer,
    Decision,
    DeclineGround,
    Proposal,
    SupportWithdrawal,
    TerminationGround,
)
from cases.models.enforcement import Archiving, Closure, Enforcement, FollowUp
from cases.models.event import Announcement, CaseEvent
from cases.models.evidence import Evidence, EvidenceFile
from cases.models.filing import (
    Appeal,
    Award,
    CourtRefusal,
    Filing,
    FilingNumber,
    Hearing,
    Judgment,
    Procedure,
)
from cases.models.inquiry import Arbitration, Inquiry
from cases.models.limitation import HintDismissal, Limitation, LimitationEvent
from cases.models.links import CaseDeadline, CaseDocument
from cases.models.occurrence import DateCorrection, Occurrence, Paper
from cases.models.paper_round import PaperRound
from cases.models.party import Claimant, Company, Consent, IdType, Person, Project, Respondent
from cases.models.recovery import Allocation, Recovery
from cases.models.review import ARBITRATION_FIRST, LegalTrack, Review, ReviewCheck
from cases.models.service import CaseService, ServiceDuty
from cases.models.subscription import Subscription
from cases.models.suspension import Extension, Suspension

__all__ = [
    "ARBITRATION_FIRST",
    "Acceptance",
    "AcceptanceReview",
    "Allocation",
    "Announcement",
    "Answer",
    "Appeal",
    "Arbitration",
    "Archiving",
    "Award",
    "Bundle",
    "BundleFile",
    "BundlePart",
    "Case",
    "CaseDeadline",
    "CaseDocument",
    "CaseEvent",
    "CaseService",
    "CaseTransfer",
    "ClaimItem",
    "Claimant",
    "Closure",
    "Company",
    "Consent",
    "CourtRefusal",
    "DateCorrection",
    "Decision",
    "DeclineGround",
    "Enforcement",
    "Evidence",
    "EvidenceFile",
    "Extension",
    "Filing",
    "FilingNumber",
    "FollowUp",
    "Hearing",
    "HintDismissal",
    "IdType",
    "Inquiry",
    "Judgment",
    "LegalTrack",
    "Limitation",
    "LimitationEvent",
    "Occurrence",
    "Paper",
    "PaperRound",
    "Person",
    "Procedure",
    "Project",
    "Proposal",
    "Recovery",
    "Respondent",
    "Review",
    "ReviewCheck",
    "ServiceDuty",
    "Source",
    "Subscription",
    "Supplement",
    "SupportWithdrawal",
    "Suspension",
    "TerminationGround",
]
