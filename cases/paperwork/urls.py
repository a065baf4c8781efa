from django.urls import path

from cases.paperwork import approval_pages, correction_pages, pages, writing_pages

# /cases/<code>/
urlpatterns = [
    path("documents/new/<slug:key>/", pages.start, name="paper_start"),
    path("documents/<int:pk>/preview/", writing_pages.preview, name="paper_preview"),
    path("documents/<int:pk>/phrase/", writing_pages.insert, name="paper_insert"),
    path("documents/<int:pk>/phrase/new/", writing_pages.phrase_new, name="paper_phrase_new"),
    path("documents/<int:pk>/copy/drop/", writing_pages.drop_copy, name="paper_copy_drop"),
    path("documents/<int:pk>/take-over/", pages.take_over, name="paper_take_over"),
    path("documents/<int:pk>/restore/", pages.restore, name="paper_restore"),
    path("documents/<int:pk>/issue/", pages.issue, name="paper_issue"),
    path("documents/<int:pk>/word/", pages.word, name="paper_word"),
    path("documents/<int:pk>/word/back/", pages.word_back, name="paper_word_back"),
    path("documents/<int:pk>/void/", pages.void, name="paper_void"),
    path("documents/<int:pk>/corrections/new/", correction_pages.correct, name="paper_correct"),
    path("documents/<int:pk>/submission/", approval_pages.submission, name="paper_submission"),
    path("documents/<int:pk>/approval/", approval_pages.approval, name="paper_approval"),
]
