from django.urls import path

from cases.enforcement import views

# /cases/<code>/
urlpatterns = [
    path("enforcement/", views.enforcement, name="enforcement"),
    path("enforcement/follow-ups/", views.follow_up, name="follow_up"),
    path("closing/", views.close, name="closing"),
    path("archiving/", views.archive, name="archiving"),
]
