from django.urls import path

from cases.limitation import views

# /cases/<code>/
urlpatterns = [
    path("limitation/", views.watch, name="limitation"),
    path("limitation/events/new/", views.event_new, name="limitation_event_new"),
    path("limitation/events/<int:pk>/confirmation/", views.confirm, name="limitation_confirm"),
    path("limitation/events/<int:pk>/removal/", views.lift, name="limitation_lift"),
    path("limitation/events/<int:pk>/withdrawal/", views.void, name="limitation_void"),
    path("limitation/hints/<slug:source>/confirmation/", views.take_over, name="limitation_hint"),
    path("limitation/hints/<slug:source>/dismissal/", views.dismiss, name="limitation_hint_dismiss"),
    path("limitation/<int:pk>/base/", views.base, name="limitation_base"),
    path("limitation/<int:pk>/acknowledgement/", views.acknowledge, name="limitation_acknowledge"),
]
