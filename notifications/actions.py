"""通知设置的动作: preferences, groups, and sending again."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Refused
from notifications import bots, outbound, policy, sending
from notifications.models import Channel, Delivery, Preference
from notifications.models.outbox import nudge
from notifications.outbound import NotSent


class Stale(Refused):
    """Somebody, or the same person elsewhere, changed it since the page was made (409)."""


STALE = "这里刚才在另一个页面改过。下面是你填的内容，再保存一次会覆盖那次修改。"


def preference_of(user: User) -> Preference:
    """The stored choices, or the usual ones, which are not stored until somebody saves them."""
    return Preference.objects.filter(user=user).first() or Preference(user=user, version=0)


@transaction.atomic
def choose(
    *, version: int, email: str, mobile: str, drop_mobile: bool, by: User, **choices: Any
) -> Preference:
    """保存通知偏好: only one's own. An empty mobile keeps the one that is stored."""
    user = User.objects.select_for_update(of=("self",)).get(
        pk=by.pk
    )  # the first saving has no row to lock yet
    preference = preference_of(user)
    if preference.version != version:
        raise Stale(STALE)
    for name, value in choices.items():
        setattr(preference, name, value)
    if mobile or drop_mobile:
        preference.mobile = mobile or None
    preference.version += 1
    preference.save()
    if user.email != email:
        user.email = email
        user.save(update_fields=["email"])
    return preference


@transaction.atomic
def add_channel(*, by: User, **facts: Any) -> Channel:
    """登记群机器人, for one's own unit."""
    if reason := policy.why_not_add(by):
        raise Refused(reason)
    facts["secret"] = facts.get("secret") or None
    channel = Channel(organisation=by.organisation, created_by=by, **facts)
    _save(channel)
    record(by, Verb.SETTING_CHANGED, f"群机器人 {channel.name}", channel.pk, detail="新增")
    return channel


@transaction.atomic
def change_channel(
    channel: Channel, *, version: int, by: User, drop_secret: bool = False, **facts: Any
) -> Channel:
    """修改、停用群机器人. What waits for one switched off is withdrawn; without its secret none signs."""
    channel = Channel.objects.lock(channel)
    if reason := policy.why_not_manage(by, channel):
        raise Refused(reason)
    if channel.version != version:
        raise Stale(STALE)
    changed = [name for name, value in facts.items() if value and getattr(channel, name) != value]
    for name, value in facts.items():
        if value or name not in {"address", "secret"}:
            setattr(channel, name, value)
    if drop_secret and channel.secret:
        channel.secret = None
        changed.append("secret")
    channel.version += 1
    _save(channel)
    if not channel.is_active:
        channel.deliveries.filter(status=Delivery.Status.WAITING).update(status=Delivery.Status.WITHDRAWN)
    detail = f"修改：{'、'.join(_labels(changed))}" if channel.is_active else "停用"
    record(by, Verb.SETTING_CHANGED, f"群机器人 {channel.name}", channel.pk, detail=detail)
    return channel


def test_channel(channel: Channel, *, by: User) -> dict[str, Any]:
    """发送测试: the answer of the other side; `Refused` with a sentence when there is none."""
    if reason := policy.why_not_manage(by, channel) or outbound.why_not(channel.address):
        raise Refused(reason)
    with transaction.atomic():
        turn = sending.take_turn(channel.pk)
        record(by, Verb.SETTING_CHANGED, f"群机器人 {channel.name}", channel.pk, detail="发送测试")
    if not turn:
        raise Refused("刚向这个群发过，或已停用。请隔三秒再试；停用的先启用。")
    try:
        return bots.post(turn, bots.trial(turn))
    except NotSent as error:
        raise Refused(f"测试没有送达：{error}") from error


@transaction.atomic
def retry(delivery: Delivery, *, by: User) -> Delivery:
    """重发: a failed delivery is tried from the beginning."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if reason := policy.why_not_retry(delivery, by):
        raise Refused(reason)
    now = clock.now()
    delivery.status, delivery.attempts, delivery.error = Delivery.Status.WAITING, 0, ""
    delivery.not_before, delivery.created_at, delivery.lease_until = now, now, None
    delivery.save(update_fields=["status", "attempts", "error", "not_before", "created_at", "lease_until"])
    nudge()
    return delivery


def _save(channel: Channel) -> None:
    twin = Channel.objects.filter(organisation=channel.organisation, name=channel.name).exclude(pk=channel.pk)
    if twin.exists():
        raise Refused("本单位已有同名的群机器人，请换一个名称。")
    channel.save()


def _labels(names: list[str]) -> list[str]:
    fields = {field.name: field for field in Channel._meta.fields}
    return [str(fields[name].verbose_name) for name in names]
