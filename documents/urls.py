from django.urls import path

from documents import pages

app_name = "documents"

# /verify/
urlpatterns = [path("<uuid:key>/", pages.verify, name="verify")]
