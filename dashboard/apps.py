from importlib import import_module

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = "追薪成效"

    def ready(self) -> None:
        import_module("dashboard.periodic")
        import_module("dashboard.numbers")
