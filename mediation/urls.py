from django.urls import URLPattern, URLResolver, path

from mediation import views

app_name = "mediation"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("mediations/", views.mediations, name="list"),
    path("mediations/<int:pk>/", views.detail, name="detail"),
    path("mediations/<int:pk>/sessions/new/", views.session, name="session"),
    path("mediations/<int:pk>/agreement/", views.agreement, name="agreement"),
    path("mediations/<int:pk>/failure/", views.failure, name="failure"),
    path("mediations/<int:pk>/confirmation/", views.confirmation, name="confirmation"),
    path("cases/<str:code>/mediation/", views.of_case, name="case"),
]
