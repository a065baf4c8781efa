from accounts.models import User
from accounts.permissions import Permission
from notifications import outbound
from notifications.models import Channel, Delivery


def why_not_manage(user: User, channel: Channel | None = None) -> str:
    """通知渠道: the administrator of the unit looks after its groups."""
    if not user.may(Permission.REFERENCE_MANAGE):
        return "只有系统管理员能设置通知渠道。"
    if channel and channel.organisation_id != user.organisation_id:
        return "只能设置本单位的通知渠道。"
    return ""


def why_not_add(user: User) -> str:
    """新增群机器人: only where the server lets something out at all."""
    return why_not_manage(user) or outbound.why_not_on()


def why_not_retry(delivery: Delivery, user: User) -> str:
    """重发: what failed, and only that."""
    if not user.may(Permission.REFERENCE_MANAGE):
        return "只有系统管理员能重发。"
    if delivery.status != Delivery.Status.FAILED:
        return f"这条投递{delivery.get_status_display()}，只有未送达的可以重发。"
    if delivery.channel and not delivery.channel.is_active:
        return "这个群机器人已停用，请先启用再重发。"
    return ""
