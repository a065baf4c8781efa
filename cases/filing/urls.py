from django.urls import path

from cases.filing import judgment_views, views

# /cases/<code>/
urlpatterns = [
    path("filing/", views.overview, name="filing"),
    path("filing/new/", views.file, name="filing_new"),
    path("filing/refused/", views.court_refuses, name="court_refusal"),
    path("filing/refused/end/", views.end_after_refusal, name="refusal_end"),
    path("filing/hearings/", views.hear, name="hearing_new"),
    path("filing/hearings/<int:pk>/", views.report, name="hearing"),
    path("filing/judgment/", judgment_views.judge, name="judgment"),
    path("filing/judgment/served/", judgment_views.serve, name="judgment_served"),
    path("filing/appeal/", judgment_views.appeal, name="appeal"),
    path("filing/effective/", judgment_views.take_effect, name="effective"),
    path("filing/ended/", judgment_views.end_in_court, name="court_ended"),
]
