from django.urls import URLPattern, URLResolver, path

from dashboard import (
    audit_pages,
    desk,
    drill_pages,
    figure_pages,
    help_pages,
    ledger_pages,
    limitation_pages,
    search,
)

app_name = "dashboard"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("search/", search.search, name="search"),
    path("dashboard/", figure_pages.figures, name="figures"),
    path("dashboard/drill/<slug:metric>/", drill_pages.drill, name="drill"),
    path("dashboard/drill/<slug:metric>/export/", drill_pages.export, name="drill_export"),
    path("ledger/", ledger_pages.entries, name="ledger"),
    path("ledger/export/", ledger_pages.export, name="ledger_export"),
    path("limitations/", limitation_pages.entries, name="limitations"),
    path("limitations/export/", limitation_pages.export, name="limitations_export"),
    path("audit/", audit_pages.entries, name="audit"),
    path("audit/export/", audit_pages.export, name="audit_export"),
    path("help/", help_pages.topics, name="help"),
    path("help/<slug:name>/", help_pages.topic, name="help_topic"),
]
