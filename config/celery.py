"""The Celery application. Its settings are the CELERY_ names of config/settings."""

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"  # survives a half-written file

app = Celery("zhichi", task_cls="config.nudge:Nudge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
