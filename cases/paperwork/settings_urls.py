from django.urls import path

from cases.paperwork import phrase_pages, wording_pages

app_name = "papers"

# /settings/papers/
urlpatterns = [
    path("", wording_pages.wording_list, name="wordings"),
    path("phrases/", phrase_pages.phrase_list, name="phrases"),
    path("phrases/new/", phrase_pages.phrase_new, name="phrase_new"),
    path("phrases/<slug:entry>/", phrase_pages.phrase, name="phrase"),
    path("phrases/<slug:entry>/retire/", phrase_pages.retire, name="phrase_retire"),
    path("<slug:key>/", wording_pages.wording, name="wording"),
    path("<slug:key>/preview/", wording_pages.wording_preview, name="wording_preview"),
    path("<slug:key>/restore/", wording_pages.wording_restore, name="wording_restore"),
]
