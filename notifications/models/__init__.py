from notifications.models.channel import Channel
from notifications.models.notification import Delivery, Message, Notification, NotificationQuerySet, Topic
from notifications.models.preference import Preference

__all__ = ["Channel", "Delivery", "Message", "Notification", "NotificationQuerySet", "Preference", "Topic"]
