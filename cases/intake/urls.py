from django.urls import path

from cases.intake import views

# /cases/<code>/
urlpatterns = [
    path("acceptance/", views.acceptance, name="acceptance"),
    path("acceptance/examination/", views.examine, name="examination"),
    path("acceptance/decision/", views.accept, name="accept"),
    path("acceptance/rejection/", views.reject, name="reject"),
    path("supplement/", views.supplement, name="supplement"),
    path("assign/", views.assign, name="assign"),
    path("transfer/", views.transfer, name="transfer"),
]
