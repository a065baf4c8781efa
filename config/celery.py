"""The Celery application. Its settings are the CELERY_ names of config/settings."""

from celery import Celery

app = Celery("zhichi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
