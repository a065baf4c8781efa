"""The number beside 通知; registered at start-up."""

from accounts.models import User
from accounts.navigation import Tally, how_many, register_count
from notifications.models import Notification


def unread_count(user: User) -> Tally:
    return how_many(Notification.objects.visible_to(user).unread(), hot=True)


register_count("notifications:list", unread_count)
