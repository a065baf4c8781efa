"""工作台: what do I do now."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission, Role
from approvals.waiting import steps_for
from cases.models import Case, Recovery
from cases.recent import recent
from cases.totals import ZERO
from core import clock
from core.http import page
from dashboard import todo
from deadlines.models import Deadline
from deadlines.reminders import health
from referrals.models import Referral

LEADERS = frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF})
NEWEST_LEADS = 4


@require_safe
@require(Permission.CASE_SEE)
def desk(request: Request) -> HttpResponse:
    """Everything due, by its clock; leaders also see their people."""
    user, today = request.user, clock.today()
    leads = user.role in LEADERS
    whole = leads and request.GET.get("whose", "office") == "office"
    deadlines = list(todo.deadlines_of(user, whole_office=whole)[: todo.MOST])
    tasks = [] if whole else list(todo.tasks_of(user))
    newest = newest_leads(user)
    context = {
        "today": today,
        "groups": todo.groups(deadlines, tasks, today),
        "approvals": list(steps_for(user)),
        "unverified": list(unverified(user)),
        "numbers": numbers(user),
        "newest": newest,
        "leads_waiting": newest[0].waiting if newest else 0,
        "recent": recent(request),
        "warning": health.alarm(),
        "whole": whole,
        "leads": leads,
        "people": list(people(user)) if leads else [],
    }
    return page(request, "dashboard/desk.html", context)


def unverified(user: User) -> QuerySet[Recovery]:
    """待核对: entries of colleagues that this user may verify."""
    if not user.may(Permission.MONEY_VERIFY):
        return Recovery.objects.none()
    waiting = Recovery.objects.visible_to(user).filter(verified_at=None, returned_at=None)
    return waiting.exclude(recorded_by=user).select_related("case", "recorded_by").order_by("recorded_at")


def newest_leads(user: User) -> list[Any]:
    """The newest leads that wait for the office; each knows how many there are (`waiting`)."""
    if not user.may(Permission.REFERRAL_SEE):
        return []
    waiting = Referral.objects.visible_to(user).waiting().select_related("unit")
    return list(waiting.annotate(waiting=Window(Count("pk"))).order_by("-submitted_at")[:NEWEST_LEADS])


def numbers(user: User) -> dict[str, Any]:
    """我的数字; of the office for those who handle no cases. Money of this month by the day it was paid, in yuan."""
    today = clock.today()
    cases = Case.objects.visible_to(user).open()
    money = Recovery.objects.visible_to(user).verified().filter(paid_on__range=(today.replace(day=1), today))
    if user.role == Role.PROSECUTOR:
        cases, money = cases.filter(handler=user), money.filter(case__handler=user)
    return {
        "open": cases.count(),
        "received": money.aggregate(t=Coalesce(Sum("amount"), ZERO))["t"],
        "mine": user.role == Role.PROSECUTOR,
    }


def people(user: User) -> QuerySet[User]:
    """部门概况: per handler 在办, 临期 (three days) and 超期."""
    today = clock.today()
    running = Deadline.objects.running().filter(responsible=OuterRef("pk"), case_link__isnull=False)
    soon = running.filter(due_on__range=(today, today + timedelta(days=todo.SOON_DAYS)))
    return (
        User.objects.handlers_of(user.organisation)
        .annotate(
            open_cases=_many(Case.objects.open().filter(handler=OuterRef("pk")), "handler"),
            soon=_many(soon, "responsible"),
            late=_many(running.filter(due_on__lt=today), "responsible"),
        )
        .order_by(F("late").desc(), F("soon").desc(), "pk")
    )


def _many(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def count(user: User) -> tuple[int, bool]:
    """The number beside 工作台: what is late or due within three days, red when something is late."""
    today = clock.today()
    mine = Deadline.objects.running().visible_to(user).filter(responsible=user)
    found = mine.filter(due_on__lte=today + timedelta(days=todo.SOON_DAYS)).aggregate(
        n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    return found["n"], found["late"] > 0
