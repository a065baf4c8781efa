from django.urls import path

from cases.suspension import views

# /cases/<code>/
urlpatterns = [
    path("suspension/", views.suspension, name="suspension"),
]
