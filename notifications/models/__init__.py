from notifications.models.channel import Channel
from notifications.models.delivery import Delivery
from notifications.models.notification import Message, Notification, NotificationQuerySet
from notifications.models.preference import Preference
from notifications.models.topic import Topic

__all__ = ["Channel", "Delivery", "Message", "Notification", "NotificationQuerySet", "Preference", "Topic"]
