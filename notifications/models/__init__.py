from notifications.models.channel import Channel
from notifications.models.notification import Delivery, Notification, NotificationQuerySet, Topic
from notifications.models.preference import Preference

__all__ = ["Channel", "Delivery", "Notification", "NotificationQuerySet", "Preference", "Topic"]
