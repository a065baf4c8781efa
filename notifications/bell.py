"""The number beside 通知; registered at start-up."""

from accounts.models import User
from accounts.navigation import register_count
from notifications.models import Notification


def unread_count(user: User) -> tuple[int, bool]:
    """(number, painted red)."""
    unread = Notification.objects.visible_to(user).unread().count()
    return unread, unread > 0


register_count("notifications:list", unread_count)
