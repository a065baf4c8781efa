from importlib import import_module

from django.apps import AppConfig

from core import constraints


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        import_module("deadlines.checks")
        reminders = import_module("deadlines.reminders")
        import_module("jobs.sweep").register("deadlines.reminders", reminders.scan)
        import_module("notifications.digest").register(import_module("deadlines.digest").PROVIDER)
        constraints.register({"deadlines_holiday_day_key": "这一天已经录入，请直接修改那一条。"})
