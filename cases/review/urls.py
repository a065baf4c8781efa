from django.urls import path

from cases.limitation.views import event_new
from cases.review import arbitration_views, evidence_views, views

# /cases/<code>/
urlpatterns = [
    path("review/", views.overview, name="review"),
    path("review/track/", views.track, name="review_track"),
    path("review/limitation/", views.limitation, name="review_limitation"),
    path("review/limitation/interruptions/", event_new, name="review_interruption"),
    path("review/opinions/", views.opinions, name="review_opinions"),
    path("review/checklist/", views.checklist, name="review_checklist"),
    path("review/inquiries/", views.inquiries, name="review_inquiries"),
    path("review/arbitration/", arbitration_views.arbitration, name="review_arbitration"),
    path("review/arbitration/exception/", arbitration_views.iou, name="review_iou"),
    path(
        "review/arbitration/<int:pk>/", arbitration_views.arbitration_result, name="review_arbitration_result"
    ),
    path("evidence/", evidence_views.listing, name="evidence"),
    path("evidence/new/", evidence_views.new, name="evidence_new"),
    path("evidence/files/<uuid:key>/", evidence_views.file, name="evidence_file"),
    path("evidence/<int:pk>/", evidence_views.evidence_item, name="evidence_item"),
    path("evidence/<int:pk>/files/", evidence_views.add_files, name="evidence_files"),
    path("evidence/<int:pk>/removal/", evidence_views.remove, name="evidence_remove"),
]
