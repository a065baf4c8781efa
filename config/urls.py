from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("notifications/", include("notifications.urls")),
    path("cases/", include("cases.urls")),
]
