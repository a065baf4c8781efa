"""日历订阅 and 加入日历: what leaves for people's own calendars."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from core.fields import TextField
from core.forms import Once
from core.http import download, leave, page
from core.refusals import Refused
from deadlines import feeds, ics, subscribed
from deadlines.models import Deadline
from jobs import submissions

PAGE = "deadlines/feeds.html"
ONCE = "这个订阅已经开通，没有再开一个。地址只显示一次，没记下的请停用后重新开通。"
sees_cases = require(Permission.CASE_SEE)


class FeedForm(Once):
    """What the address is for, so that the right one is switched off later."""

    name = TextField(label="用途", max_length=40, help_text="例如：办公电脑、手机日历")


@sees_cases
@require_http_methods(["GET", "POST"])
def feed_list(request: Request) -> HttpResponse:
    """One's own addresses. A new one is told in the answer to the POST itself, and never again."""
    form = FeedForm(request.POST or None)
    secret, is_posted = "", request.method == "POST"
    if form.is_valid():
        try:
            secret = _open(form, request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            form = FeedForm()
            if not secret:
                messages.info(request, ONCE)
                return leave(request, "deadlines:feeds")
    context = {
        "form": form,
        "feeds": list(feeds.of(request.user)),
        "why_not": feeds.why_not_create(request.user),
        "address": settings.SITE_URL + reverse("deadlines:feed", args=[secret]) if secret else "",
        "most": feeds.MOST,
    }
    return page(request, PAGE, context, status=422 if is_posted and not secret else 200)


@transaction.atomic
def _open(form: FeedForm, by: User) -> str:
    """The secret of a new address; empty when this form made one already, for what it was is not kept."""
    submission = submissions.claim(form.cleaned_data["submission_key"], by=by, action="feed-new")
    if submission.is_repeat:
        return ""
    _, secret = feeds.create(**form.facts, by=by)
    submission.finish(reverse("deadlines:feeds"))
    return secret


@sees_cases
@require_POST
def feed_revoke(request: Request, pk: int) -> HttpResponse:
    feed = get_or_404(feeds.of(request.user), request.user, request, pk=pk)
    try:
        feeds.revoke(feed, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已停用“{feed.name}”")
    return leave(request, "deadlines:feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for programs without a session. Every address that opens nothing answers the same."""
    owner = feeds.owner_of(secret)
    if owner is None:
        raise Http404
    return HttpResponse(
        ics.calendar(subscribed.events_of(owner)),
        content_type=ics.CONTENT_TYPE,
        headers={
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow, noarchive",
            "Content-Disposition": 'inline; filename="zhichi.ics"',
        },
    )


@require_safe
def event(request: Request, pk: int) -> HttpResponseBase:
    """加入日历: one period as a file for one's own calendar; it does not follow later changes."""
    deadline = get_or_404(Deadline.objects.visible_to(request.user), request.user, request, pk=pk)
    return download(ics.calendar([ics.of_deadline(deadline)]), f"期限-{deadline.pk}.ics", ics.CONTENT_TYPE)
