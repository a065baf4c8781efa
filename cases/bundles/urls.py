from django.urls import path

from cases.bundles import file_views, views

# /cases/<code>/
urlpatterns = [
    path("bundles/new/", views.batch, name="batch"),
    path("bundles/<uuid:pk>/", views.bundle, name="bundle"),
    path("bundles/<uuid:pk>/cancel/", views.cancel, name="bundle_cancel"),
    path("bundles/<uuid:pk>/remove/", views.remove, name="bundle_remove"),
    path("bundles/<uuid:pk>/<slug:kind>/", views.file, name="bundle_file"),
    path("file/", file_views.main, name="file"),
    # 副卷: addresses of its own, which ask for its own right
    path("internal-file/", file_views.internal, name="internal_file"),
    path("internal-file/<uuid:pk>/", file_views.bundle, name="internal_bundle"),
    path("internal-file/<uuid:pk>/cancel/", file_views.cancel, name="internal_cancel"),
    path("internal-file/<uuid:pk>/remove/", file_views.remove, name="internal_remove"),
    path("internal-file/<uuid:pk>/pdf/", file_views.pdf, name="internal_pdf"),
]
