from django.urls import URLPattern, URLResolver, include, path

from cases import views
from cases.intake import new_views
from cases.paperwork import number_pages

app_name = "cases"

# /cases/<code>/
one_case: list[URLPattern | URLResolver] = [
    path("", views.detail, name="detail"),
    path("log/", views.log, name="log"),
    path("", include("cases.intake.urls")),
    path("", include("cases.review.urls")),
    path("", include("cases.decision.urls")),
    path("", include("cases.paperwork.urls")),
    path("", include("cases.bundles.urls")),
    path("", include("cases.service.urls")),
    path("", include("cases.approval.urls")),
    path("", include("cases.suspension.urls")),
    path("", include("cases.limitation.urls")),
    path("", include("cases.filing.urls")),
    path("", include("cases.enforcement.urls")),
    path("", include("cases.recovery.urls")),
    path("", include("cases.occurrences.urls")),
    path("", include("cases.correction.urls")),
]

# /cases/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.cases, name="list"),
    path("export/", views.export, name="export"),
    path("new/", new_views.new, name="new"),
    path("numbers/", number_pages.numbers, name="numbers"),
    path("<str:code>/", include(one_case)),
]
