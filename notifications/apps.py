from django.apps import AppConfig

from core import constraints


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "通知"

    def ready(self) -> None:
        """Put the number of unread notices beside the bell."""
        from accounts.navigation import register_count  # noqa: PLC0415  # models load after this module
        from notifications.models import unread_count  # noqa: PLC0415

        register_count("notifications:list", unread_count)
        constraints.register({"notification_once_per_person": "这件事已经通知过。"})
