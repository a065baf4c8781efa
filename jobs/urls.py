from django.urls import URLPattern, URLResolver, path

from jobs import views

app_name = "jobs"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
