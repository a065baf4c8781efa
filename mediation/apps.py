from importlib import import_module

from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"
    verbose_name = "诉前和解"

    def ready(self) -> None:
        import_module("mediation.periodic")
        sections = import_module("cases.sections")
        sections.register("mediation", import_module("mediation.sections").of_case)
        known = import_module("cases.paperwork.known_sums")
        known.agreement_from(import_module("mediation.papers").agreed)
        dates = import_module("cases.correction.dates")
        dates.register(import_module("mediation.dates").of_case)
        followers = import_module("cases.recovery.followers")
        followers.register(import_module("mediation.performance").settle)
