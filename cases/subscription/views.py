"""/notifications/subscriptions/: the cases that one hears of, and 关注、静音 with what takes them back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from cases.models import Case, Subscription
from cases.pages import case_or_404
from cases.subscription import actions
from cases.workflow import Stage
from core.http import page
from core.refusals import Refused
from notifications.views.inbox import tabs

PER_PAGE = 30
DEEDS = {
    "follow": (actions.follow, "已关注"),
    "unfollow": (actions.unfollow, "已取消关注"),
    "mute": (actions.mute, "已静音"),
    "unmute": (actions.unmute, "已取消静音"),
}


@require_safe
@require(Permission.CASE_SEE)
def subscriptions(request: Request) -> HttpResponse:
    """我的订阅: what one handles, follows or has muted, what moved last first."""
    found = heard_of(request.user).select_related("handler").order_by("-updated_at", "-pk")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"cases": shown, "views": tabs(request.user, "subscriptions")}
    return page(request, "cases/subscriptions.html", context)


@require_POST
def change(request: Request, code: str) -> HttpResponse:
    """关注、静音 of one case, from its page, the notices or the list."""
    case = case_or_404(request, code)
    verb, done = DEEDS.get(request.POST.get("deed", ""), (None, ""))
    try:
        if verb is None:
            raise Refused("没有选择要做什么，请用页面上的按钮。")
        verb(case, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{done} {case}")
    return redirect(_back(request, case))


def _back(request: Request, case: Case) -> str:
    """Where the button stood."""
    inbox = reverse("notifications:list")
    places = {"case": case.get_absolute_url(), "unread": inbox, "all": f"{inbox}?view=all"}
    return places.get(request.POST.get("back", ""), reverse("subscriptions:list"))


def heard_of(user: User) -> QuerySet[Case]:
    """Cases that are the user's own and not archived yet, followed, or muted; each knows which."""
    mine = Subscription.objects.filter(case=OuterRef("pk"), user=user)
    handled = Q(handler=user) & ~Q(stage=Stage.ARCHIVED)
    return (
        Case.objects.visible_to(user)
        .annotate(
            followed=Exists(mine.filter(followed_at__isnull=False)),
            muted=Exists(mine.filter(muted_at__isnull=False)),
        )
        .filter(handled | Q(followed=True) | Q(muted=True))
    )
