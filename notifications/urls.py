from django.urls import URLPattern, URLResolver, path

from notifications import views

app_name = "notifications"

# /notifications/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.notification_list, name="list"),
    path("read", views.mark_all, name="mark_all"),
    path("<int:pk>/read", views.mark_one, name="mark_one"),
]
