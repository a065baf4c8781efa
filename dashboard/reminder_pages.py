"""提醒自检: is the alarm alive, what will it say in the coming days, what has it said."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.absences import colleagues
from accounts.access import require
from accounts.http import Request
from accounts.models import Organisation, User
from accounts.permissions import Permission
from core import clock
from core.forms import Form
from core.http import page
from deadlines.clocks import source_of
from deadlines.models import Deadline, Reminder
from deadlines.reminders import forecast, health
from deadlines.reminders.recipients import is_in_place
from deadlines.reminders.telling import key_of
from deadlines.stages import distance, label_of
from notifications.models import Channel, Delivery, Notification

ON_A_PAGE = 30
KEPT = timedelta(days=7)
SENT = "sent"
WEEKDAYS = "一二三四五六日"


class ReminderFilter(Form):
    """Whose deadlines; `view` is the tab (days ahead, or what was sent) and travels along."""

    person = forms.ModelChoiceField(
        label="责任人", required=False, queryset=User.objects.none(), empty_label="全部责任人"
    )
    view = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(str(ahead), "") for ahead in range(forecast.DAYS + 1)] + [(SENT, "")],
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.fields["person"].queryset = colleagues(by)  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def shown(self) -> str:
        return self.cleaned_data.get("view") or "0"

    @property
    def active(self) -> int:
        return int(bool(self.cleaned_data.get("person")))


@require_safe
@require(Permission.CASE_SEE, Permission.REFERENCE_MANAGE)
def reminders(request: Request) -> HttpResponse:
    """The office sees its deadlines; the system administrator only numbers, channels and what failed."""
    if not request.user.may(Permission.CASE_SEE):
        return page(request, "dashboard/reminders_admin.html", state() | numbers(request.user))
    form, today = ReminderFilter(request.GET, by=request.user), clock.today()
    deadlines = Deadline.objects.visible_to(request.user)
    if person := form.cleaned_data.get("person"):
        deadlines = deadlines.filter(responsible=person)
    counts = forecast.counts(deadlines, today)
    wanted = request.GET.get("page")
    if form.shown == SENT:
        shown = sent(deadlines, wanted)
    else:
        ahead = int(form.shown)
        shown = coming(deadlines, forecast.days(today)[ahead], counts[ahead], wanted)
    context = {"form": form, "views": tabs(request, form.shown, counts, today), **state(), **shown}
    return page(request, "dashboard/reminders.html", context)


def state() -> dict[str, Any]:
    """Whether somebody is at work, and what waits."""
    signs, waiting = health.signs(), health.waiting()
    faults = [sign.sentence for sign in signs if sign.sentence]
    if waiting.is_late:
        faults.append(f"最早一条未发提醒已等 {waiting.minutes} 分钟。")
    return {"signs": signs, "waiting": waiting, "faults": "".join(faults), "now": clock.now()}


def coming(deadlines: Any, day: date, count: int, wanted: str | None) -> dict[str, Any]:
    """What would be said that day, and to whom as things stand today."""
    today = clock.today()
    found = forecast.coming(deadlines, day, today).select_related("responsible").by_clock()
    shown = _paged(found, count, wanted)
    rows = [
        {"planned": each, "in_place": is_in_place(each.deadline)}
        for each in forecast.planned(list(shown.object_list), day, today)
    ]
    return {"page": shown, "coming": rows, "day": day, "sent": None}


def sent(deadlines: Any, wanted: str | None) -> dict[str, Any]:
    """What was said in the last seven days, to how many, and how many have read it."""
    since = clock.now() - KEPT
    found = Reminder.objects.filter(deadline__in=deadlines, sent_at__gte=since).order_by("-sent_at", "-pk")
    shown = _paged(found.select_related("deadline__responsible"), found.count(), wanted)
    rows = list(shown.object_list)
    sources, keys = [source_of(each.deadline) for each in rows], [key_of(each) for each in rows]
    told = Notification.objects.filter(source__in=sources, key__in=keys)
    read = dict(told.order_by().values_list("key").annotate(Count("read_at")))
    return {
        "page": shown,
        "coming": None,
        "sent": [
            {"reminder": each, "stage": said_of(each), "read": read.get(key_of(each), 0)} for each in rows
        ],
    }


def said_of(reminder: Reminder) -> str:
    """提前 3 天; of what came late also how far it really was: 提前 180 天，发出时还剩 124 天."""
    whose = reminder.deadline.whose
    stage = label_of(reminder.stage, whose)
    if not (reminder.is_late and reminder.sent_at):
        return stage
    on = reminder.sent_at.astimezone(clock.SHANGHAI).date()
    return f"{stage}，发出时{distance(reminder.due_on, on, whose)}"


def numbers(user: User) -> dict[str, Any]:
    """For whoever keeps the system running: how many and which failures, never of which case."""
    units, today = Organisation.objects.under(user.organisation), clock.today()
    deadlines = Deadline.objects.filter(organisation__in=units)
    since = clock.now() - KEPT
    told = Reminder.objects.filter(deadline__in=deadlines, sent_at__gte=since)
    deliveries = Delivery.objects.filter(notification__recipient__organisation__in=units)
    failed = deliveries.filter(status=Delivery.Status.FAILED, created_at__gte=since).select_related("channel")
    return {
        "days": list(zip(forecast.days(today), forecast.counts(deadlines, today), strict=True)),
        "told": told.count(),
        "unheard": told.filter(told=0).count(),
        "channels": Channel.objects.filter(organisation__in=units).select_related("organisation"),
        "to_deliver": deliveries.filter(status=Delivery.Status.WAITING).count(),
        "failed": failed.order_by("-created_at")[:ON_A_PAGE],
    }


def tabs(request: Request, shown: str, counts: list[int], today: date) -> list[dict[str, Any]]:
    """今天, the seven days after it, 近七天已发; the person asked for travels along."""
    kept = {name: value for name, value in request.GET.items() if value and name not in ("view", "page")}
    labels = [f"{day:%m-%d} 周{WEEKDAYS[day.weekday()]}" for day in forecast.days(today)]
    ahead = [(str(n), label, count) for n, (label, count) in enumerate(zip(labels, counts, strict=True))]
    ahead[0] = ("0", "今天", counts[0])
    return [
        {
            "label": label,
            "url": "?" + urlencode(kept | {"view": code}),
            "current": code == shown,
            "count": count,
            "hot": False,
        }
        for code, label, count in [*ahead, (SENT, "近七天已发", None)]
    ]


def _paged(rows: QuerySet[Any], count: int, wanted: str | None) -> Page:
    """A page of rows that have been counted already."""
    paginator = Paginator(rows, ON_A_PAGE)
    paginator.count = count
    return paginator.get_page(wanted)
