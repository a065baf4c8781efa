from django.urls import path

from cases.occurrences import views

# /cases/<code>/
urlpatterns = [
    path("clocks/", views.clocks, name="clocks"),
    path("clocks/event/", views.event, name="clock_event"),
    path("clocks/event/<int:pk>/withdrawal/", views.withdrawal, name="clock_event_withdrawal"),
    path("clocks/<int:pk>/completion/", views.completion, name="clock_completion"),
    path("clocks/<int:pk>/extension/", views.extension, name="clock_extension"),
    path(
        "clocks/<int:pk>/extension/<int:extension>/withdrawal/",
        views.extension_withdrawal,
        name="clock_extension_withdrawal",
    ),
]
