from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

handler500 = "core.failures.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("jobs.urls")),
    path("", include("deadlines.urls")),
    path("", include("dashboard.urls")),
    path("notifications/subscriptions/", include("cases.subscription.urls")),
    path("", include("notifications.urls")),
    path("", include("mediation.urls")),
    path("verify/", include("documents.urls")),
    path("settings/papers/", include("cases.paperwork.settings_urls")),
    path("cases/", include("cases.urls")),
    path("approvals/", include("approvals.urls")),
    path("referrals/", include("referrals.triage.urls")),
    path("partner/", include("referrals.portal.urls")),
]
