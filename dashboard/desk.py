"""工作台: what do I do now."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, IntegerField, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.models import User
from accounts.navigation import Tally
from accounts.permissions import Permission, Role
from approvals.waiting import steps_for
from cases.models import Case, Recovery
from cases.recent import recent
from cases.totals import ZERO
from core import clock
from core.http import page
from dashboard import counts, desk_tabs, todo
from dashboard.entries import title_of
from dashboard.matter_pages import undo_url
from dashboard.scope import is_key, kept, scope_of
from deadlines.models import Deadline, Task
from deadlines.reminders import health
from referrals.models import Referral

NEWEST_LEADS = 4
MANY = 99
EMPTY = {
    "done": ("还没有办结的事项。", "办结期限和待办后会出现在这里，可以撤销当天办结的。"),
    "started": ("还没有发起过事项。", "交办、提交审批、催办、转办后会出现在这里。"),
    "cc": ("没有抄送给你的事项。", "同事抄送或转办后，进展会出现在这里。"),
}


@require_safe
@require(Permission.CASE_SEE)
def desk(request: Request) -> HttpResponse:
    """Everything due, by its clock; what was done, begun or copied; leaders also see their people."""
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in desk_tabs.TABS else "todo"
    context = _todo(request) if tab == "todo" else _other(request, tab)
    frame = {"today": clock.today(), "tab": tab, "kept": kept(request), "leads": request.user.leads}
    return page(request, "dashboard/desk.html", frame | context)


def _todo(request: Request) -> dict[str, Any]:
    """待办 with what stands around it."""
    user = request.user
    newest = newest_leads(user)
    return {
        **counts.context(request, scope_of(request)),
        "undo": just_done(request),
        "approvals": list(steps_for(user)),
        "unverified": list(unverified(user)),
        "numbers": numbers(user),
        "newest": newest,
        "leads_waiting": newest[0].waiting if newest else 0,
        "recent": recent(request),
        "warning": health.alarm(),
    }


def _other(request: Request, tab: str) -> dict[str, Any]:
    number = desk_tabs.number_from(request.GET.get("page", ""))
    return {
        "tabs": counts.tabs(tab, request),
        "lines": desk_tabs.lines_of(tab, request.user, number),
        "empty": EMPTY[tab],
    }


def just_done(request: Request) -> dict[str, str] | None:
    """What was finished on the page before, with the way to take it back; nothing when that is not possible."""
    kind, _, number = request.GET.get("done", "").partition("-")
    if kind not in ("deadline", "task") or not is_key(number):
        return None
    model = Task if kind == "task" else Deadline
    matter = model.objects.visible_to(request.user).filter(pk=int(number)).first()
    url = undo_url(request, matter) if matter else ""
    if not url:
        return None
    known = isinstance(matter, Deadline) and matter.acknowledged
    return {"title": title_of(matter), "url": url, "done": "已登记知悉" if known else "已办结"}


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
    counted = cases.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    summed = money.order_by().values("organisation").annotate(t=Sum("amount")).values("t")
    both = User.objects.filter(pk=user.pk).annotate(
        open=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        received=Coalesce(Subquery(summed), ZERO),
    )
    return {**both.values("open", "received").get(), "mine": user.role == Role.PROSECUTOR}


def count(user: User) -> Tally:
    """The number beside 工作台: what is late or due within three days, red when something is late. At most MANY.

    Periods and to-dos of one's own and of whom one covers today, as the desk has them.
    """
    today = clock.today()
    covered = user.covers.on(today).values("user")
    deadlines = Deadline.objects.running().visible_to(user).filter(due_on__lte=today + todo.SOON)
    tasks = Task.objects.open().filter(organisation=user.organisation_id, due_on__lte=today + todo.SOON)
    # each by its own index, and never more of them than the number can tell
    days = _joined(
        *(
            _days(deadlines.filter(**whose))
            for whose in ({"responsible": user}, {"responsible__in": covered})
        ),
        *(_days(tasks.filter(**whose)) for whose in ({"assigned_to": user}, {"assigned_to__in": covered})),
    )
    return Tally(days, lambda days: (min(len(days), MANY), any(day < today for day in days)))


def _days(rows: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(rows.order_by("due_on").values("due_on")[:MANY])


def _joined(first: Any, *others: Any) -> Any:
    whole = first
    for each in others:
        whole = Func(whole, each, function="ARRAY_CAT", output_field=first.output_field)
    return whole
