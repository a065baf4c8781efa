from django.urls import path

from cases.correction import views

# /cases/<code>/
urlpatterns = [
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<slug:key>/", views.correction, name="correction"),
]
