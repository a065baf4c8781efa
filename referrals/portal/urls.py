"""/partner/: a lead is reached by its code, a draft by its UUID. Can be its own process (config.urls_partner)."""

from django.urls import URLPattern, URLResolver, include, path

from referrals.portal import views

app_name = "partner"

# /partner/drafts/<uuid>/
drafts: list[URLPattern | URLResolver] = [
    path("", views.draft, name="draft"),
    path("deletion/", views.draft_deletion, name="draft_deletion"),
    path("files/<uuid:file>/", views.draft_attachment, name="draft_file"),
]

# /partner/referrals/<code>/
one_referral: list[URLPattern | URLResolver] = [
    path("", views.referral, name="referral"),
    path("receipt/", views.receipt, name="receipt"),
    path("supplement/", views.supplement, name="supplement"),
    path("files/", views.attachments, name="attachments"),
    path("files/<uuid:pk>/", views.attachment, name="file"),
]

# /partner/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("referrals/new/", views.new, name="new"),
    path("referrals/<str:code>/", include(one_referral)),
    path("drafts/<uuid:pk>/", include(drafts)),
    path("files/<uuid:pk>/removal/", views.attachment_removal, name="file_removal"),
]
