"""Who may do what with a lead. Each answer is a sentence, or empty; each is total."""

from accounts.models import Organisation, User
from accounts.permissions import Permission
from referrals.journal import why_not_move
from referrals.models import Referral
from referrals.workflow import Act, Status

TAKES_MATERIAL = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED})


def why_not_send(office: Organisation, unit: Organisation | None, user: User) -> str:
    """Why this user may not hand in a lead for this unit (none: as staff of the office); empty when they may."""
    if unit is None:
        if user.may(Permission.REFERRAL_TRIAGE) and user.organisation_id == office.pk:
            return ""
        return "只有本院办案人员可以登记线索。"
    if not user.may(Permission.REFERRAL_SUBMIT) or user.organisation_id != unit.pk:
        return "只有移送单位的经办人可以移送线索。"
    if not unit.path.startswith(office.path) or not office.is_procuratorate:
        return "线索只能移送给本地检察院，请联系检察院核对单位设置。"
    return ""


def why_not_own(referral: Referral, user: User) -> str:
    """Why this user does not speak for the sender of this lead; empty when they do."""
    return why_not_send(referral.organisation, referral.unit, user)


def why_not_supplement(referral: Referral, user: User) -> str:
    return why_not_own(referral, user) or why_not_move(referral, Act.SUPPLEMENT)


def why_not_attach(referral: Referral, user: User) -> str:
    """Material is added by the sender until the lead has been decided."""
    if reason := why_not_own(referral, user):
        return reason
    if referral.status not in TAKES_MATERIAL:
        return f"线索已是“{referral.get_status_display()}”，不能再补充材料。需要补充请联系承办人。"
    return ""


def why_not_triage(referral: Referral, user: User, act: Act) -> str:
    """Why this user may not decide on this lead now; empty when they may."""
    if not user.may(Permission.REFERRAL_TRIAGE) or user.organisation_id != referral.organisation_id:
        return "只有接收院的办案人员可以处理线索。"
    return why_not_move(referral, act)


def why_not_feed_back(referral: Referral, user: User) -> str:
    if not user.may(Permission.REFERRAL_TRIAGE) or user.organisation_id != referral.organisation_id:
        return "只有接收院的办案人员可以反馈。"
    if referral.unit_id is None:
        return "这条线索不是合作单位移送的，不用反馈。"
    if referral.status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED):
        return "线索还没处理，处理后才能反馈。"
    return ""
