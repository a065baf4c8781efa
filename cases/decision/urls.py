from django.urls import path

from cases.decision import service_views, views

# /cases/<code>/
urlpatterns = [
    path("services/new/", service_views.service, name="service"),
    path("decision/", views.decision, name="decision"),
]
