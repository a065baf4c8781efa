from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import get_or_404
from accounts.http import Request
from accounts.models import User
from accounts.navigation import url_or_blank
from accounts.permissions import Permission
from core.http import leave, page
from notifications import audience
from notifications.audience import Matter
from notifications.models import Notification

PER_PAGE = 30


class Group(NamedTuple):
    """Notices that stand together, and the case they are about."""

    matter: Matter | None
    notices: list[Notification]


@require_GET
def notification_list(request: Request) -> HttpResponse:
    mine = Notification.objects.visible_to(request.user)
    unread = mine.unread()
    everything = request.GET.get("view") == "all"
    shown = Paginator(mine if everything else unread, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "notifications": shown,
        "groups": _by_matter(shown, audience.matters(request.user, [each.url for each in shown])),
        "everything": everything,
        "views": tabs(request.user, "all" if everything else "unread"),
    }
    return page(request, "notifications/list.html", context)


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """未读, 全部 and, for whoever sees cases, 我的订阅."""
    here, unread = reverse("notifications:list"), Notification.objects.visible_to(user).unread().count()
    places = [("unread", "未读", here, unread), ("all", "全部", f"{here}?view=all", None)]
    if user.may(Permission.CASE_SEE) and (subscribed := url_or_blank("subscriptions:list")):
        places.append(("subscriptions", "我的订阅", subscribed, None))
    return [
        {"label": label, "url": url, "current": key == current, "count": count, "hot": key == "unread"}
        for key, label, url, count in places
    ]


@require_POST
def mark_one(request: Request, pk: int) -> HttpResponse:
    """Opening a notice is reading it: marks it and goes where it points."""
    mine = Notification.objects.visible_to(request.user)
    notification = get_or_404(mine, request.user, request, pk=pk)
    mine.filter(pk=pk).mark_read()
    return leave(request, notification.url if "open" in request.POST else "notifications:list")


@require_POST
def mark_all(request: Request) -> HttpResponse:
    Notification.objects.visible_to(request.user).mark_read()
    return leave(request, "notifications:list")


def _by_matter(notifications: Iterable[Notification], matters: dict[str, Matter]) -> list[Group]:
    """Notices of one case, or of one matter without, stand together, newest first, where its newest would stand."""
    groups: dict[str, Group] = {}
    for each in notifications:
        matter = matters.get(each.url)
        key = matter.key if matter else each.source or f"notice:{each.pk}"
        groups.setdefault(key, Group(matter, [])).notices.append(each)
    return list(groups.values())
