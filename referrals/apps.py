from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "线索"

    def ready(self) -> None:
        navigation = import_module("accounts.navigation")
        inbox = import_module("referrals.triage.inbox")
        portal = import_module("referrals.portal.counts")
        sweep = import_module("jobs.sweep")
        notices = import_module("referrals.notices")
        navigation.register_count("referrals:inbox", inbox.waiting_count)
        navigation.register_count("partner:home", portal.returned_count)
        feedback = import_module("referrals.feedback")
        sweep.register("referral-announcements", notices.sweep)
        sweep.register("referral-feedback", feedback.sweep)
