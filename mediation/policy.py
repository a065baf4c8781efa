from accounts.models import User
from cases.models import Case
from cases.policy import why_not_at, why_not_handle
from cases.workflow import Stage
from mediation.models import Mediation

IN_REVIEW = frozenset({Stage.REVIEW})
RUNNING = Mediation.Status.RUNNING


def why_not_start(case: Case, user: User) -> str:
    """启动和解: the office's handlers, in review, one at a time."""
    if reason := why_not_at(case, user, IN_REVIEW, "启动诉前和解"):
        return reason
    if Mediation.objects.filter(case=case, status=RUNNING).exists():
        return "本案的和解正在进行，不能再启动一次。"
    return ""


def why_not_record(mediation: Mediation, user: User) -> str:
    """登记调解会: the handler, or the mediator to whom it was given, while it runs."""
    if mediation.status != RUNNING:
        return f"和解{mediation.get_status_display()}，不能再登记调解会。"
    if mediation.case.has_ended:
        return "案件已办结，不能再登记调解会。"
    if mediation.mediator and mediation.mediator.user_id == user.pk:
        return ""
    return why_not_at(mediation.case, user, frozenset(Stage), "登记调解会")


def why_not_agree(mediation: Mediation, user: User) -> str:
    """登记协议: the office's handlers, while it runs and the case is in review."""
    return _ended(mediation) or why_not_at(mediation.case, user, IN_REVIEW, "登记和解协议")


def why_not_fail(mediation: Mediation, user: User) -> str:
    """登记未达成: the office's handlers, while it runs, whatever became of the case meanwhile."""
    return _ended(mediation) or why_not_handle(mediation.case, user)


def why_not_confirm(mediation: Mediation, user: User) -> str:
    """登记司法确认: the office's handlers, while its thirty days run."""
    if not mediation.waiting_confirmation().exists():
        return "没有进行中的司法确认期限。"
    return why_not_handle(mediation.case, user)


def _ended(mediation: Mediation) -> str:
    if mediation.status == RUNNING:
        return ""
    return f"和解{mediation.get_status_display()}，不能再登记结果。"
