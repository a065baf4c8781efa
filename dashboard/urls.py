from django.urls import URLPattern, URLResolver, path

from dashboard import desk

app_name = "dashboard"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
]
