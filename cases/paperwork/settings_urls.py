from django.urls import path

from cases.paperwork import wording_pages

app_name = "papers"

# /settings/papers/
urlpatterns = [
    path("", wording_pages.wording_list, name="wordings"),
    path("<slug:key>/", wording_pages.wording, name="wording"),
    path("<slug:key>/preview/", wording_pages.wording_preview, name="wording_preview"),
    path("<slug:key>/restore/", wording_pages.wording_restore, name="wording_restore"),
]
