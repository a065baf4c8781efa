import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from core.http import leave, page
from core.refusals import Refused
from notifications import actions, bots, outbound, policy
from notifications.forms import ChannelForm
from notifications.models import Channel, Topic
from notifications.models.outbox import mail_is_on, sms_is_on

manages = require(Permission.REFERENCE_MANAGE)
NAMES = ("name", "kind", "topics", "quiet_from", "quiet_to", "is_active", "version")


@require_GET
@manages
def channel_list(request: Request) -> HttpResponse:
    labels = dict(Topic.choices)
    channels = Channel.objects.visible_to(request.user)
    context = {
        "rows": [(each, [labels[topic] for topic in each.topics if topic in labels]) for each in channels],
        "mail_is_on": mail_is_on(),
        "mail_host": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "mail_is_sealed": settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS,
        "sms_is_on": sms_is_on(),
        "why_not_add": policy.why_not_add(request.user),
    }
    return page(request, "notifications/channels.html", context)


@manages
@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "POST"])
def channel_new(request: Request) -> HttpResponse:
    topics = [Topic.DEADLINE.value, Topic.ESCALATION.value]
    usual = Channel()
    hours = {"quiet_from": usual.quiet_from, "quiet_to": usual.quiet_to}
    form = ChannelForm(request.POST or None, initial={"version": 0, "topics": topics, **hours})
    why_not = policy.why_not_add(request.user)
    if not why_not and form.is_valid():
        try:
            actions.add_channel(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已新增群机器人")
            return leave(request, "notifications:channels")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "channel": None, "why_not": why_not}
    return page(request, "notifications/channel.html", context, status=status)


@manages
@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "POST"])
def channel_edit(request: Request, pk: str) -> HttpResponse:
    channel = get_or_404(Channel.objects.visible_to(request.user), request.user, request, pk=pk)
    initial = {name: getattr(channel, name) for name in NAMES}
    form = ChannelForm(request.POST or None, initial=initial, channel=channel)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            actions.change_channel(
                channel, version=form.cleaned_data["version"], **form.facts, by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, actions.Stale):
                status = 409
                form.renew(channel.version)
        else:
            messages.success(request, "已保存")
            return leave(request, "notifications:channels")
    context = {"form": form, "channel": channel, "why_not": ""}
    return page(request, "notifications/channel.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def channel_test(request: Request, pk: str) -> HttpResponse:
    """发送测试: what will be posted, to the letter, and what came back."""
    channel = get_or_404(Channel.objects.visible_to(request.user), request.user, request, pk=pk)
    answer, refusal, status = "", outbound.why_not(channel.address), 200
    if request.method == "POST":
        try:
            answer = _pretty(actions.test_channel(channel, by=request.user))[:500]
        except Refused as refused:
            refusal, status = str(refused), 422
    context = {
        "channel": channel,
        "payload": _pretty(bots.trial(channel)),
        "answer": _without_keys(answer, channel),
        "refusal": refusal,
    }
    return page(request, "notifications/channel_test.html", context, status=status)


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _without_keys(text: str, channel: Channel) -> str:
    """An answer may quote the address; its key does not come back to the page that way."""
    keys = [part for part in channel.address.replace("=", "/").split("/") if len(part) >= 8]
    for key in [channel.secret or "", *keys]:
        text = text.replace(key, "…") if key else text
    return text
