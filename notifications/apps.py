from importlib import import_module

from django.apps import AppConfig

from core import constraints


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "通知"

    def ready(self) -> None:
        import_module("notifications.bell")
        tasks, outbox = import_module("notifications.tasks"), import_module("notifications.models.outbox")
        outbox.on_waiting(tasks.send.delay_on_commit)
        constraints.register({"notification_once_per_person": "这件事已经通知过。"})
