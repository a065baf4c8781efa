"""代理审批人: someone with a signature names who signs while they are away."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Deputy, User
from accounts.models.deputy import MAY_NAME, MAY_STAND_IN
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Refused


def colleagues(user: User) -> QuerySet[User]:
    """Who could stand in: active prosecutors and leaders of the same office, not oneself."""
    return User.objects.in_role(user.organisation, *sorted(MAY_STAND_IN)).exclude(pk=user.pk)


def of_office(user: User) -> QuerySet[Deputy]:
    """Running and coming arrangements of one's own office."""
    people = Deputy.objects.filter(absent__organisation=user.organisation, revoked_at=None)
    return people.filter(ends_on__gte=clock.today()).select_related("absent", "substitute")


def why_not_name(user: User) -> str:
    """The reason why this user may not name a substitute; empty when they may."""
    if user.role not in MAY_NAME:
        return "只有部门负责人和分管副检察长可以指定代理审批人。"
    return ""


@transaction.atomic
def name(*, substitute: User, starts_on: date, ends_on: date, reason: str, by: User) -> Deputy:
    """指定代理人 for oneself, both days included. Two arrangements of one person never overlap."""
    User.objects.select_for_update().get(pk=by.pk)
    if why_not := why_not_name(by):
        raise Refused(why_not)
    if ends_on < starts_on:
        raise Refused("结束日期早于开始日期，请改其中一个。")
    if not colleagues(by).filter(pk=substitute.pk).exists():
        raise Refused("代理人应是本院在岗的检察官或院领导，请另选一位。")
    if clash := _running(by, starts_on, ends_on):
        raise Refused(
            f"这段时间已由{clash.substitute}代理（{clash.starts_on} 至 {clash.ends_on}），请改日期或先撤销。"
        )
    deputy = Deputy.objects.create(
        absent=by, substitute=substitute, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    record(by, Verb.RIGHTS_CHANGED, str(by), str(by.pk), detail=f"指定代理：{deputy}")
    return deputy


@transaction.atomic
def revoke(deputy: Deputy, *, by: User) -> None:
    """撤销代理. From this moment the substitute signs no more; what they signed stands."""
    deputy = (
        Deputy.objects.select_for_update(of=["self"]).select_related("absent", "substitute").get(pk=deputy.pk)
    )
    if deputy.absent_id != by.pk:
        raise Refused("只有本人可以撤销自己的代理安排。")
    if deputy.revoked_at:
        raise Refused("这项代理安排已经撤销。")
    deputy.revoked_at = clock.now()
    deputy.save(update_fields=["revoked_at"])
    record(by, Verb.RIGHTS_CHANGED, str(by), str(by.pk), detail=f"撤销代理：{deputy}")


def _running(absent: User, starts_on: date, ends_on: date) -> Deputy | None:
    clashing = Deputy.objects.filter(
        absent=absent, revoked_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    return clashing.select_related("substitute").first()
