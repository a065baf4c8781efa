from django.urls import path

from cases.service import outside_views, views

# /cases/<code>/
urlpatterns = [
    path("services/new/", outside_views.service, name="service"),
    path("documents/<int:pk>/service/", views.paper, name="paper_service"),
    path("documents/<int:pk>/service/addressees/", views.list_addressees, name="service_list"),
    path("documents/<int:pk>/service/addressees/new/", views.add, name="service_add"),
    path("documents/<int:pk>/service/addressees/<int:to>/out/", views.leave_out, name="service_out"),
    path("documents/<int:pk>/service/addressees/<int:to>/receipt/", views.receipt, name="service_receipt"),
    path("documents/<int:pk>/service/addressees/<int:to>/<slug:way>/", views.send, name="service_send"),
    path("documents/<int:pk>/service/tries/<int:one>/void/", views.void, name="service_void"),
    path("documents/<int:pk>/service/tries/<int:one>/scan/", views.attach, name="service_scan"),
    path("documents/<int:pk>/service/tries/<int:one>/<slug:result>/", views.result, name="service_result"),
    path("documents/<int:pk>/service/files/<uuid:key>/", views.file, name="service_file"),
]
