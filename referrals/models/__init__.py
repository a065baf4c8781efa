from referrals.models.links import ReferralAttachment, ReferralDeadline
from referrals.models.outcome import ReferralOutcome, ReturnNote
from referrals.models.record import ReferralAnnouncement, ReferralEvent, ReferralSubmission
from referrals.models.referral import Industry, Referral
from referrals.models.worker import ReferralWorker

__all__ = [
    "Industry",
    "Referral",
    "ReferralAnnouncement",
    "ReferralAttachment",
    "ReferralDeadline",
    "ReferralEvent",
    "ReferralOutcome",
    "ReferralSubmission",
    "ReferralWorker",
    "ReturnNote",
]
