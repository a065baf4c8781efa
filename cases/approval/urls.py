from django.urls import path

from cases.approval import views

# /cases/<code>/
urlpatterns = [
    path("approval/", views.approval, name="approval"),
]
