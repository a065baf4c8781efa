from django.urls import path

from cases.decision import documents, views

# /cases/<code>/
urlpatterns = [
    path("decision/", views.decision, name="decision"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/pdf/", documents.document_pdf, name="document_pdf"),
    path("documents/<int:pk>/status/", documents.document_status, name="document_status"),
]
