"""The partners' portal as a process of its own (ROOT_URLCONF=config.urls_partner): nothing of the office is mounted."""

from django.urls import URLPattern, URLResolver, include, path

from accounts import urls as accounts_urls

SETTINGS = "settings/"
sign_in = [part for part in accounts_urls.urlpatterns if str(part.pattern) != SETTINGS]

handler500 = "core.failures.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((sign_in, accounts_urls.app_name))),
    path("", include("jobs.urls")),
    path("notifications/", include("notifications.urls")),
    path("partner/", include("referrals.portal.urls")),
]
