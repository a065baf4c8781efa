from django.urls import path

from approvals import views

app_name = "approvals"

# /approvals/
urlpatterns = [path("", views.approvals, name="list")]
