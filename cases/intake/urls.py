from django.urls import path

from cases.intake import claims_views, consents_views, respondents_views, views

# /cases/<code>/
urlpatterns = [
    path("acceptance/", views.acceptance, name="acceptance"),
    path("acceptance/examination/", views.examine, name="examination"),
    path("acceptance/decision/", views.accept, name="accept"),
    path("acceptance/rejection/", views.reject, name="reject"),
    path("supplement/", views.supplement, name="supplement"),
    path("assign/", views.assign, name="assign"),
    path("transfer/", views.transfer, name="transfer"),
    path("claims/", claims_views.table, name="claims"),
    path("claims/new/", claims_views.new, name="claim_new"),
    path("claims/consents/", consents_views.together, name="consents"),
    path("claims/<int:pk>/", claims_views.claimant, name="claim"),
    path("claims/<int:pk>/person/", claims_views.person, name="claim_person"),
    path("claims/<int:pk>/items/", claims_views.items, name="claim_items"),
    path("claims/<int:pk>/consent/", claims_views.consent, name="claim_consent"),
    path("claims/<int:pk>/withdraw/", claims_views.withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/reveal/<slug:field>/", claims_views.reveal, name="claim_reveal"),
    path("respondents/new/", respondents_views.new, name="respondent_new"),
    path("respondents/<int:pk>/", respondents_views.respondent, name="respondent"),
    path("respondents/<int:pk>/person/", respondents_views.person, name="respondent_person"),
    path("respondents/<int:pk>/reveal/<slug:field>/", respondents_views.reveal, name="respondent_reveal"),
]
