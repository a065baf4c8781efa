from django.urls import path

from cases.review import views

# /cases/<code>/
urlpatterns = [
    path("review/", views.overview, name="review"),
    path("review/track/", views.track, name="review_track"),
    path("review/limitation/", views.limitation, name="review_limitation"),
    path("review/limitation/interruptions/", views.interruption, name="review_interruption"),
    path("review/opinions/", views.opinions, name="review_opinions"),
    path("review/checklist/", views.checklist, name="review_checklist"),
    path("review/inquiries/", views.inquiries, name="review_inquiries"),
    path("review/arbitration/", views.arbitration, name="review_arbitration"),
    path("review/arbitration/exception/", views.iou, name="review_iou"),
    path("review/arbitration/<int:pk>/", views.arbitration_result, name="review_arbitration_result"),
]
