"""请假、外出: who is reminded of a colleague's deadlines while that colleague is away."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Absence, User
from accounts.permissions import OFFICE_ROLES, Permission, Role
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Refused

ANSWERS = OFFICE_ROLES | {Role.PARTNER, Role.MEDIATOR}  # roles that deadlines are given to
MAY_ENTER = (Permission.CASE_SEE, Permission.REFERRAL_SUBMIT, Permission.MEDIATE)  # what those roles hold


def colleagues(user: User) -> QuerySet[User]:
    """Active people of one's own unit who answer for deadlines, oneself among them."""
    return User.objects.active().filter(organisation=user.organisation, role__in=ANSWERS)


def may_be_entered_by(user: User) -> QuerySet[User]:
    """For whom this user may enter an absence: for themselves, leaders of the office for all of the unit."""
    mine = colleagues(user)
    return mine if user.leads else mine.filter(pk=user.pk)


def of_unit(user: User) -> QuerySet[Absence]:
    """Running and coming absences of one's own unit, nearest first."""
    found = Absence.objects.filter(user__organisation=user.organisation, revoked_at=None)
    return (
        found.filter(ends_on__gte=clock.today())
        .select_related("user", "covered_by")
        .order_by("starts_on", "pk")
    )


def revocable_by(user: User) -> QuerySet[Absence]:
    """One's own; leaders of the office those of the unit."""
    if user.leads:
        return Absence.objects.filter(user__organisation=user.organisation)
    return Absence.objects.filter(user=user)


@transaction.atomic
def enter(*, user: User, covered_by: User, starts_on: date, ends_on: date, reason: str, by: User) -> Absence:
    """登记请假、外出, both days included. Absences of one person never overlap, nor does anybody away cover another.

    Both people are locked, in one order: whoever enters the opposite at the same time waits, and then sees this.
    """
    people = User.objects.select_for_update(no_key=True).filter(pk__in=[user.pk, covered_by.pk])
    list(people.order_by("pk"))
    if why_not := _why_not(user, covered_by, starts_on, ends_on, reason, by):
        raise Refused(why_not)
    absence = Absence.objects.create(
        user=user,
        covered_by=covered_by,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        created_by=by,
    )
    record(by, Verb.SETTING_CHANGED, str(user), str(user.pk), detail=f"登记请假：{absence}")
    return absence


@transaction.atomic
def revoke(absence: Absence, *, by: User) -> Absence:
    """撤销请假 (or back early): from this moment the colleague hears no more in their stead."""
    locked = Absence.objects.select_for_update(of=["self"]).select_related("user", "covered_by")
    absence = locked.get(pk=absence.pk)
    if not revocable_by(by).filter(pk=absence.pk).exists():
        raise Refused("只有本人、部门负责人和分管副检察长可以撤销请假。")
    if absence.revoked_at:
        raise Refused("这项请假已经撤销。")
    absence.revoked_at = clock.now()
    absence.save(update_fields=["revoked_at"])
    record(by, Verb.SETTING_CHANGED, str(absence.user), str(absence.user_id), detail=f"撤销请假：{absence}")
    return absence


def _why_not(user: User, covered_by: User, starts_on: date, ends_on: date, reason: str, by: User) -> str:
    """The first reason why this may not be entered; empty when it may."""
    if not may_be_entered_by(by).filter(pk=user.pk).exists():
        return "只能登记自己的请假，本院其他人员的由部门负责人或分管副检察长登记。"
    if ends_on < starts_on:
        return "结束日期早于开始日期，请改其中一个。"
    if ends_on < clock.today():
        return f"结束日期 {ends_on} 已经过去，请改成今天或以后的日期。"
    if user.pk == covered_by.pk:
        return "代办人不能是本人，请另选一位。"
    if not colleagues(user).filter(pk=covered_by.pk).exists():
        return "代办人应是本单位在岗的人员，请另选一位。"
    return _clash(user, covered_by, starts_on, ends_on) or ("" if reason.strip() else "还没填请假事由。")


def _clash(user: User, covered_by: User, starts_on: date, ends_on: date) -> str:
    """Another absence of the same days that this one cannot stand beside."""
    same_days = Absence.objects.filter(revoked_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    concerned = same_days.filter(Q(user__in=[user, covered_by]) | Q(covered_by=user))
    for other in concerned.select_related("user", "covered_by").order_by("starts_on", "pk"):
        span = f"{other.starts_on} 至 {other.ends_on}"
        if other.user_id == user.pk:
            return f"{user}这段时间已登记请假（{span}），请改日期或先撤销。"
        if other.user_id == covered_by.pk:
            return f"{covered_by}这段时间也请假（{span}），请另选一位代办人。"
        return f"{user}这段时间代{other.user}办理（{span}），请先把那项请假改由他人代办。"
    return ""
