"""Who may write into the watch over limitation. Expiry itself bars nothing."""

from accounts.models import User
from accounts.permissions import Role
from cases.models import Case, Limitation, LimitationEvent
from cases.policy import why_not_at
from cases.workflow import OPEN_STAGES
from core import clock

CONFIRMERS = frozenset({Role.PROSECUTOR, Role.DEPARTMENT_HEAD})
OPEN = frozenset(OPEN_STAGES)


def confirms(user: User) -> bool:
    """Whether what this user enters is confirmed by the same act."""
    return user.role in CONFIRMERS


def why_not_watch(case: Case, user: User) -> str:
    """登记时效事由、起算日: the office's handlers, until the case has ended."""
    return why_not_at(case, user, OPEN, "登记时效")


def why_not_confirm(case: Case, user: User, event: LimitationEvent) -> str:
    """确认时效事由: the prosecutor or the head, once."""
    if reason := why_not_watch(case, user):
        return reason
    if not confirms(user):
        return "时效事由由承办检察官或者部门负责人确认。"
    if event.voided_at:
        return f"这项事由已由 {event.voided_by} 撤销，不能再确认。"
    return f"这项事由已由 {event.confirmed_by} 确认。" if event.is_confirmed else ""


def why_not_void(case: Case, user: User, event: LimitationEvent) -> str:
    """撤销时效事由: by whoever may confirm it; while it waits, also by whoever recorded it. Once."""
    if reason := why_not_watch(case, user):
        return reason
    if event.voided_at:
        return f"这项事由已由 {event.voided_by} 撤销。"
    if confirms(user):
        return ""
    if event.is_confirmed:
        return "已确认的事由由承办检察官或者部门负责人撤销。"
    own = event.recorded_by_id == user.pk
    return "" if own else f"这项事由由 {event.recorded_by} 登记，请由登记人、承办检察官或者部门负责人撤销。"


def why_not_dismiss(case: Case, user: User) -> str:
    """不采纳时效中断提示: by whoever may confirm an event."""
    if reason := why_not_watch(case, user):
        return reason
    return "" if confirms(user) else "是否采纳由承办检察官或者部门负责人决定。"


def why_not_lift(case: Case, user: User, event: LimitationEvent) -> str:
    """登记障碍消除: of an obstacle, once."""
    if reason := why_not_watch(case, user):
        return reason
    if event.kind != LimitationEvent.Kind.OBSTACLE:
        return "只有中止事由才有障碍消除日期。"
    if event.voided_at:
        return f"这项事由已由 {event.voided_by} 撤销，不用登记障碍消除。"
    return f"障碍已于 {event.removed_on} 消除，不用再登记。" if event.removed_on else ""


def why_not_acknowledge(limitation: Limitation, user: User) -> str:
    """知悉时效届满: by the handlers, once the last day has passed."""
    if reason := why_not_watch(limitation.case, user):
        return reason
    if not limitation.is_running:
        return "这项时效没有在计算，不用知悉。"
    assert limitation.deadline is not None  # is_running
    if limitation.deadline.due_on >= clock.today():
        return f"时效到 {limitation.deadline.due_on} 才届满，现在不用知悉。"
    return ""


def why_not_state(limitation: Limitation, user: User) -> str:
    """登记或更正起算日: of a period that applies to the case."""
    if reason := why_not_watch(limitation.case, user):
        return reason
    return "这项时效不再适用于本案，不能改起算日。" if limitation.is_dropped else ""
