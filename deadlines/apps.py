from importlib import import_module

from django.apps import AppConfig

from core import constraints


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "期限"

    def ready(self) -> None:
        import_module("deadlines.checks")
        reminders = import_module("deadlines.reminders")
        recounts = import_module("deadlines.recounts.work")
        sweep = import_module("jobs.sweep")
        sweep.register("deadlines.reminders", reminders.scan)
        sweep.register("deadlines.recounts", recounts.sweep)
        probe = import_module("deadlines.reference").calendar_probe
        import_module("jobs.probes").register("calendar", "节假日", probe)
        constraints.register({"deadlines_holiday_day_key": "这一天已经录入，请直接修改那一条。"})
