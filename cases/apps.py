from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        import_module("cases.periodic")
        import_module("cases.paperwork.declared")
        audience = import_module("notifications.audience")
        audience.register(import_module("cases.subscription.audience").PROVIDER)
