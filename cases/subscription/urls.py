from django.urls import path

from cases.subscription import views

app_name = "subscriptions"

# /notifications/subscriptions/
urlpatterns = [
    path("", views.subscriptions, name="list"),
    path("<str:code>/", views.change, name="change"),
]
