from django.urls import URLPattern, URLResolver, path

from dashboard import desk, drill_pages, figure_pages, help_pages, search

app_name = "dashboard"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("search/", search.search, name="search"),
    path("dashboard/", figure_pages.figures, name="figures"),
    path("dashboard/drill/<slug:metric>/", drill_pages.drill, name="drill"),
    path("dashboard/drill/<slug:metric>/export/", drill_pages.export, name="drill_export"),
    path("help/", help_pages.topics, name="help"),
    path("help/<slug:name>/", help_pages.topic, name="help_topic"),
]
