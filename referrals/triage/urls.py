"""/referrals/: the office's inbox. Each decision has its own address under the lead's code."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from referrals.triage import decisions, views

app_name = "referrals"

# /referrals/<code>/
one_referral: list[URLPattern | URLResolver] = [
    path("", views.detail, name="detail"),
    *[path(f"{name}/", decisions.decide, {"name": name}, name=name) for name in decisions.PAGES],
    path("note/", decisions.note, name="note"),
    path("feedback/", decisions.feedback, name="feedback"),
    path("supplement/", views.supplement, name="supplement"),
    path("files/<uuid:pk>/", views.attachment, name="file"),
    re_path(
        r"^workers/(?P<pk>[0-9a-f-]{36})/(?P<field>id|phone)/$", views.worker_reveal, name="worker_reveal"
    ),
    re_path(r"^phone/(?P<field>contact|employer)/$", views.phone_reveal, name="phone_reveal"),
]

# /referrals/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("new/", views.new, name="new"),
    path("drafts/<uuid:pk>/", views.draft, name="draft"),
    path("drafts/<uuid:pk>/deletion/", views.draft_deletion, name="draft_deletion"),
    path("<str:code>/", include(one_referral)),
]
