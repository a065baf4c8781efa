from importlib import import_module

from django.apps import AppConfig

from core import constraints


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        import_module("deadlines.checks")
        reminders = import_module("deadlines.reminders")
        sweep, probes = import_module("jobs.sweep"), import_module("jobs.probes")
        sweep.register("deadlines.reminders", reminders.scan)
        sweep.register("deadlines.recounts", import_module("deadlines.recounts.work").sweep)
        sweep.register("deadlines.recount-lists", import_module("deadlines.recounts.listing").sweep)
        probes.register("reminders", "期限提醒", import_module("deadlines.reminders.health").probe)
        probes.register("calendar", "节假日", import_module("deadlines.reference").calendar_probe)
        import_module("notifications.digest").register(import_module("deadlines.digest").PROVIDER)
        constraints.register({"deadlines_holiday_day_key": "这一天已经录入，请直接修改那一条。"})
