from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import get_or_404
from accounts.http import Request
from core.http import leave, page
from notifications.models import Notification

PER_PAGE = 30


@require_GET
def notification_list(request: Request) -> HttpResponse:
    mine = Notification.objects.visible_to(request.user)
    unread = mine.unread()
    everything = request.GET.get("view") == "all"
    here = reverse("notifications:list")
    shown = Paginator(mine if everything else unread, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "notifications": shown,
        "matters": _by_matter(shown),
        "everything": everything,
        "views": [
            {"label": "未读", "url": here, "current": not everything, "count": unread.count(), "hot": True},
            {"label": "全部", "url": f"{here}?view=all", "current": everything, "count": None, "hot": False},
        ],
    }
    return page(request, "notifications/list.html", context)


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


def _by_matter(notifications: Iterable[Notification]) -> list[list[Notification]]:
    """Notices of one matter stand together, newest first, where its newest would stand."""
    matters: dict[str, list[Notification]] = {}
    for each in notifications:
        matters.setdefault(each.source or f"notice:{each.pk}", []).append(each)
    return list(matters.values())
